"""Rows that ask Tempo: what the spans say, the operations to open, and exact counts over the limits."""

from dashboards_src.secure_pr_guard._shared import (
    AT_LEAST,
    DAILY,
    EXPENSIVE,
    FAILED,
    LATE,
    PER_OPERATION,
    POWERS,
    SECONDS,
    SLOW,
    STORED,
    SUMS,
    TOKEN_COLOURS,
    by_step,
    called,
    reduced,
    share,
)
from obskit.catalog import span_status, spans
from obskit.dashboards import no_value, pie, query, row, stat, timeseries, trace_list
from rules_src import secure_pr_guard as limits
from rules_src.catalog.secure_pr_guard import (
    cost_model_name,
    cost_usd,
    latency_ms,
    operation,
    secure_pr_guard,
    tokens_completion,
    tokens_prompt,
)

measured = spans(secure_pr_guard, latency_ms.exists())
slow = spans(secure_pr_guard, latency_ms > 1000 * limits.ALERT_SECONDS)
priced = spans(secure_pr_guard, cost_usd.exists())
expensive = spans(secure_pr_guard, cost_usd > limits.ALERT_USD)
failed = spans(secure_pr_guard, operation.exists(), span_status("error"))

traced = row(
    "Cost, latency and tokens from traces",
    [
        timeseries(
            "Average Latency by Operation",
            latency_ms.avg_over_time(by=operation),
            key="trace-latency-average",
            min=0,
            thresholds=tuple(1000 * limit for limit in SECONDS),
            description="Mean latency.ms of the spans of each step; 2000 and 3000 ms are the lines of objective and alert. The quantile "
            f"has a panel of its own, for the lines would hold for both. {STORED} {LATE} A step without spans is a gap.",
            links=[SLOW],
        ),
        timeseries(
            "P95 Latency by Operation",
            latency_ms.quantile_over_time(0.95, by=operation),
            key="trace-latency-p95",
            min=0,
            transformations=[by_step()],
            description=f"Estimate of the latency.ms that one span in twenty exceeds, a step each. {POWERS} {STORED} {LATE}",
            links=[SLOW],
        ),
        stat(
            "Total Cost by Model",
            cost_usd.sum_over_time(by=cost_model_name),
            key="trace-cost-by-model",
            width=8,
            height=8,
            decimals=4,
            text="value_and_name",
            thresholds=DAILY,
            no_value="no priced spans",
            description="Sum of cost.usd over the spans of the chosen range, a model each; unpriced spans have none. Yellow and red are "
            "70 % and 90 % of the daily budget of 0.20 USD, so they are meant for a range of 24 h and are lenient on shorter ones. Only "
            f"stored spans are summed: with sampling, Cost by Model is the whole truth. {SUMS}",
            links=[EXPENSIVE],
        ),
        pie(
            "Token Usage Split",
            query(tokens_prompt.sum_over_time(), ref="A", hide=True),
            query(tokens_completion.sum_over_time(), ref="B", hide=True),
            reduced("C", "A"),
            reduced("D", "B"),
            key="trace-tokens",
            unit="short",
            overrides=[called("C", "prompt", TOKEN_COLOURS["input"]), called("D", "completion", TOKEN_COLOURS["output"])],
            description="Tokens of prompts and answers in the spans of the chosen range. Tempo calls both series sum_over_time; "
            "expressions tell them apart here. The panel Prompt vs Completion shows the same from counters and is the dependable one. "
            f"{SUMS}",
        ),
        stat(
            "Mean Cost per Operation",
            cost_usd.avg_over_time(by=operation),
            key="trace-mean-cost",
            width=8,
            height=8,
            decimals=4,
            text="value_and_name",
            thresholds=PER_OPERATION,
            no_value="no priced spans",
            description="Mean cost.usd of the spans of each step: yellow from the objective of 0.003 USD on, red from 0.01 USD on. Open "
            f"expensive operations to see which call it was. {STORED}",
            links=[EXPENSIVE],
        ),
    ],
)

found = row(
    "Operations to open",
    [
        trace_list(
            "Slow Operations",
            slow.search(),
            key="slow-traces",
            width=12,
            description="Twenty traces of the chosen range with an operation over 3000 ms, not in any promised order. Open one and see "
            "which step waited for what.",
        ),
        trace_list(
            "Expensive Operations",
            expensive.search(),
            key="expensive-traces",
            width=12,
            description="Twenty traces of the chosen range with an operation over 0.01 USD, not in any promised order. Open one: model "
            "and tokens of the span say why.",
        ),
        trace_list(
            "Failed Operations in Traces",
            failed.search(),
            key="failed-traces",
            description="Twenty traces of the chosen range with an operation that ended in an error, not in any promised order. The "
            "span's status message says what the provider answered.",
        ),
    ],
)

questions = row(
    "Questions to Tempo",
    [
        stat(
            "Operations over 3000 ms",
            slow.count_over_time(by=operation),
            key="trace-slow",
            width=8,
            decimals=0,
            text="value_and_name",
            thresholds=((1, "yellow"),),
            no_value="none found",
            description="Spans of each step slower than 3000 ms in the chosen range, counted exactly. A step without any is not shown. "
            f"{STORED}",
            links=[SLOW],
        ),
        stat(
            "Operations over 0.01 USD",
            expensive.count_over_time(by=operation),
            key="trace-expensive",
            width=8,
            decimals=0,
            text="value_and_name",
            thresholds=((1, "yellow"),),
            no_value="none found",
            description="Spans of each step dearer than 0.01 USD in the chosen range, counted exactly. A step without any is not "
            f"shown. {STORED}",
            links=[EXPENSIVE],
        ),
        stat(
            "Spans within 2000 ms",
            *share(spans(secure_pr_guard, latency_ms < 1000 * limits.OBJECTIVE_SECONDS).count_over_time(), measured.count_over_time()),
            key="trace-latency-objective",
            width=8,
            unit="percentunit",
            decimals=1,
            thresholds=AT_LEAST,
            high_is_good=True,
            mappings=[no_value("no spans")],
            description=f"Share of the spans below 2000 ms in the chosen range, counted exactly; the objective is 95 %. {STORED}",
            links=[SLOW],
        ),
        stat(
            "Spans from 0.003 USD on",
            *share(spans(secure_pr_guard, cost_usd >= limits.OBJECTIVE_USD).count_over_time(), priced.count_over_time()),
            key="trace-cost-objective",
            width=8,
            unit="percentunit",
            decimals=1,
            thresholds=(round(1 - limits.OBJECTIVE, 6),),
            mappings=[no_value("no priced spans")],
            description="Share of the priced spans that miss the cost objective of less than 0.003 USD, counted exactly; red from 5 % "
            f"on. {STORED}",
            links=[EXPENSIVE],
        ),
        stat(
            "Spans with an Error",
            *share(failed.count_over_time(), spans(secure_pr_guard, operation.exists()).count_over_time()),
            key="trace-errors",
            width=8,
            unit="percentunit",
            decimals=1,
            thresholds=(limits.MOST_ERRORS,),
            mappings=[no_value("no spans")],
            description="Share of the operations' spans with the status error in the chosen range, counted exactly; red from 5 % on. "
            f"{STORED}",
            links=[FAILED],
        ),
        timeseries(
            "P95 Span Duration",
            measured.duration_quantile(0.95, by=operation),
            key="trace-duration-p95",
            width=8,
            min=0,
            transformations=[by_step()],
            description="The same quantile of the span's own duration, in seconds: right also where latency.ms was recorded as a float, "
            f"which silences its quantiles. {POWERS} {STORED} {LATE}",
            links=[SLOW],
        ),
    ],
    collapsed=True,
)
