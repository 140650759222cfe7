from obskit.dashboards import dashboard, timeseries

operations = dashboard(
    "Operations",
    uid="quality-billing-operations",
    description="How the system does.",
    tags=("quality-billing",),
    panels=[
        timeseries(
            "Error Ratio",
            """
            rate(quality_billing_api_requests_total{status_code=~"5.."}[5m])
            /
            rate(quality_billing_api_requests_total[5m])
            """,
            unit="percentunit",
            description="Share of the requests that fail.",
        ),
    ],
)
