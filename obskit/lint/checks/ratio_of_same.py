"""A ratio divides every series by itself.

`rate(x{code="500"}[5m]) / rate(x[5m])` looks like a share of errors. Operators pair series with equal labels, and the series with
code 500 on the right is the very one on the left: the result is always 1 (nothing where there was no request). Sum both sides by
the labels that should stay.

Bad:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", 'rate(shop_requests_total{status_code="500"}[5m]) / rate(shop_requests_total[5m])'),
    ])

Bad:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    errors = Alert(name="Errors", expr='''
        sum by (status_code) (rate(shop_requests_total{status_code="500"}[5m])) / sum by (status_code) (rate(shop_requests_total[5m])) > 0.1
    ''')

Good:
    code = Label("status_code", values=("200", "500"))
    requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Errors", 'sum(rate(shop_requests_total{status_code="500"}[5m])) / sum(rate(shop_requests_total[5m]))'),
        timeseries("Growth", "rate(shop_requests_total[5m]) / rate(shop_requests_total[5m] offset 1d)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.lint.trees import between_vectors, compared, fills, labels_vary, scaled
from obskit.promql import Matcher
from obskit.semantics import Aggregate, Binary, Call, Node, Number, Read, Subquery, Text
from obskit.semantics.aggregates import PICKS

LEVEL: Severity = "error"

_DEEPEST = 40


def check(analysed: Analysed) -> Iterator[Problem]:
    """Divisions of series by themselves."""
    for asked, node in analysed.binaries:
        matching = node.matching
        if node.operator != "/" or matching.on is not None or matching.ignoring or not between_vectors(node):
            continue
        if node.left.value.source is not node.right.value.source:
            continue
        left, right = scaled(node.left), scaled(compared(node.right))
        if _reads_alike(left, right) and _same(asked, left, right, (), 0) and not labels_vary(asked) and not fills(asked):
            yield told(asked, '"/" divides each series by itself: the result is always the same', asked.span(node), _hint(left))


def _hint(node: Node) -> str:
    by = "by the same labels, without those that the left side narrows" if isinstance(node, Aggregate) else "by the same labels"
    return f"sum both sides {by}: sum by (job) (…) / sum by (job) (…)"


def _reads_alike(left: Node, right: Node) -> bool:
    """A quick look: whether both sides are of one kind and begin with one metric."""
    while type(left) is type(right) and left.parts and right.parts:
        left, right = left.parts[-1], right.parts[-1]
    return isinstance(left, Read) and isinstance(right, Read) and left.selector.name == right.selector.name


def _same(asked: Asked, left: Node, right: Node, kept: tuple[Aggregate, ...], depth: int) -> bool:
    """Whether each series of `left` is the one of `right` with the same labels."""
    if type(left) is not type(right) or len(left.parts) != len(right.parts) or depth > _DEEPEST:
        return False
    if isinstance(left, Read) and isinstance(right, Read):
        return _same_series(asked, left, right, kept)
    if isinstance(left, Number) and isinstance(right, Number):
        return left.number == right.number and not left.variable and not right.variable
    if isinstance(left, Text) and isinstance(right, Text):
        return left.text == right.text
    if isinstance(left, Aggregate) and isinstance(right, Aggregate):
        alike = left.operation == right.operation and left.operation not in PICKS and left.operation != "count_values"
        if not alike or _set(left.by) != _set(right.by) or _set(left.without) != _set(right.without):
            return False
        kept = (*kept, left)
    elif isinstance(left, Call) and isinstance(right, Call):
        if left.function != right.function or left.function in ("absent", "absent_over_time", "label_replace", "label_join"):
            return False
    elif isinstance(left, Subquery) and isinstance(right, Subquery):
        if (left.window, left.step, left.offset) != (right.window, right.step, right.offset) or left.window.variable:
            return False
    elif isinstance(left, Binary) or isinstance(right, Binary):
        return False
    return all(_same(asked, one, other, kept, depth + 1) for one, other in zip(left.parts, right.parts, strict=True))


def _same_series(asked: Asked, left: Read, right: Read, kept: tuple[Aggregate, ...]) -> bool:
    if not left.name or left.name != right.name or left.offset != right.offset or left.fixed or right.fixed:
        return False
    if left.offset is not None and left.offset.variable:
        return False
    if left.window is None or right.window is None:
        if left.window is not right.window:
            return False
    elif left.window != right.window:
        return False
    mine = {_asks(matcher): matcher for matcher in left.selector.matchers}
    others = {_asks(matcher) for matcher in right.selector.matchers}
    if not others <= mine.keys():
        return False
    extra = {matcher.label for asks, matcher in mine.items() if asks not in others}
    return all(_stays(node, label) for node in kept for label in extra) and _spelled_alike(asked, left, right)


def _asks(matcher: Matcher) -> tuple[str | None, str, str | None, tuple[str, ...]]:
    return matcher.label, matcher.op, matcher.value, matcher.variables


def _spelled_alike(asked: Asked, left: Read, right: Read) -> bool:
    """Whether what variables decide is decided by the same text on both sides; looked at last, for places cost."""
    if left.window is not None and left.window.variable and _window(asked, left) != _window(asked, right):
        return False
    mine = {_spelled(asked, matcher) for matcher in left.selector.matchers}
    return all(_spelled(asked, matcher) in mine for matcher in right.selector.matchers)


def _stays(node: Aggregate, label: str | None) -> bool:
    if label is None:
        return False
    return label in node.by if node.by is not None else node.without is not None and label not in node.without


def _spelled(asked: Asked, matcher: Matcher) -> tuple[str | None, str, str | None]:
    if matcher.value is not None and matcher.label is not None:
        return matcher.label, matcher.op, matcher.value
    span = matcher.span
    return matcher.label, matcher.op, asked.text[span[0] : span[1]] if span is not None else str(id(matcher))


def _window(asked: Asked, node: Read) -> str:
    span = asked.carets.window(node)
    return asked.text[span[0] : span[1]] if span is not None else str(id(node))


def _set(names: tuple[str, ...] | None) -> frozenset[str] | None:
    return frozenset(names) if names is not None else None
