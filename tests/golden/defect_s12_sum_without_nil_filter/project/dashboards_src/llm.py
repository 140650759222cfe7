from obskit.dashboards import dashboard, stat, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        stat(
            "Total Cost by Model",
            traceql(
                '{ resource.service.name = "secure-pr-guard" }'
                ' | sum_over_time(span.cost.usd) by (span.cost.model)',
                instant=True,
            ),
            unit="currencyUSD",
            description="Money spent.",
        ),
    ],
)
