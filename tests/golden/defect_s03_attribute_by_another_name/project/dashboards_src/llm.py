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
                '{ resource.service.name = "secure-pr-guard" && span.tokens.prompt != nil }'
                ' | sum_over_time(span.tokens.prompt)',
                instant=True,
            ),
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.ai.tokens.prompt != nil }'
                ' | sum_over_time(span.ai.tokens.prompt)',
                instant=True,
            ),
            traceql(
                '{ resource.service.name = "secure-pr-guard" && span.cost.prompt_tokens != nil }'
                ' | sum_over_time(span.cost.prompt_tokens)',
                instant=True,
            ),
            unit="short",
            description="Tokens of all prompts.",
        ),
    ],
)
