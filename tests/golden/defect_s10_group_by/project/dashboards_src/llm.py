from obskit.dashboards import dashboard, timeseries, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        timeseries(
            "Latency",
            traceql('{ resource.service.name = "secure-pr-guard" } | group_by(operation.type)'),
            unit="ms",
            description="Mean duration of a call.",
        ),
    ],
)
