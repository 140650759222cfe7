"""The first modules of a project that has no metrics yet: a catalogue, a rule and a board to replace by one's own.

`@word@` is filled in: see `filled`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CATALOGUE = '''\
"""The signals of @plain@: what it exposes at /metrics. Replace these by your own."""

from obskit.catalog import Counter, Gauge, Histogram, Label, Service, units

@own@ = Service(
    @service@,
    job=@job@,  # the name of the scrape job in Prometheus
    scrape_interval="15s",
    runbook="https://runbooks.example.com/{alert}",  # where the page of an alert is
)

method = Label("method", values=("GET", "POST", "PUT", "DELETE"))
status_code = Label("status_code", pattern=r"[1-5]\\d\\d", zero=("200", "500"))

requests = Counter(
    "@prefix@_requests_total",
    help="Requests served.",
    service=@own@,
    labels=(method, status_code),
)
latency = Histogram(
    "@prefix@_request_duration_seconds",
    help="Time to answer a request.",
    service=@own@,
    unit=units.SECONDS,
    labels=(method,),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
in_flight = Gauge("@prefix@_requests_in_flight", help="Requests that are being answered.", service=@own@)
'''

RULES = '''\
"""What must hold of @plain@, and who is told when it does not."""

from obskit.catalog import regex
from obskit.rules import Alert

from @rules@.catalog.@module@ import requests

error_ratio = requests.where(status_code=regex("5..")).rate().sum(by="job") / requests.rate().sum(by="job").guarded()

high_errors = Alert(
    name="@alert@HighErrorRatio",
    expr=error_ratio.over("5m") > 0.05,
    for_="10m",
    severity="critical",
    summary="Over 5 % of the requests fail",
    description="{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail.",
    panel="@uid@/errors",
)
'''

BOARD = '''\
"""What people look at when @plain@ has trouble."""

from obskit.dashboards import dashboard, heatmap, query, row, timeseries

from @rules@.catalog.@module@ import in_flight, latency, requests
from @rules@.@module@ import error_ratio

board = dashboard(
    @service@,
    uid="@uid@",
    folder=@service@,
    tags=("@uid@",),
    description="Requests, errors and duration.",
    panels=[
        row(
            "Traffic",
            [
                timeseries("Requests", requests.rate().sum(by="status_code")),
                timeseries("Error ratio", error_ratio, thresholds=(0.01, 0.05), key="errors"),
                timeseries("In flight", in_flight.sum(by="instance")),
            ],
        ),
        row(
            "Duration",
            [
                timeseries(
                    "Time to answer",
                    query(latency.quantile(0.5), legend="p50"),
                    query(latency.quantile(0.95), legend="p95"),
                    query(latency.quantile(0.99), legend="p99"),
                ),
                heatmap("Answers by duration", latency.heatmap()),
            ],
        ),
    ],
)
'''


UP = '''\
"""What must hold of @plain@, and who is told when it does not: a beginning."""

from obskit.catalog import Waive, raw
from obskit.rules import Alert

down = Alert(
    name="@alert@Down",
    expr=raw(@is_down@),
    for_="5m",
    severity="critical",
    summary=@down@,
    description="{{ $labels.job }} cannot be scraped{{ with $labels.instance }} at {{ . }}{{ end }}, or has no target.",
    panel="@uid@/up",
    waive=(Waive("absent-labels", "a target that is down is named; one that is gone from discovery cannot be"),),
)
'''


def filled(template: str, words: Mapping[str, str]) -> str:
    """The template with each `@word@` replaced by its text; what the texts hold is not looked at again."""
    return re.sub(r"@(\w+)@", lambda match: words[match[1]], template)
