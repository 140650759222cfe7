from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "Latency",
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.latency.ms != nil }'
                ' | avg_over_time(span.latency.ms) by (span.operation.type)',
            ),
            unit="ms",
            description="Mean duration of a call.",
        ),
    ],
)
