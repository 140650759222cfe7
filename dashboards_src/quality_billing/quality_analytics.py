"""Quality analytics: how scores are spread, which way they move, what is assessed."""

from dashboards_src.quality_billing._shared import BETTER_THAN_NOTHING, GOOD_SCORE, LEVEL_COLOURS, QUALITY, WHOLE, board, runbook
from obskit.dashboards import bar_gauge, heatmap, override, pie, query, row, stat, timeseries
from rules_src.catalog.quality_billing import (
    quality_assessments,
    quality_change,
    quality_improvement,
    quality_score,
    quality_score_ratio,
    task_completion_time,
    tasks_completed,
)
from rules_src.quality_billing import low_quality_score

score_sum, score_count = quality_score_ratio.total, quality_score_ratio.observations
COUNTS = {"options": {"cellValues": {"unit": "short", "decimals": 0}}}
UPRIGHT = {"options": {"orientation": "vertical", "namePlacement": "auto"}}

quality_analytics = board(
    "Quality Analytics",
    uid=QUALITY,
    description="Distribution, change and mix of quality assessments.",
    time="24h",
    refresh="30s",
    panels=[
        row(
            "Overview",
            [
                stat(
                    "Median Score",
                    quality_score_ratio.quantile(0.5, window=WHOLE),
                    description="Half of the assessments score better, half worse. Far above the mean, a few bad results pull that down.",
                    decimals=1,
                    width=4,
                ),
                stat(
                    "Share below 70 %",
                    quality_score_ratio.bucket(0.7).increase(WHOLE).sum() / quality_score_ratio.observations.increase(WHOLE).sum(),
                    description="Share of assessments up to 70 %, where work is no longer acceptable. A growing share calls for a look "
                    "at single assessments of the worst kind of task.",
                    unit="percentunit",
                    decimals=1,
                    width=4,
                    links=[runbook(low_quality_score)],
                ),
                stat(
                    "Mean Improvement",
                    quality_change.total.rate(WHOLE).sum() / quality_change.observations.rate(WHOLE).sum() - 1,
                    description="Mean change from one assessment to the next. Below zero, feedback does not arrive.",
                    unit="percentunit",
                    decimals=1,
                    thresholds=BETTER_THAN_NOTHING,
                    high_is_good=True,
                    width=4,
                ),
                stat(
                    "Median Improvement",
                    quality_improvement.quantile(0.5, window=WHOLE),
                    description="The change that half of the assessments surpass. Above zero while the mean is below: few fall, but far.",
                    decimals=1,
                    thresholds=BETTER_THAN_NOTHING,
                    high_is_good=True,
                    width=4,
                ),
                stat(
                    "Share Improving",
                    1 - quality_improvement.bucket(0).increase(WHOLE).sum() / quality_improvement.observations.increase(WHOLE).sum(),
                    description="Share of assessments better than the one before. Around a half is noise; well below it quality erodes.",
                    unit="percentunit",
                    decimals=1,
                    width=4,
                ),
                stat(
                    "Score Delta",
                    quality_score.avg_over_time(WHOLE).avg() - quality_score.offset(WHOLE).avg_over_time(WHOLE).avg(),
                    description="Mean score of the time range less that of the range before, in points of 100 %. Tells whether a bad day "
                    "is new.",
                    unit="percentunit",
                    decimals=1,
                    thresholds=BETTER_THAN_NOTHING,
                    high_is_good=True,
                    width=4,
                ),
            ],
        ),
        row(
            "Scores",
            [
                heatmap(
                    "Score Heatmap",
                    quality_score_ratio.heatmap(),
                    description="Assessments by score over time; darker is more. A second band below the main one is a kind of task, "
                    "or a group, in trouble.",
                    unit="percentunit",
                    extra=COUNTS,
                ),
                bar_gauge(
                    "Score Distribution",
                    query(quality_score_ratio.heatmap(window=WHOLE), format="heatmap"),
                    description="Assessments of the time range by score: each bar counts those up to its bound and above the bound before. "
                    "A long lower tail matters more than the peak.",
                    unit="short",
                    decimals=0,
                    color="blue",
                    width=12,
                    extra=UPRIGHT,
                ),
                bar_gauge(
                    "Score by Task Type",
                    quality_score.avg(by="task_type"),
                    description="Last scores of each kind of task. Red and yellow kinds need training or clearer instructions.",
                    decimals=1,
                    min=0,
                    max=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    width=8,
                    links=[runbook(low_quality_score)],
                ),
                bar_gauge(
                    "Weighted Score by Task Type",
                    score_sum.rate(WHOLE).sum(by="task_type") / score_count.rate(WHOLE).sum(by="task_type"),
                    description="Mean over all assessments of the time range, by kind of task. Steadier than the last scores beside it.",
                    unit="percentunit",
                    decimals=1,
                    min=0,
                    max=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    width=8,
                ),
                bar_gauge(
                    "Mean Improvement by Task Type",
                    quality_change.total.rate(WHOLE).sum(by="task_type") / quality_change.observations.rate(WHOLE).sum(by="task_type") - 1,
                    description="Mean change from one assessment to the next, of each kind of task. Tells where feedback works.",
                    unit="percentunit",
                    decimals=1,
                    min=-0.5,
                    max=0.5,
                    thresholds=BETTER_THAN_NOTHING,
                    high_is_good=True,
                    width=8,
                ),
            ],
        ),
        row(
            "Assessments",
            [
                pie(
                    "Assessment Mix",
                    quality_assessments.increase(WHOLE).sum(by="quality_level"),
                    description="Assessments of the time range by band of their score. The share of poor ones costs the most rework.",
                    decimals=0,
                    overrides=LEVEL_COLOURS,
                    width=12,
                ),
                timeseries(
                    "Assessment Rate",
                    query(quality_assessments.rate().sum(), legend="Assessments"),
                    description="Assessments per second. Without them every score on this board stands still: none in working hours is a "
                    "fault of the pipeline.",
                    min=0,
                    color="blue",
                ),
            ],
        ),
        row(
            "Tasks",
            [
                timeseries(
                    "Tasks Completed by Task Type",
                    tasks_completed.increase("1h").sum(by="task_type"),
                    description="Tasks brought to an end in the hour before each point. Puts the scores above in proportion.",
                    min=0,
                ),
                timeseries(
                    "Task Completion Time p50/p95",
                    query(task_completion_time.quantile(0.5), legend="p50"),
                    query(task_completion_time.quantile(0.95), legend="p95"),
                    description="How long tasks take from start to end. Shorter times with falling scores are haste.",
                    min=0,
                    overrides=[override("p50", color="green"), override("p95", color="orange")],
                ),
            ],
            collapsed=True,
        ),
    ],
)
