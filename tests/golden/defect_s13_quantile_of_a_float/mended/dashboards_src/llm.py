from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "Mean Cost",
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.cost.usd != nil }'
                ' | avg_over_time(span.cost.usd) by (span.operation.type)',
            ),
            unit="currencyUSD",
            description="Mean cost of a call.",
        ),
    ],
)
