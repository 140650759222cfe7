from obskit.dashboards import dashboard, query, timeseries

financial = dashboard(
    "Financial",
    uid="quality-billing-financial",
    description="What is earned.",
    tags=("quality-billing",),
    panels=[
        timeseries(
            "Daily Revenue",
            query("sum(increase(quality_billing_total_amount_cents[1d])) / 100", interval="1d"),
            unit="currencyUSD",
            description="Revenue of each day.",
        ),
        timeseries(
            "Quality Score",
            "avg(quality_billing_quality_score) by (task_type)",
            unit="percentunit",
            description="Score by kind of task.",
        ),
    ],
)
