from obskit.dashboards import dashboard, timeseries

operations = dashboard(
    "Operations",
    uid="quality-billing-operations",
    description="How the system does.",
    tags=("quality-billing",),
    panels=[
        timeseries(
            "Work Time per Hour",
            "rate(quality_billing_work_time_total_seconds[1h]) by (user_id) * 3600",
            unit="s",
            description="Time worked in an hour.",
        ),
    ],
)
