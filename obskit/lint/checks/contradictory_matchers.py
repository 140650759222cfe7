"""Matchers on one label that no value can satisfy together.

`{code="500", code!="500"}` reads nothing, and so does a list of exclusions that leaves none of the declared values. Whatever
is computed from it is empty: the alert never fires.

Bad:
    down = Alert(name="ShopDown", expr='up{job="shop", job!~"shop|shop-canary"} == 0')

Bad:
    method = Label("method", values=("GET", "POST"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(method,))
    board = dashboard("Shop", uid="shop", panels=[timeseries("Rest", 'sum(rate(shop_requests_total{method!~"GET|POST"}[5m]))')])

Good:
    down = Alert(name="ShopDown", expr='up{job=~"shop.*", job!="shop-canary"} == 0')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.label_values import contradicted, impossible
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.promql import Matcher

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Selectors that read nothing, by their matchers alone or by the declared values."""
    own = frozenset(analysed.project.services)
    for asked in analysed.queries:
        for read in asked.meaning.reads if asked.meaning is not None else ():
            for label in _doubtful(read.selector.matchers):
                several = [one for one in read.selector.matchers if one.label == label]
                if not contradicted(read, label) or any(impossible(read, one, own) for one in several):
                    continue  # or another check says it better
                why = f'no value of label "{label}" satisfies all its matchers'
                message = why if len(several) > 1 else f'every declared value of label "{label}" is excluded'
                hint = "drop one of them, or write the values that are meant"
                yield told(asked, f"{message}: the selector reads nothing", several[-1].span, hint)


def _doubtful(matchers: tuple[Matcher, ...]) -> list[str]:
    """The labels that have several matchers, or an exclusion."""
    if not matchers:
        return []
    labels = [matcher.label for matcher in matchers]
    found = {one.label for one in matchers if one.op in ("!=", "!~") or labels.count(one.label) > 1}
    return sorted(label for label in found if label is not None) if found else []
