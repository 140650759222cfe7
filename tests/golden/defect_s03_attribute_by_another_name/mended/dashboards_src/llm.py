from obskit.dashboards import dashboard, stat, traceql

cost = dashboard(
    "LLM cost",
    uid="secure-pr-guard-cost",
    description="What the reviews take.",
    tags=("secure-pr-guard",),
    panels=[
        stat(
            "Prompt Tokens",
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.cost.tokens.prompt != nil }'
                ' | sum_over_time(span.cost.tokens.prompt)',
                instant=True,
            ),
            unit="short",
            description="Tokens of all prompts.",
        ),
    ],
)
