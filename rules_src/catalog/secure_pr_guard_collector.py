"""What an OpenTelemetry Collector counts from the spans of secure-pr-guard, for where its own counters are not scraped.

The Collector of obskit/examples/stack writes these. Their names are not those of the service's own counters: where both exist, sums of
one name would count all money twice.
"""

from obskit.catalog import Counter, Label, Service, Waive, units
from rules_src.catalog.secure_pr_guard import OWNER, STEPS

# The Collector takes the job from the span's service.name; it adds no instance.
collector = Service("secure-pr-guard-collector", job="secure-pr-guard", instances=False, scrape_interval="15s", owner=OWNER)

operation_type = Label("operation_type", values=STEPS, help="LLM step of the review.")
cost_model = Label("cost_model", at_most=20, help="Model that was asked for.")
SPARE = (Waive("unused-signal", "stands in for the service's own counter, where that is not scraped"),)

span_cost = Counter(
    "secure_pr_guard_span_cost_usd_total",
    help="Money spent on LLM calls, summed from their spans before any sampling.",
    service=collector,
    unit=units.USD,
    labels=(operation_type, cost_model),
    waive=SPARE,
)
span_prompt_tokens = Counter(
    "secure_pr_guard_span_prompt_tokens_total",
    help="Tokens of the prompts, summed from the spans before any sampling.",
    service=collector,
    unit=units.TOKENS,
    labels=(operation_type, cost_model),
    waive=SPARE,
)
span_completion_tokens = Counter(
    "secure_pr_guard_span_completion_tokens_total",
    help="Tokens of the answers, summed from the spans before any sampling.",
    service=collector,
    unit=units.TOKENS,
    labels=(operation_type, cost_model),
    waive=SPARE,
)
