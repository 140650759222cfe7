from obskit.dashboards import dashboard, timeseries

operations = dashboard(
    "Operations",
    uid="quality-billing-operations",
    description="How the system does.",
    tags=("quality-billing",),
    panels=[
        timeseries(
            "Work Time per Hour",
            "sum by (task_type) (rate(quality_billing_work_time_total_seconds[$__rate_interval])) * 3600",
            unit="s",
            description="Time worked in an hour.",
        ),
    ],
)
