"""Rows about money, from the counters of secure-pr-guard: where it goes, and where it is heading."""

from dashboards_src.secure_pr_guard._shared import (
    APPROXIMATE,
    AT_LEAST,
    DAILY,
    EXPENSIVE,
    PER_OPERATION,
    TOKEN_COLOURS,
    USD,
    WHOLE,
    runbook,
)
from obskit.catalog import Waive, raw
from obskit.dashboards import bar_gauge, override, pie, query, row, stat, timeseries
from rules_src import secure_pr_guard as limits
from rules_src import secure_pr_guard_cost as predictions
from rules_src.catalog.secure_pr_guard import cost, operation_duration, tokens

money = row(
    "Cost",
    [
        bar_gauge(
            "Cost by Operation",
            cost.increase(WHOLE).sum(by="operation_type"),
            key="cost-by-operation",
            width=8,
            unit=USD,
            decimals=4,
            description=f"Which LLM step the money of the chosen range went to. Begin here when cost rises. {APPROXIMATE}",
            links=[EXPENSIVE],
        ),
        bar_gauge(
            "Cost by Model",
            cost.increase(WHOLE).sum(by="model"),
            key="cost-by-model",
            width=8,
            unit=USD,
            decimals=4,
            description="Which model the money of the chosen range went to. A model that should not be here was configured by mistake "
            f"or is a fallback. {APPROXIMATE}",
            links=[EXPENSIVE],
        ),
        pie(
            "Prompt vs Completion",
            tokens.increase(WHOLE).sum(by="token_type"),
            key="prompt-vs-completion",
            unit="short",
            overrides=[override(name, color=color) for name, color in TOKEN_COLOURS.items()],
            description="Tokens of the chosen range: input is the prompt, output the answer. Answers cost several times as much a "
            f"token; a share that grows explains a bill that grows. {APPROXIMATE}",
        ),
        stat(
            "Cost per Operation",
            cost.increase(WHOLE).sum(by="operation_type")
            / operation_duration.observations.increase(WHOLE).sum(by="operation_type").guarded(),
            key="cost-per-operation",
            width=12,
            unit=USD,
            decimals=4,
            thresholds=PER_OPERATION,
            description="Mean cost of one operation of each LLM step: yellow from the objective of 0.003 USD on, red from 0.01 USD on, "
            f"where the alert begins. If red, shorten the step's prompt or choose a cheaper model. {APPROXIMATE}",
            links=[runbook(limits.expensive_operation), EXPENSIVE],
        ),
        stat(
            "Cost per 1k Tokens",
            1000 * cost.increase(WHOLE).sum() / tokens.increase(WHOLE).sum().guarded(),
            key="cost-per-1k-tokens",
            unit=USD,
            decimals=5,
            description="What a thousand tokens cost, prompt and answer mixed. It moves with the choice of models, with their prices "
            f"and with the share of answers, not with traffic. A jump by a thousand is a price in the wrong unit. {APPROXIMATE}",
        ),
        stat(
            "Operations within 0.003 USD",
            limits.within_cost.over(WHOLE),
            key="cost-objective",
            decimals=1,
            thresholds=AT_LEAST,
            high_is_good=True,
            no_value="no operations",
            description="Share of the operations that cost at most 0.003 USD, exactly counted in a bucket; the objective is 95 %. The "
            "mean can keep its limit while many operations do not.",
            links=[runbook(limits.cost_objective), EXPENSIVE],
        ),
    ],
)

forecast = row(
    "Forecast",
    [
        stat(
            "Projected Total in One Hour",
            cost.sum().predict_linear(3600, "1h", step="1m"),
            key="projected-total",
            width=6,
            unit=USD,
            decimals=3,
            description="Where the counters of cost will stand in an hour if the last hour's trend goes on: all that was spent since "
            "the services started, and what comes. A restart takes a counter back to zero and upsets this for an hour (see the purple "
            "marks).",
        ),
        stat(
            "Day at Horizon",
            query(predictions.day_at_horizon, legend="{{job}}"),
            key="cost-forecast",
            width=6,
            unit=USD,
            decimals=3,
            thresholds=DAILY,
            description="Cost of the 24 hours that end an hour from now: what the last 23 hours cost, and the next one at the trend of "
            f"the last. The alert begins at the daily budget of 0.20 USD; stop or slow reviews before it is spent. {APPROXIMATE}",
            links=[runbook(predictions.daily_budget_forecast), EXPENSIVE],
        ),
        timeseries(
            "Total and Its Forecast",
            query(cost.sum(by="job"), legend="{{job}} spent"),
            query(raw(f'{predictions.forecast.name}{{job=~"$job"}}'), legend="{{job}} in one hour"),
            key="total-forecast",
            unit=USD,
            min=0,
            description="What was spent since the services started, and where it will stand an hour later as recorded by the rule of "
            "that name. The distance between the lines is the cost of an hour. A fall to zero is a restart.",
            waive=(Waive("counter-without-rate", "the total is what is forecast"),),
        ),
    ],
    collapsed=True,
)
