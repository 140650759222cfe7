from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "P95 Cost",
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.cost.usd != nil }'
                ' | quantile_over_time(span.cost.usd, 0.95) by (span.operation.type)',
            ),
            unit="currencyUSD",
            description="Cost of the dearest calls.",
        ),
    ],
)
