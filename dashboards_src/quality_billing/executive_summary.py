"""Executive summary: what a week brought in, how good the work was, how much of it was done."""

from dashboards_src.quality_billing._shared import (
    APPROXIMATE,
    BETTER_THAN_NOTHING,
    EXECUTIVE,
    GOOD_SCORE,
    TO_FINANCIAL,
    TO_OPERATIONS,
    TO_QUALITY,
    WHOLE,
    board,
    runbook,
)
from obskit.dashboards import gauge, query, row, stat, timeseries
from rules_src.catalog.quality_billing import (
    active_users,
    effective_work_time,
    quality_score,
    quality_score_ratio,
    tasks_completed,
    total_amount,
    work_time,
)
from rules_src.quality_billing import low_quality_score

week = total_amount.increase("7d").sum()
week_before = total_amount.offset("7d").increase("7d").sum()
worked = work_time.rate(WHOLE).sum().guarded()
weighted_score = quality_score_ratio.total.rate(WHOLE).sum() / quality_score_ratio.observations.rate(WHOLE).sum()
weighted_score_trend = quality_score_ratio.total.rate().sum() / quality_score_ratio.observations.rate().sum()

executive_summary = board(
    "Executive Summary",
    uid=EXECUTIVE,
    description="Revenue, quality and productivity at a glance.",
    time="7d",
    refresh="30s",
    panels=[
        row(
            "Overview (money is approx.)",
            [
                stat(
                    "Weekly Revenue",
                    week / 100,
                    description=f"Amount invoiced in the last 7 days, whatever the time range. {APPROXIMATE} "
                    "Below 10,000 USD the week does not carry itself: look at the financial board for the level that is missing.",
                    unit="currencyUSD",
                    decimals=0,
                    thresholds=(10000, 25000),
                    high_is_good=True,
                    links=[TO_FINANCIAL],
                ),
                stat(
                    "Revenue vs Previous Week",
                    week / week_before.guarded() - 1,
                    description=f"Growth of the last 7 days over the 7 before; no value when those brought nothing. {APPROXIMATE} "
                    "A fall without a holiday behind it deserves a look at invoices and completed tasks.",
                    unit="percentunit",
                    decimals=1,
                    thresholds=BETTER_THAN_NOTHING,
                    high_is_good=True,
                    links=[TO_FINANCIAL],
                ),
                stat(
                    "Quality Score",
                    quality_score.avg(),
                    description="Mean of the last scores of each kind of task; every kind weighs the same. Clients complain below 70 %: "
                    "find the kind that falls on the quality board.",
                    decimals=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    links=[TO_QUALITY, runbook(low_quality_score)],
                ),
                stat(
                    "Weighted Quality Score",
                    weighted_score,
                    description="Mean over all assessments of the time range, so that frequent kinds of task weigh more. "
                    "Trust it over the plain score when the two differ.",
                    unit="percentunit",
                    decimals=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    links=[TO_QUALITY],
                ),
                stat(
                    "Tasks Completed",
                    tasks_completed.increase("1d").sum(),
                    description="Tasks brought to an end in the last 24 hours. Under 50 a day the team is blocked or idle: "
                    "compare with the active users on the operations board.",
                    unit="short",
                    decimals=0,
                    thresholds=(50, 100),
                    high_is_good=True,
                    width=4,
                    height=5,
                    links=[TO_OPERATIONS],
                ),
                stat(
                    "Productivity",
                    tasks_completed.rate(WHOLE).sum() / worked * 3600,
                    description="Tasks completed per hour worked, over the time range. A fall at equal efficiency means that tasks "
                    "became larger: compare the completion times on the quality board.",
                    unit="suffix: tasks/h",
                    decimals=1,
                    width=5,
                    height=5,
                ),
                stat(
                    "Effective Hours per Active User",
                    effective_work_time.increase(WHOLE).sum() / 3600 / active_users.sum().avg_over_time(WHOLE, step="5m").guarded(),
                    description="Hours that counted towards a result, per user active on average in the time range: productivity for "
                    "exporters that do not count tasks. Read it against the length of the range.",
                    unit="suffix: h",
                    decimals=1,
                    width=5,
                    height=5,
                ),
                stat(
                    "Revenue per Worked Hour",
                    total_amount.rate(WHOLE).sum() / 100 / worked * 3600,
                    description=f"Amount invoiced for an hour worked, over the time range. {APPROXIMATE} "
                    "Below the hourly rates of the financial board, work is done that nobody pays.",
                    unit="currencyUSD",
                    decimals=2,
                    width=5,
                    height=5,
                    links=[TO_FINANCIAL],
                ),
                gauge(
                    "Work Efficiency",
                    effective_work_time.rate(WHOLE).sum() / worked,
                    description="Share of the time worked that counted towards a result. Below 70 % look for waiting and rework first.",
                    unit="percentunit",
                    decimals=0,
                    min=0,
                    max=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    width=5,
                    height=5,
                ),
            ],
        ),
        row(
            "Trends (money is approx.)",
            [
                timeseries(
                    "Revenue Trend",
                    query(total_amount.rate().sum() * 3600 / 100, legend="Revenue per hour"),
                    description=f"Amount invoiced per hour. {APPROXIMATE} Steps are runs of invoices; a flat zero in working hours "
                    "means that none are written.",
                    unit="currencyUSD",
                    min=0,
                    color="green",
                    width=8,
                    links=[TO_FINANCIAL],
                ),
                timeseries(
                    "Daily Revenue",
                    query(total_amount.increase("1d").sum() / 100, legend="Revenue of the day"),
                    description=f"Amount invoiced in the 24 hours before each bar. {APPROXIMATE} "
                    "Compare like with like: Mondays with Mondays.",
                    unit="currencyUSD",
                    min=0,
                    color="green",
                    draw="bars",
                    interval="1d",
                    width=8,
                    links=[TO_FINANCIAL],
                ),
                timeseries(
                    "Quality Trend",
                    query(quality_score.avg(), legend="Mean of kinds"),
                    query(weighted_score_trend, legend="Weighted by assessments"),
                    description="Both scores over time, with the bounds of acceptable (70 %) and good (85 %) work. When only the weighted "
                    "one falls, a frequent kind of task got worse.",
                    unit="percentunit",
                    max=1,
                    thresholds=GOOD_SCORE,
                    high_is_good=True,
                    width=8,
                    key="quality-trend",
                    links=[TO_QUALITY, runbook(low_quality_score)],
                ),
            ],
        ),
    ],
)
