from obskit.catalog import Service, SpanAttribute, units

secure_pr_guard = Service("secure-pr-guard")
cost_usd = SpanAttribute("cost.usd", help="Money the LLM call cost.", service=secure_pr_guard, type="float", unit=units.USD)
operation = SpanAttribute(
    "operation.type", help="LLM step of the review.", service=secure_pr_guard, type="string",
    values=("nitpicker", "architect", "patch"),
)
