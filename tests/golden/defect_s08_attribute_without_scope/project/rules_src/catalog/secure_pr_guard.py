from obskit.catalog import Service, SpanAttribute, units

secure_pr_guard = Service("secure-pr-guard")
latency_ms = SpanAttribute(
    "latency.ms", help="Duration of the LLM call.", service=secure_pr_guard, type="int", unit=units.MILLISECONDS
)
operation = SpanAttribute(
    "operation.type", help="LLM step of the review.", service=secure_pr_guard, type="string",
    values=("nitpicker", "architect", "patch"),
)
