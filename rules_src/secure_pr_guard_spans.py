"""The latency and error limits of secure-pr-guard, watched through Tempo's span-metrics.

They need the span-metrics processor with the dimensions and buckets of the catalogue. It observes the duration, number
and size of spans and nothing else, so nothing here is about money or tokens; unsampled spans are not in it.
"""

from obskit.rules import Alert
from rules_src.catalog.secure_pr_guard import span_calls, span_latency
from rules_src.secure_pr_guard import ALERT_SECONDS, BOARD, MOST_ERRORS, OBJECTIVE, OBJECTIVE_SECONDS

FORM = {"form": "span-metrics"}

spans_in_time = span_latency.share_below(OBJECTIVE_SECONDS, by="service")
spans_latency = span_latency.quantile(0.95, by=("service", "operation_type"))
spans_error_ratio = (
    span_calls.where(status_code="STATUS_CODE_ERROR").rate().sum(by="service") / span_calls.rate().sum(by="service").guarded()
)

slow_spans = Alert(
    name="SecurePrGuardSpanLatencyObjectiveMissed",
    expr=spans_in_time.over("5m") < OBJECTIVE,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="Fewer than 95 % of the LLM spans end within 2 s",
    description="Only {{ $value | humanizePercentage }} of the LLM spans of {{ $labels.service }} in the last 5 minutes ended within 2 s.",
    steps=(
        "Open Spans within 2 s and P95 Latency of Spans: which step got slower?",
        "Open one of the Slow Operations and see what the span waited for.",
        "Go on as for SecurePrGuardLatencyObjectiveMissed, which watches the same through counters.",
    ),
    panel=f"{BOARD}/span-objective",
)
high_span_latency = Alert(
    name="SecurePrGuardSpanHighLatency",
    expr=spans_latency.over("5m") > ALERT_SECONDS,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="The 95th percentile of an LLM operation's spans is over 3 s",
    description="One in twenty {{ $labels.operation_type }} spans of {{ $labels.service }} takes over {{ $value | humanizeDuration }}.",
    steps=(
        "Open P95 Latency of Spans and find the step.",
        "Open one of the Slow Operations and see what the span waited for.",
        "Go on as for SecurePrGuardHighLatency, which watches the same through counters.",
    ),
    panel=f"{BOARD}/span-latency",
)
high_span_errors = Alert(
    name="SecurePrGuardSpanHighErrorRatio",
    expr=spans_error_ratio.over("5m") > MOST_ERRORS,
    for_="5m",
    severity="critical",
    labels=FORM,
    summary="Over 5 % of the LLM spans fail",
    description="{{ $value | humanizePercentage }} of the LLM spans of {{ $labels.service }} in the last 5 minutes have the status error.",
    steps=(
        "Open Failed Operations in Traces and read the status message of the span.",
        "Go on as for SecurePrGuardHighErrorRatio, which watches the same through counters.",
    ),
    panel=f"{BOARD}/span-error-ratio",
)
