"""Alerts on how fast quality-billing spends its error budgets: 99 % of requests answered without 5xx, 95 % within 2 s.

Windows and factors: "Alerting on SLOs" of Google's SRE workbook, multiwindow and multi-burn-rate. The long window says that it
matters, the short one that it still happens. Each ratio is a ratio of sums over its whole window, recorded once: the mean of many
short ratios would weigh a quiet night like a busy day.
"""

from obskit.catalog import Expr, raw
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.quality_billing import api_response_time
from rules_src.quality_billing import error_ratio

ERRORS = "job:quality_billing_api_errors:ratio_rate"
SLOW = "job:quality_billing_api_slow:ratio_rate"
slow_ratio = 1 - api_response_time.share_below(2, by="job")

PAIRS = (
    # factor, long, short, for, severity: the budget of 30 days is gone after 2 days, 5 days, 10 days, 30 days
    ("14.4", "1h", "5m", "2m", "critical"),
    ("6", "6h", "30m", "15m", "critical"),
    ("3", "1d", "2h", "1h", "warning"),
    ("1", "3d", "6h", "3h", "warning"),
)
URGENCY = {"critical": "now", "warning": "today"}


def _burning(ratio: str, factor: str, budget: str, long: str, short: str) -> Expr:
    """Over `factor` times the budgeted share in both windows."""
    limit = raw(f"{factor} * {budget}")
    return (raw(ratio + long) > limit).and_(raw(ratio + short) > limit)


def _alerts(name: str, ratio: str, budget: str, spent_by: str, spent: str, panel: str, steps: tuple[str, ...]) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            name=f"{name}{long}",
            expr=_burning(ratio, factor, budget, long, short),
            for_=for_,
            severity=severity,
            summary=f"Requests that {spent_by} burn the error budget at {factor}x",
            description=f"{{{{ $value | humanizePercentage }}}} of the requests to {{{{ $labels.job }}}} {spent} within {long}; "
            f"{float(budget):.0%} is the budget.",
            steps=(
                f"At this pace the budget of 30 days is gone in {30 / float(factor):.2g} days: act {URGENCY[severity]}.",
                *steps,
            ),
            panel=panel,
        )
        for factor, long, short, for_, severity in PAIRS
    )


# The 5 minutes of the error ratio are recorded with the traffic.
ratios = RuleGroup(
    "quality_billing.budget_ratios",
    rules=(
        *(Record(name=ERRORS + window, expr=error_ratio.over(window)) for window in ("30m", "1h", "2h")),
        *(Record(name=SLOW + window, expr=slow_ratio.over(window)) for window in ("5m", "30m", "1h", "2h")),
    ),
)
long_ratios = RuleGroup(
    "quality_billing.long_budget_ratios",
    interval="2m",  # slower would outlast the 5 minutes that Prometheus looks back
    rules=(
        *(Record(name=ERRORS + window, expr=error_ratio.over(window)) for window in ("6h", "1d", "3d")),
        *(Record(name=SLOW + window, expr=slow_ratio.over(window)) for window in ("6h", "1d", "3d")),
    ),
)
burn_rates = RuleGroup(
    "quality_billing.burn_rates",
    rules=(
        *_alerts(
            "QualityBillingErrorBudgetBurn",
            ERRORS,
            "0.01",
            "fail",
            "failed",
            "quality-billing-operations/error-ratio",
            (
                "Open Error Ratio: does it still burn, or is it over? What is over needs no action tonight.",
                "Open Error Ratio by Endpoint and go on as for QualityBillingHighErrorRate.",
            ),
        ),
        *_alerts(
            "QualityBillingLatencyBudgetBurn",
            SLOW,
            "0.05",
            "take over 2 s",
            "took over 2 s",
            "quality-billing-operations/latency",
            (
                "Open API Latency: does it still burn, or is it over? What is over needs no action tonight.",
                "Open API Latency p95 by Endpoint and go on as for QualityBillingHighResponseTime.",
            ),
        ),
    ),
)
