from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "P95 Latency by Operation",
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.latency.ms != nil }'
                ' | avg_over_time(span.latency.ms) by (span.operation.type)',
            ),
            unit="ms",
            description="Duration of the slowest.",
        ),
    ],
)
