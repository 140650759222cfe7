"""A window that one failed scrape empties.

With a window of two or three scrape intervals, `rate` has its two samples as long as every scrape succeeds. One that fails,
or comes late, leaves a hole in the line or ends an alert. Four intervals bear that, and are what Grafana takes for
`$__rate_interval`.

Bad:
    web = Service("web", job="web", scrape_interval="30s")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    busy = Alert(name="WebBusy", expr="sum(rate(web_requests_total[1m])) > 5")

Good:
    web = Service("web", job="web", scrape_interval="30s")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    busy = Alert(name="WebBusy", expr="sum(rate(web_requests_total[2m])) > 5")
    seen = Alert(name="WebSeen", expr="sum(max_over_time(web_requests_total[1m])) == 0")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.windows import GROWTH, window
from obskit.semantics import Read

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Windows over scraped samples of two to four intervals."""
    for asked, call in analysed.calls(*GROWTH):
        found = window(call)
        if found is not None and isinstance(found.node, Read) and 2 <= found.holds < 4:
            message = f"{call.function}() over {Duration(found.length)} has holes when a scrape fails: {found.of}"
            yield told(asked, message, asked.carets.window(found.node), f"take {found.times(4)} or more")
