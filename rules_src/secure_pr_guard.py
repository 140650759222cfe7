"""The limits of secure-pr-guard, watched through its own counters.

They need nothing but a scrape, and they see the calls of unsampled traces too. `secure_pr_guard_spans` watches latency and
errors through Tempo's span-metrics instead: load that file where the counters are not scraped, or both and route by the
label `form`.
"""

from obskit.catalog import Param, one_of, units
from obskit.rules import Alert
from rules_src.catalog.secure_pr_guard import cost, exported_spans, operation_cost, operation_duration, operations, workflows

BOARD = "secure-pr-guard-cost"
OBJECTIVE = 0.95
"""Share of the operations that keep a limit, and of the reviews that complete."""
OBJECTIVE_SECONDS, ALERT_SECONDS = 2, 3
OBJECTIVE_USD, ALERT_USD = 0.003, 0.01
"""Per operation."""
MOST_ERRORS = 0.05
HOURLY_BUDGET = Param("secure_pr_guard_hourly_budget", 0.08, unit=units.USD, least=0, help="What an hour of reviews may cost.")
DAILY_BUDGET = Param("secure_pr_guard_daily_budget", 0.20, unit=units.USD, least=0, help="What a day of reviews may cost.")
HOURLY_BUDGET_USD, DAILY_BUDGET_USD = HOURLY_BUDGET.value, DAILY_BUDGET.value
WARN, CRITICAL = 0.7, 0.9
"""Shares of a budget."""

FORM = {"form": "counters"}
EACH = ("job", "operation_type")

in_time = operation_duration.share_below(OBJECTIVE_SECONDS, by="job")
latency = operation_duration.quantile(0.95, by=EACH)
error_ratio = operations.where(outcome="error").rate().sum(by="job") / operations.rate().sum(by="job").guarded()
mean_cost = cost.increase().sum(by="job") / operation_duration.observations.increase().sum(by="job").guarded()
mean_cost_by_operation = cost.increase().sum(by=EACH) / operation_duration.observations.increase().sum(by=EACH).guarded()
within_cost = (
    operation_cost.bucket(OBJECTIVE_USD).increase().sum(by="job") / operation_cost.observations.increase().sum(by="job").guarded()
)
success_ratio = workflows.where(outcome="success").increase().sum(by="job") / workflows.increase().sum(by="job").guarded()
lost_spans = exported_spans.where(outcome=one_of("failed", "dropped")).increase().sum(by="job")
spent = cost.increase().sum(by="job")

slow_operations = Alert(
    name="SecurePrGuardLatencyObjectiveMissed",
    expr=in_time.over("5m") < OBJECTIVE,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="Fewer than 95 % of the LLM operations end within 2 s",
    description="Only {{ $value | humanizePercentage }} of the operations of {{ $labels.job }} in the last 5 minutes ended within 2 s.",
    steps=(
        "Open P95 Latency: which step got slower?",
        "Open Slow Operations and one of its traces: is it the provider that takes long, or a retry?",
        "Look at the status page of the provider; a slow model can be changed for another in the configuration.",
    ),
    panel=f"{BOARD}/latency-objective",
)
high_latency = Alert(
    name="SecurePrGuardHighLatency",
    expr=latency.over("5m") > ALERT_SECONDS,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="The 95th percentile of an LLM operation is over 3 s",
    description="One in twenty {{ $labels.operation_type }} operations of {{ $labels.job }} takes over {{ $value | humanizeDuration }}.",
    steps=(
        "Open P95 Latency and find the step and the time it began.",
        "Open one of the Slow Operations: long prompts, a slow provider and retries look different in its trace.",
        "If one model is slow, change it for another; if prompts grew, look at what the last release puts into them.",
    ),
    panel=f"{BOARD}/latency",
)
high_errors = Alert(
    name="SecurePrGuardHighErrorRatio",
    expr=error_ratio.over("5m") > MOST_ERRORS,
    for_="5m",
    severity="critical",
    labels=FORM,
    summary="Over 5 % of the LLM operations fail",
    description="{{ $value | humanizePercentage }} of the operations of {{ $labels.job }} in the last 5 minutes failed.",
    steps=(
        "Open Failed Operations in Traces: the status message of the span says what the provider answered.",
        "Refused for quota or key: raise the quota or renew the key. Overloaded: lower the number of reviews at once.",
        "If it began with a release, roll it back.",
    ),
    panel=f"{BOARD}/error-ratio",
)
expensive_operation = Alert(
    name="SecurePrGuardExpensiveOperation",
    expr=mean_cost_by_operation.over("1h") > ALERT_USD,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="An LLM operation costs over 0.01 USD on average",
    # humanize would write 12m for 0.012: money gets its decimals.
    description='{{ $labels.operation_type }} operations of {{ $labels.job }} cost {{ printf "%.4f" $value }} USD each in the last hour.',
    steps=(
        "Open Cost by Model and Cost by Operation: did the model change, or the number of tokens?",
        "Open Expensive Operations and one of its traces: model and tokens of the span say why.",
        "Set the step back to the cheaper model, or cut the prompt; nothing is broken until the budget is gone.",
    ),
    panel=f"{BOARD}/cost-per-operation",
)
high_mean_cost = Alert(
    name="SecurePrGuardHighMeanCost",
    expr=mean_cost.over("1h") >= OBJECTIVE_USD,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="The mean LLM operation misses the cost objective of 0.003 USD",
    description='Operations of {{ $labels.job }} cost {{ printf "%.4f" $value }} USD each in the last hour, over all steps and models.',
    steps=(
        "Open Cost by Model: a dearer model on one step is the usual reason.",
        "Open Prompt vs Completion: prompts that grew point to the last release, completions to the model.",
        "Decide whether the price is meant; if it is, change the objective where it is declared.",
    ),
    panel=f"{BOARD}/mean-cost",
)
cost_objective = Alert(
    name="SecurePrGuardCostObjectiveMissed",
    expr=within_cost.over("1h") < OBJECTIVE,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="Fewer than 95 % of the LLM operations cost at most 0.003 USD",
    description="Only {{ $value | humanizePercentage }} of the operations of {{ $labels.job }} in the last hour cost at most 0.003 USD.",
    steps=(
        "Open Operations within 0.003 USD and see when the share fell.",
        "Open Cost per Operation: which step is over the objective?",
        "Look at its model and its prompt as for SecurePrGuardExpensiveOperation.",
    ),
    panel=f"{BOARD}/cost-objective",
)
low_success = Alert(
    name="SecurePrGuardLowSuccessRate",
    expr=success_ratio.over("1h") < OBJECTIVE,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="Fewer than 95 % of the reviews complete",
    description="Only {{ $value | humanizePercentage }} of the reviews of {{ $labels.job }} that ended in the last hour succeeded.",
    steps=(
        "Open Reviews Ended: do reviews fail, or did few of them end at all?",
        "Open Failed Operations in Traces and read the root span of one: which step ended the review?",
        "Errors of the provider: follow SecurePrGuardHighErrorRatio. Errors of ours: roll back the last release.",
    ),
    panel=f"{BOARD}/success-rate",
)
telemetry_loss = Alert(
    name="SecurePrGuardTelemetryLoss",
    expr=lost_spans.over("15m") > 0,
    for_="5m",
    severity="warning",
    labels=FORM,
    summary="Spans are lost on their way to the collector",
    description='{{ printf "%.0f" $value }} spans of {{ $labels.job }} were refused or dropped in the last 15 minutes: traces lack them.',
    steps=(
        "Open Telemetry Loss: are spans refused by the collector, or dropped before they are sent?",
        "Refused: look at the log and the queue of the collector.",
        "Dropped: the queue of the exporter is too short, or the process ends without a flush.",
        "Until it is mended, trust the panels that read counters and not those that read traces.",
    ),
    panel=f"{BOARD}/telemetry-loss",
)
hourly_budget = Alert(
    name="SecurePrGuardHourlyBudget",
    expr=spent.over("1h") > round(WARN * HOURLY_BUDGET_USD, 6),
    for_="5m",
    severity="warning",
    labels=FORM,
    summary=f"Over 70 % of the hourly LLM budget of {HOURLY_BUDGET:.2f} USD is spent",
    description='{{ $labels.job }} spent {{ printf "%.4f" $value }} USD in the last hour.',
    steps=(
        "Open Cost per Hour and Cost by Operation: is it one step, or more reviews than usual?",
        "Open Reviews Ended: a loop of a bot that opens pull requests shows there.",
        "Pause the reviewer of the repository that spends, before the day's budget is gone.",
    ),
    panel=f"{BOARD}/cost-last-hour",
)
