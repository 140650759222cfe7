"""The five alerts of quality-billing.

When a target dies, the alerts on rates fire on for one window and those on gauges resolve at once: notifications of the
other four are best inhibited while QualityBillingSystemDown fires.
"""

from obskit.catalog import Waive, raw, regex
from obskit.rules import Alert
from rules_src.catalog.quality_billing import active_users, api_requests, api_response_time, quality_billing, quality_score

error_ratio = api_requests.where(status_code=regex("5..")).rate().sum(by="job") / api_requests.rate().sum(by="job").guarded()

high_error_rate = Alert(
    name="QualityBillingHighErrorRate",
    # A share of the requests: a rate of errors alone would say nothing about how many succeed.
    expr=error_ratio.over("5m") > 0.10,
    for_="2m",
    severity="critical",
    summary="Over 10 % of the API's requests fail",
    description="{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} in the last 5 minutes failed with a 5xx status.",
    panel="quality-billing-operations/error-ratio",
)
low_quality_score = Alert(
    name="QualityBillingLowQualityScore",
    expr=quality_score.avg(by="job") < 0.70,
    for_="10m",
    severity="warning",
    summary="The mean quality score is below 70 %",
    description="The quality score of {{ $labels.job }} is {{ $value | humanizePercentage }}, averaged over the kinds of task.",
    panel="quality-billing-executive/quality-trend",
)
high_response_time = Alert(
    name="QualityBillingHighResponseTime",
    expr=api_response_time.quantile(0.95, by="job").over("5m") > 2,
    for_="5m",
    severity="warning",
    summary="The API's 95th percentile is over 2 s",
    description="One in twenty requests to {{ $labels.job }} takes longer than {{ $value | humanizeDuration }}.",
    panel="quality-billing-operations/latency",
)
no_active_users = Alert(
    name="QualityBillingNoActiveUsers",
    # Zero and absent give the same labels, so that going from one to the other does not start the timer again.
    expr=active_users.sum(by="job").eq(0).or_(active_users.absent()),
    for_="30m",
    severity="warning",
    summary="Nobody has worked for 30 minutes",
    description="{{ $labels.job }} reports no active user, or does not report users at all.",
    panel="quality-billing-operations/active-users",
)
system_down = Alert(
    name="QualityBillingSystemDown",
    expr=raw('up{job="quality-billing"} == 0 or absent(up{job="quality-billing"})'),
    for_="1m",
    severity="critical",
    summary="A target of quality-billing is down or gone",
    description="{{ $labels.job }} cannot be scraped{{ with $labels.instance }} at {{ . }}{{ end }}, or has no target.",
    runbook=quality_billing.runbook.replace("{alert}", "QualityBillingSystemDown"),
    panel="quality-billing-operations/system-health",
    waive=(Waive("absent-labels", "a target that is down is named; one that is gone from discovery cannot be"),),
)
