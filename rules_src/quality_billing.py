"""The five alerts of quality-billing.

When a target dies, the alerts on rates fire on for one window and those on gauges resolve at once: notifications of the
other four are best inhibited while QualityBillingSystemDown fires.
"""

from obskit.catalog import Param, Waive, raw, regex, units
from obskit.rules import Alert
from rules_src.catalog.quality_billing import active_users, api_requests, api_response_time, quality_score

MAX_ERROR_RATIO = Param("quality_billing_max_error_ratio", 0.10, unit=units.RATIO, help="Share of failed requests that wakes somebody.")
MIN_QUALITY_SCORE = Param("quality_billing_min_quality_score", 0.70, unit=units.RATIO, help="Mean score that is still good enough.")

error_ratio = api_requests.where(status_code=regex("5..")).rate().sum(by="job") / api_requests.rate().sum(by="job").guarded()

high_error_rate = Alert(
    name="QualityBillingHighErrorRate",
    # A share of the requests: a rate of errors alone would say nothing about how many succeed.
    expr=error_ratio.over("5m") > MAX_ERROR_RATIO,
    for_="2m",
    severity="critical",
    summary=f"Over {100 * MAX_ERROR_RATIO.value:g} % of the API's requests fail",
    description="{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} in the last 5 minutes failed with a 5xx status.",
    steps=(
        "Open Error Ratio by Endpoint: does one endpoint fail, or all of them?",
        "Compare the time it began with the last deployment and with Build: a new version is rolled back first and examined afterwards.",
        "One endpoint: read its log and look at what it calls. All of them: look at the database and at Request Rate, also for a flood.",
    ),
    panel="quality-billing-operations/error-ratio",
)
low_quality_score = Alert(
    name="QualityBillingLowQualityScore",
    expr=quality_score.avg(by="job") < MIN_QUALITY_SCORE,
    for_="10m",
    severity="warning",
    summary=f"The mean quality score is below {100 * MIN_QUALITY_SCORE.value:g} %",
    description="The quality score of {{ $labels.job }} is {{ $value | humanizePercentage }}, averaged over the kinds of task.",
    steps=(
        "Open Score by Task Type on Quality Analytics: which kind of task fell?",
        "Look at Assessment Rate: a handful of assessments moves the mean, and then nothing is wrong.",
        "Tell the owner of that kind of task. Billing goes on, at the lower quality levels.",
    ),
    panel="quality-billing-executive/quality-trend",
)
high_response_time = Alert(
    name="QualityBillingHighResponseTime",
    expr=api_response_time.quantile(0.95, by="job").over("5m") > 2,
    for_="5m",
    severity="warning",
    summary="The API's 95th percentile is over 2 s",
    description="One in twenty requests to {{ $labels.job }} takes longer than {{ $value | humanizeDuration }}.",
    steps=(
        "Open API Latency p95 by Endpoint: is one endpoint slow, or are all?",
        "Look at CPU, Memory and Disk I/O of the same minutes.",
        "If Request Rate rose with it, add instances; if it did not, look for a slow query or a slow service behind the API.",
    ),
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
    steps=(
        "Is it a holiday or the middle of the night where people work? Then silence the alert until the morning.",
        "Look at Request Rate: requests without users mean that the collector of users is broken, not that they are gone.",
        "Log in yourself. If that fails, treat it as an outage of the login and call its owner.",
    ),
    panel="quality-billing-operations/active-users",
)
system_down = Alert(
    name="QualityBillingSystemDown",
    expr=raw('up{job="quality-billing"} == 0 or absent(up{job="quality-billing"})'),
    for_="1m",
    severity="critical",
    summary="A target of quality-billing is down or gone",
    description="{{ $labels.job }} cannot be scraped{{ with $labels.instance }} at {{ . }}{{ end }}, or has no target.",
    steps=(
        "Open System Health and Healthy Targets: is one instance gone, or all of them?",
        "Look whether the process runs and answers: curl its /metrics from the machine of Prometheus.",
        "It runs: the network or the scrape configuration is at fault, and the other alerts of the service are blind.",
        "It does not run: start it, then read why it stopped.",
    ),
    panel="quality-billing-operations/system-health",
    waive=(Waive("absent-labels", "a target that is down is named; one that is gone from discovery cannot be"),),
)
