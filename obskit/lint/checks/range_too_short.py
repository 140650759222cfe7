"""A window that does not hold the samples its function needs.

`rate` and its like need two samples. A window shorter than two scrape intervals holds one, or none, at most moments: the
line has holes and the alert comes and goes with the phase of the scrapes. Functions such as `avg_over_time` need one sample,
and a window shorter than one interval often has none. Windows that Grafana computes are not judged.

Bad:
    web = Service("web", job="web", scrape_interval="30s")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    busy = Alert(name="WebBusy", expr="sum(rate(web_requests_total[45s])) > 5")

Bad:
    busy = Alert(name="WebBusy", expr="deriv(scrape_duration_seconds[1m:50s]) > 5")

Good:
    web = Service("web", job="web", scrape_interval="30s")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    board = dashboard("Web", uid="web", panels=[
        timeseries("Requests", "sum(rate(web_requests_total[2m]))"),
        timeseries("Chosen", "sum(rate(web_requests_total[$__rate_interval]))"),
        timeseries("Unknown", "sum(rate(scrape_samples_scraped[1s]))", waive=(Waive("rate-on-gauge", "only for its interval"),)),
        timeseries("Last", "max_over_time(web_requests_total[30s])"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.windows import GROWTH, SINGLE, window

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Windows of fewer than two intervals, or than one where one sample is enough."""
    for needed, functions in ((2, GROWTH), (1, SINGLE)):
        for asked, call in analysed.calls(*functions):
            found = window(call)
            if found is not None and found.holds < needed:
                length = Duration(found.length)
                samples = "two samples" if needed == 2 else "a sample"
                message = f"{call.function}() over {length} often lacks {samples}: {found.of}"
                yield told(asked, message, asked.carets.window(found.node), f"take {found.times(4 if needed == 2 else 2)} or more")
