from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "Latency",
            traceql('{service.name="secure-pr-guard"} | avg_over_time(span.latency.ms)'),
            unit="ms",
            description="Mean duration of a call.",
        ),
    ],
)
