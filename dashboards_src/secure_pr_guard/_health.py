"""Rows about how well secure-pr-guard works: latency, errors, outcomes, and the same seen through Tempo's span-metrics."""

from dashboards_src.secure_pr_guard._shared import AT_LEAST, FAILED, SECONDS, SLOW, WHOLE, runbook
from obskit.dashboards import bar_gauge, override, query, row, stat, timeseries
from rules_src import secure_pr_guard as limits
from rules_src import secure_pr_guard_spans as span_limits
from rules_src.catalog.secure_pr_guard import issues_detected, operation_duration, patches, workflows

latency = row(
    "Latency and errors",
    [
        timeseries(
            "P95 Latency",
            operation_duration.quantile(0.95, by="operation_type"),
            key="latency",
            width=8,
            min=0,
            thresholds=SECONDS,
            description="Duration that one in twenty operations of a step exceeds. The objective is 2 s, the alert begins at 3 s; both "
            "are bucket bounds, so a line is crossed when it is truly crossed. Between bounds the value is interpolated. If over 3 s, "
            "open slow operations and compare models and prompt sizes.",
            links=[runbook(limits.high_latency), SLOW],
        ),
        timeseries(
            "Operations within 2 s",
            query(limits.in_time, exemplars=False),
            key="latency-objective",
            width=8,
            min=0,
            max=1,
            thresholds=AT_LEAST,
            high_is_good=True,
            description="Share of the operations that end within 2 s, exactly counted in a bucket; the objective is 95 %. Below the "
            "line the alert begins after 5 minutes.",
            links=[runbook(limits.slow_operations), SLOW],
        ),
        timeseries(
            "Error Ratio",
            limits.error_ratio,
            key="error-ratio",
            width=8,
            min=0,
            max=1,
            thresholds=(limits.MOST_ERRORS,),
            description="Share of the LLM operations that fail. Over 5 % for 5 minutes is a critical alert: most often the provider "
            "refuses or times out. Open failed operations for the messages.",
            links=[runbook(limits.high_errors), FAILED],
        ),
    ],
)

reviews = row(
    "Reviews",
    [
        timeseries(
            "Reviews Ended",
            query(workflows.increase().sum(by="outcome"), interval="5m"),
            key="reviews",
            width=8,
            draw="bars",
            stack=True,
            min=0,
            overrides=[override("success", color="green"), override("error", color="red")],
            description="Reviews that ended, a bar per interval, by how they ended. Cost follows their number; if it does not, the "
            "single review became dearer.",
            links=[FAILED],
        ),
        bar_gauge(
            "Issues Found by Severity",
            issues_detected.increase(WHOLE).sum(by="severity"),
            key="issues",
            width=8,
            decimals=0,
            description="Issues that reviews found in the chosen range. This is what the money buys: none at all for a day suggests "
            "that the reviewer is blind, not that the code is good.",
        ),
        stat(
            "Patch Success",
            patches.where(outcome="success").increase(WHOLE).sum() / patches.increase(WHOLE).sum().guarded(),
            key="patch-success",
            width=8,
            height=8,
            decimals=1,
            no_value="no patches",
            description="Share of the proposed patches of the chosen range that could be made. If it falls, compare models: patches are "
            "the hardest step.",
        ),
    ],
    collapsed=True,
)

generated = row(
    "Span-metrics",
    [
        timeseries(
            "P95 Latency of Spans",
            span_limits.spans_latency,
            key="span-latency",
            width=8,
            min=0,
            thresholds=SECONDS,
            description="Duration that one span in twenty exceeds, from the metrics that Tempo makes of spans. 2 and 3 s are bounds "
            "only with the buckets of the catalogue; with Tempo's own the lines mean little. Empty: the span-metrics processor is off "
            "or lacks the dimension operation.type.",
            links=[runbook(span_limits.high_span_latency), SLOW],
        ),
        timeseries(
            "Spans within 2 s",
            query(span_limits.spans_in_time, exemplars=False),
            key="span-objective",
            width=8,
            min=0,
            max=1,
            thresholds=AT_LEAST,
            high_is_good=True,
            description="Share of the spans that end within 2 s, from the metrics that Tempo makes of spans; the objective is 95 %. "
            "Empty with Tempo's own buckets, which have no bound at 2 s.",
            links=[runbook(span_limits.slow_spans), SLOW],
        ),
        timeseries(
            "Error Ratio of Spans",
            span_limits.spans_error_ratio,
            key="span-error-ratio",
            width=8,
            min=0,
            max=1,
            thresholds=(limits.MOST_ERRORS,),
            description="Share of the operations' spans with the status error, from the metrics that Tempo makes of spans. It should "
            "agree with Error Ratio; a lasting difference means that spans are lost or sampled.",
            links=[runbook(span_limits.high_span_errors), FAILED],
        ),
    ],
    collapsed=True,
)
