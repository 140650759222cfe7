from obskit.catalog import Service, SpanAttribute, units

secure_pr_guard = Service("secure-pr-guard")
tokens_prompt = SpanAttribute(
    "cost.tokens.prompt", help="Tokens of the prompt.", service=secure_pr_guard, type="int", unit=units.TOKENS,
    aliases=("tokens.prompt", "ai.tokens.prompt", "llm.token_count.prompt"), semantic="gen_ai.usage.input_tokens",
)
cost_model = SpanAttribute("cost.model", help="Model that was asked for.", service=secure_pr_guard, type="string", at_most=20)
