"""The signals of secure-pr-guard: what its LLM steps cost, how long they take, and whether they and their spans arrive.

A review is one trace: a root span without cost, and one child span per LLM step that carries the attributes below. The
metrics are counted beside the spans, for spans that are not sampled too: money is summed from them.
"""

from obskit.catalog import Counter, Histogram, Label, Service, SpanAttribute, Waive, not_, units

OWNER = "team-secure-pr-guard"
STEPS = ("nitpicker", "architect", "patch")

secure_pr_guard = Service(
    "secure-pr-guard",
    job="secure-pr-guard",
    scrape_interval="15s",
    owner=OWNER,
    trace_name="secure-pr-guard",
)
# Written by Tempo's metrics-generator, so without a job. The root span has no operation.type and would count as an
# operation of its own: series without the label are left out of every query.
span_metrics = Service(
    "secure-pr-guard-span-metrics",
    scrape_interval="15s",
    owner=OWNER,
    trace_name="secure-pr-guard",
    matchers={"service": "secure-pr-guard", "operation_type": not_("")},
)

operation_type = Label("operation_type", values=STEPS, help="LLM step of the review.")
model = Label("model", at_most=20, help="Model that was asked for.")
token_type = Label("token_type", values=("input", "output"), help="Prompt tokens are input, completion tokens output.")
outcome = Label("outcome", values=("success", "error"), help="How it ended.")
span_outcome = Label("outcome", values=("exported", "failed", "dropped"), help="What became of the span on its way to the collector.")
severity = Label("severity", values=("low", "medium", "high", "critical"), help="Severity that the review gave the issue.")

# Cost, tokens, duration

cost = Counter(
    "secure_pr_guard_cost_usd_total",
    help="Money spent on LLM calls, at the price of the model that answered; calls without a known price add nothing.",
    service=secure_pr_guard,
    unit=units.USD,
    labels=(operation_type, model),
)
tokens = Counter(
    "secure_pr_guard_tokens_total",
    help="Tokens that LLM calls were billed for; input includes cached tokens, output includes reasoning tokens.",
    service=secure_pr_guard,
    unit=units.TOKENS,
    labels=(operation_type, model, token_type),
)
operation_duration = Histogram(
    "secure_pr_guard_operation_duration_seconds",
    help="Time from the request of an LLM step to its complete answer.",
    service=secure_pr_guard,
    unit=units.SECONDS,
    labels=(operation_type, model),
    # The bounds of the GenAI conventions (0.01 doubling to 81.92), and the two limits that alerts compare with.
    buckets=(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2, 2.56, 3, 5.12, 10.24, 20.48, 40.96, 81.92),
)
operation_cost = Histogram(
    "secure_pr_guard_operation_cost_usd",
    help="Money spent on one LLM step.",
    service=secure_pr_guard,
    unit=units.USD,
    labels=(operation_type, model),
    buckets=(0.0001, 0.0003, 0.001, 0.003, 0.005, 0.01, 0.03, 0.1),
)

# Outcomes

operations = Counter(
    "secure_pr_guard_operations_total",
    help="LLM steps that ended, by how they ended.",
    service=secure_pr_guard,
    unit=units.EVENTS,
    labels=(operation_type, outcome),
)
workflows = Counter(
    "secure_pr_guard_workflows_total",
    help="Reviews that ended, by how they ended.",
    service=secure_pr_guard,
    unit=units.EVENTS,
    labels=(outcome,),
)
issues_detected = Counter(
    "secure_pr_guard_issues_detected_total",
    help="Issues that reviews found in pull requests.",
    service=secure_pr_guard,
    unit=units.EVENTS,
    labels=(severity,),
)
patches = Counter(
    "secure_pr_guard_patches_total",
    help="Patches that reviews proposed, by whether they could be made.",
    service=secure_pr_guard,
    unit=units.EVENTS,
    labels=(outcome,),
)
exported_spans = Counter(
    "secure_pr_guard_spans_total",
    help="Spans that ended, by whether the collector took them, refused them, or the full queue dropped them.",
    service=secure_pr_guard,
    unit=units.EVENTS,
    labels=(span_outcome,),
)

# Tempo's span-metrics, with the dimensions operation.type and cost.model and the buckets given below

service = Label("service", at_most=20, help="The service.name of the span's resource.")
span_name = Label("span_name", at_most=50, help="Name of the span.")
span_kind = Label(
    "span_kind",
    values=(
        "SPAN_KIND_UNSPECIFIED",
        "SPAN_KIND_INTERNAL",
        "SPAN_KIND_SERVER",
        "SPAN_KIND_CLIENT",
        "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER",
    ),
    help="Kind of the span.",
)
span_status_code = Label(
    "status_code", values=("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"), help="Status of the span; unset is no error."
)
span_operation_type = Label("operation_type", values=STEPS, optional=True, help="LLM step of the review; absent on the root span.")
cost_model = Label("cost_model", at_most=20, optional=True, help="Model that was asked for; absent on the root span.")
SPAN_LABELS = (service, span_name, span_kind, span_status_code, span_operation_type, cost_model)
FEWER = Waive("cardinality", "a span's name settles its service, kind and step: some hundred combinations occur")

span_calls = Counter(
    "traces_spanmetrics_calls_total",
    help="Spans that Tempo received, by their status.",
    service=span_metrics,
    unit=units.EVENTS,
    labels=SPAN_LABELS,
    # The OpenTelemetry Collector and Alloy write this name, and service_name for service.
    aliases=("traces_span_metrics_calls_total",),
    waive=(FEWER,),
)
span_latency = Histogram(
    "traces_spanmetrics_latency",
    help="Duration of the spans that Tempo received, in seconds.",
    service=span_metrics,
    unit=units.SECONDS,
    labels=SPAN_LABELS,
    # Tempo's default bounds lack 2 and 3: set metrics_generator.processor.span_metrics.histogram_buckets to these.
    buckets=(0.1, 0.25, 0.5, 1, 2, 3, 5, 10),
    aliases=("traces_span_metrics_duration_seconds",),
    twin="traces_spanmetrics_latency_seconds",
    waive=(Waive("metric-name", "Tempo's own name"), FEWER),
)
span_size = Counter(
    "traces_spanmetrics_size_total",
    help="Bytes of the spans that Tempo received.",
    service=span_metrics,
    unit=units.BYTES,
    labels=SPAN_LABELS,
    twin="traces_spanmetrics_size_bytes_total",
    waive=(Waive("metric-name", "Tempo's own name"), Waive("unused-signal", "Tempo writes it with the rest"), FEWER),
)

# Attributes of the child spans; the root span has none of them

cost_usd = SpanAttribute(
    "cost.usd",
    help="Money the LLM call cost, never rounded; absent, not 0, when its price is unknown.",
    service=secure_pr_guard,
    type="float",
    unit=units.USD,
    aliases=("ai.cost.per_request", "llm.cost.total", "operation.cost"),
    semantic="gen_ai.usage.cost",
)
cost_status = SpanAttribute(
    "obskit.cost.status",
    help="Why the span has no cost: unpriced when no price is known for the model.",
    service=secure_pr_guard,
    type="string",
    values=("unpriced",),
)
cost_model_name = SpanAttribute(
    "cost.model",
    help="Model that was asked for; calls are grouped by it and priced by the model that answered.",
    service=secure_pr_guard,
    type="string",
    at_most=20,
    aliases=("llm.model_name",),
    semantic="gen_ai.request.model",
)
tokens_prompt = SpanAttribute(
    "cost.tokens.prompt",
    help="Tokens of the prompt, cached ones included.",
    service=secure_pr_guard,
    type="int",
    unit=units.TOKENS,
    aliases=("tokens.prompt", "ai.tokens.prompt", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"),
    semantic="gen_ai.usage.input_tokens",
)
tokens_completion = SpanAttribute(
    "cost.tokens.completion",
    help="Tokens of the answer, reasoning included.",
    service=secure_pr_guard,
    type="int",
    unit=units.TOKENS,
    aliases=("tokens.completion", "ai.tokens.completion", "gen_ai.usage.completion_tokens", "llm.token_count.completion"),
    semantic="gen_ai.usage.output_tokens",
)
tokens_total = SpanAttribute(
    "cost.tokens.total",
    help="Tokens of prompt and answer together; a legacy name that the GenAI conventions have no counterpart for.",
    service=secure_pr_guard,
    type="int",
    unit=units.TOKENS,
    aliases=("tokens.total", "ai.tokens.total", "llm.token_count.total"),
)
latency_ms = SpanAttribute(
    "latency.ms",
    # Tempo takes quantiles of ints only: as a float it would silence them without an error.
    help="Duration of the LLM call as a whole number of milliseconds; equals the duration of the span.",
    service=secure_pr_guard,
    type="int",
    unit=units.MILLISECONDS,
)
operation = SpanAttribute(
    "operation.type",
    help="LLM step of the review that the span belongs to.",
    service=secure_pr_guard,
    type="string",
    values=STEPS,
    aliases=("cost.operation",),
    semantic="gen_ai.agent.name",
)
