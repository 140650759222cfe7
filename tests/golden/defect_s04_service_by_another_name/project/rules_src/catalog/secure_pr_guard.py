from obskit.catalog import Service, SpanAttribute, units

secure_pr_guard = Service("secure-pr-guard")
cost_usd = SpanAttribute("cost.usd", help="Money the LLM call cost.", service=secure_pr_guard, type="float", unit=units.USD)
cost_model = SpanAttribute("cost.model", help="Model that was asked for.", service=secure_pr_guard, type="string", at_most=20)
