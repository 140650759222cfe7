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
            sum(rate(quality_billing_api_requests_total{status_code=~"5.."}[$__rate_interval]))
            /
            (sum(rate(quality_billing_api_requests_total[$__rate_interval])) > 0)
            """,
            unit="percentunit",
            description="Share of the requests that fail.",
        ),
    ],
)
