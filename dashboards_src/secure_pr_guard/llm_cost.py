"""What the LLM steps of secure-pr-guard cost, how long they take and how many fail.

The overview, cost and latency come from the service's own counters; the rows about traces ask Tempo, where single
operations can be opened.
"""

from dashboards_src.secure_pr_guard._cost import forecast, money
from dashboards_src.secure_pr_guard._health import generated, latency, reviews
from dashboards_src.secure_pr_guard._shared import (
    APPROXIMATE,
    AT_LEAST,
    DAILY,
    EXPENSIVE,
    FAILED,
    HOURLY,
    PER_OPERATION,
    TAG,
    USD,
    WHOLE,
    runbook,
)
from dashboards_src.secure_pr_guard._traces import found, questions, traced
from obskit.dashboards import alert_list, annotation, dashboard, link, query, row, stat, tag_links, timeseries
from rules_src import secure_pr_guard as limits
from rules_src import secure_pr_guard_cost as predictions
from rules_src.catalog.secure_pr_guard import cost, secure_pr_guard

overview = row(
    "Overview",
    [
        stat(
            "Cost, Last 24 Hours",
            cost.increase("1d").sum(),
            key="cost-last-day",
            width=4,
            unit=USD,
            decimals=3,
            thresholds=DAILY,
            description="Money spent on LLM calls in the last 24 hours, whatever range is chosen: yellow from 70 %, red from 90 % of the "
            f"daily budget of 0.20 USD. If red, look below for the step and the model, and open expensive operations. {APPROXIMATE}",
            links=[runbook(predictions.daily_budget_forecast), EXPENSIVE],
        ),
        stat(
            "Cost, Last Hour",
            limits.spent.over("1h"),
            key="cost-last-hour",
            width=4,
            unit=USD,
            decimals=3,
            thresholds=HOURLY,
            description="Money spent on LLM calls in the last hour: yellow from 70 % of the hourly budget of 0.08 USD, where the alert "
            f"begins, red from 90 %. If it stays there, find out which step or model grew. {APPROXIMATE}",
            links=[runbook(limits.hourly_budget), EXPENSIVE],
        ),
        stat(
            "Mean Cost",
            limits.mean_cost.over(WHOLE),
            key="mean-cost",
            width=4,
            unit=USD,
            decimals=4,
            thresholds=PER_OPERATION,
            description="Mean cost of an LLM operation over the chosen range, all steps and models: the objective is below 0.003 USD, "
            f"from 0.01 USD on it is red. If it rises, prompts grew or a dearer model is asked. {APPROXIMATE}",
            links=[runbook(limits.high_mean_cost), EXPENSIVE],
        ),
        stat(
            "Success Rate",
            limits.success_ratio.over(WHOLE),
            key="success-rate",
            width=4,
            decimals=1,
            thresholds=AT_LEAST,
            high_is_good=True,
            no_value="no reviews",
            description="Share of the reviews ended in the chosen range that succeeded; the objective is 95 %, the alert looks at one "
            "hour. If it is low, open failed operations.",
            links=[runbook(limits.low_success), FAILED],
        ),
        stat(
            "Failed Operations",
            limits.error_ratio.over(WHOLE),
            key="failed-operations",
            width=4,
            decimals=1,
            thresholds=(limits.MOST_ERRORS,),
            no_value="no operations",
            description="Share of the LLM operations in the chosen range that failed; red from 5 % on, where the alert begins. "
            "If it is red, open failed operations: the provider, a limit or the prompt is to blame.",
            links=[runbook(limits.high_errors), FAILED],
        ),
        stat(
            "Telemetry Loss",
            limits.lost_spans.over(WHOLE),
            key="telemetry-loss",
            width=4,
            decimals=0,
            unit="short",
            thresholds=((0.5, "red"),),
            description="Spans refused by the collector or dropped from a full queue in the chosen range: what is said here from traces "
            "then misses them, the counters do not. If not 0, look at the collector and the size of the export queue.",
            links=[runbook(limits.telemetry_loss)],
        ),
        timeseries(
            "Cost per Hour",
            query(cost.rate().sum() * 3600, legend="USD per hour"),
            key="cost-per-hour",
            width=16,
            unit=USD,
            min=0,
            thresholds=HOURLY,
            description="Pace of spending: US dollars an hour at the rate of the moment, with 70 % and 90 % of the hourly budget as "
            f"lines. Short peaks are reviews; a plateau over a line is worth a look at the steps and models below. {APPROXIMATE}",
            links=[runbook(predictions.cost_spike), EXPENSIVE],
        ),
        alert_list(
            "Alerts",
            key="alerts",
            labels='{alertname=~"SecurePrGuard.+"}',
            description="Alerts of secure-pr-guard that fire or are about to, from its counters, its span-metrics and its cost "
            "forecasts. Each leads to its runbook.",
        ),
    ],
)

llm_cost = dashboard(
    "LLM cost",
    uid=limits.BOARD,
    folder="Secure PR Guard",
    description="What the LLM steps of secure-pr-guard cost, how long they take and how many fail. Rows about traces ask Tempo: choose "
    f"at most 24 h, 3 h on Tempo 2.x. Owner: {secure_pr_guard.owner}. Generated: change it in dashboards_src/secure_pr_guard, not here.",
    tags=(TAG,),
    time="6h",
    refresh="1m",
    links=(tag_links("Secure PR Guard", TAG), link("Runbooks", limits.high_errors.runbook_url.rpartition("/")[0])),
    annotations=(
        annotation("Restarts", cost.resets("5m").sum(by="job") > 0, title="{{job}} restarted: its counters began again", color="purple"),
    ),
    panels=(overview, money, latency, traced, found, forecast, reviews, questions, generated),
)
