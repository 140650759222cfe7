from obskit.dashboards import dashboard, stat

financial = dashboard(
    "Financial",
    uid="quality-billing-financial",
    description="What is earned.",
    tags=("quality-billing",),
    panels=[
        stat(
            "Monthly Revenue",
            "sum(increase(quality_billing_total_amount_cents[30d])) / 100",
            unit="currencyUSD",
            description="Revenue of 30 days.",
        ),
    ],
)
