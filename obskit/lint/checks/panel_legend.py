"""Several series in one panel, and a legend that does not tell them apart.

With a fixed legend every line is called the same. A query that is aggregated by labels gets a legend of them by itself.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", query("sum by (job) (up)", legend="targets"), unit="short")])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Up", query("sum by (job) (up)", legend="{{job}} is up"), query("sum(up)", legend="all"), unit="short"),
        timeseries("By job", "sum by (job) (up)", unit="short"),
        timeseries("One job", query('sum by (job) (up{job="shop"})', legend="shop"), unit="short"),
        timeseries("Chosen", query('sum by (zone) (up{job=~"$zone/shop"})', legend="up"), unit="short"),
    ], variables=[query_variable("zone", "label_values(zone)")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"

_NAMED = frozenset(("timeseries", "bargauge", "piechart", "barchart", "state-timeline"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Legends without a label on queries that are grouped by labels."""
    for asked in analysed.queries:
        if asked.panel is None or asked.query is None or asked.meaning is None or asked.panel.kind not in _NAMED:
            continue
        legend = asked.query.json.get("legendFormat")
        if not isinstance(legend, str) or legend in ("", "__auto") or "{{" in legend or "$" in legend:
            continue
        apart = _labels(asked)
        if apart and asked.query.json.get("format") != "table" and not asked.panel.json.get("transformations"):
            hint = "legend=" + '"' + " ".join(f"{{{{{label}}}}}" for label in apart) + '", or leave it out'
            message = f'{asked.panel.name}: every series of query {asked.query.ref} is called "{legend}"'
            yield Problem(message, asked.origin, hint, asked.text, None, asked.waive)


def _labels(asked: Asked) -> list[str]:
    """The labels that certainly tell series apart: grouped by, and not pinned to one value, or by a variable of their name."""
    value = asked.meaning.value if asked.meaning is not None else None
    if value is None or not value.merged or value.labels.open:
        return []
    reads = asked.meaning.reads if asked.meaning is not None else ()
    matchers = [matcher for read in reads for matcher in read.selector.matchers if matcher.op in ("=", "=~")]
    pinned = {name for matcher in matchers for name in (matcher.label, *matcher.variables)}
    return [label for label, values in value.labels.names.items() if label not in pinned and (values is None or len(values) > 1)]
