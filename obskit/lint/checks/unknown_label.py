"""A query names a label that the metric never has.

A matcher on such a label matches nothing (or, negated, everything), and `by (day)` silently gives one series where one a day
was meant. The label is misspelt, or belongs to another metric, or is added by relabelling: then declare it with the service
(`Service(…, labels=("namespace",))`). Matchers that a missing label satisfies (`zone=""`, `zone=~".*"`) are left alone.

Bad:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Errors", 'sum(rate(shop_requests_total{status="500"}[5m]))')])

Bad:
    revenue = Counter("shop_revenue_cents_total", help="Revenue.", service=shop, unit=units.CENTS)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Daily", "sum(increase(shop_revenue_cents_total[1d])) by (day)")])

Good:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", 'sum by (instance) (rate(shop_requests_total{status_code="500", zone=""}[5m]))'),
        timeseries("Named", 'sum by (team) (label_replace(rate(shop_requests_total[5m]), "team", "shop", "", ""))'),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.label_lists import known_labels, wanted
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.promql import Matcher
from obskit.semantics import Read
from obskit.semantics.labels import matches

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Matchers, groupings and listed labels that the metrics they are about do not have."""
    for asked in analysed.queries:
        for read in asked.meaning.reads if asked.meaning is not None else ():
            series = read.series
            if series is not None and not series.labels.open:
                names = series.labels.names
                for matcher in read.selector.matchers:
                    if matcher.label is not None and matcher.label not in names and not _passes(asked, matcher):
                        hint = known_labels(matcher.label, series)
                        yield told(asked, _message(matcher.label, read), matcher.span, hint)
        if asked.label and asked.meaning is not None:
            root = asked.meaning.root
            if isinstance(root, Read) and root.series is not None and root.series.labels.lacks(asked.label):
                yield told(asked, _message(asked.label, root), None, known_labels(asked.label, root.series))
    for lacking in wanted(analysed):
        metric = lacking.metric
        if metric is not None and metric.series is not None and not lacking.had:
            yield told(lacking.asked, _message(lacking.label, metric), lacking.span, known_labels(lacking.label, metric.series))


def _message(label: str, read: Read) -> str:
    return f'label "{label}" is not on metric "{read.name}"'


def _passes(asked: Asked, matcher: Matcher) -> bool:
    """Whether the matcher lets series without the label through, as its author may mean."""
    if matcher.label is None or matcher.label.startswith("__"):
        return True
    if matcher.value is None:
        return matcher.op == "=~" and _may_be_all(asked, matcher)
    if matcher.op == "=":
        return matcher.value == ""
    return matcher.op == "=~" and matches(matcher.value, "") is not False


def _may_be_all(asked: Asked, matcher: Matcher) -> bool:
    """Whether a variable of the board stands for everything when "All" is chosen."""
    variables = asked.board.variables if asked.board is not None else ()
    values = [variable.json.get("allValue") for variable in variables if variable.name in matcher.variables]
    return any(isinstance(value, str) and value and matches(value, "") is not False for value in values)
