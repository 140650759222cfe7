"""Where the cost of secure-pr-guard is heading: forecasts and spikes, each above a floor that keeps small sums quiet."""

from obskit.catalog import Expr
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.secure_pr_guard import cost
from rules_src.secure_pr_guard import BOARD, DAILY_BUDGET_USD, spent

FLOOR_USD = 0.02
"""Per hour: a quarter of the hourly budget. Below it no pace and no spike is worth a message."""
SPIKE_FACTOR = 2

total = cost.sum(by="job")
# A restart of the service takes its counter back to zero; for an hour the trend is then too low, never too high.
next_hour = total.deriv("1h", step="5m") * 3600
day_at_horizon = spent.over("23h") + next_hour


def above_floor(expr: Expr) -> Expr:
    return expr.and_(spent.over("1h") > FLOOR_USD)


forecast = Record(name="job:secure_pr_guard_cost_usd:forecast1h", expr=total + next_hour)
daily_budget_forecast = Alert(
    name="SecurePrGuardDailyBudgetForecast",
    expr=above_floor(day_at_horizon > DAILY_BUDGET_USD),
    for_="10m",
    severity="warning",
    labels={"form": "counters"},
    summary=f"The daily LLM budget of {DAILY_BUDGET_USD:.2f} USD will be exceeded within the hour",
    description='At its present pace {{ $labels.job }} spends {{ printf "%.4f" $value }} USD in the 24 hours that end an hour from now.',
    steps=(
        "Open Day at Horizon and Cost per Hour: is the pace still what it was?",
        "Find what spends under Cost by Operation and Cost by Model.",
        "Lower the pace now, or let the day's budget be exceeded and say so.",
    ),
    panel=f"{BOARD}/cost-forecast",
)
cost_spike = Alert(
    name="SecurePrGuardCostSpike",
    expr=above_floor(spent.over("1h") > SPIKE_FACTOR * spent.over("1h").quantile_over_time(0.5, "7d", step="1h")),
    for_="10m",
    severity="info",
    labels={"form": "counters"},
    summary="LLM cost is over twice the median hour of the last 7 days",
    description='{{ $labels.job }} spent {{ printf "%.4f" $value }} USD in the last hour, over twice its usual hour.',
    steps=(
        "Open Cost per Hour over the last week and compare with the same hour of other days.",
        "Open Reviews Ended: more reviews explain a spike, the same number does not.",
        "The same number: look at Cost by Model and at the last release.",
    ),
    panel=f"{BOARD}/cost-per-hour",
)

# Read seven days back every time: every five minutes is often enough.
predictions = RuleGroup("secure_pr_guard_cost", interval="5m", rules=(forecast, daily_budget_forecast, cost_spike))
