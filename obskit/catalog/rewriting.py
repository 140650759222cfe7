"""Trees made from trees: a window or an offset put where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from obskit.catalog.expr import Expr
from obskit.catalog.nodes import Aggregate, Binary, Call, Number, Ranged, Selector
from obskit.catalog.signal import Signal
from obskit.duration import Duration
from obskit.errors import DeclarationError


def with_window(expr: Expr, window: str) -> Expr:
    """`expr` with `window` in every range function that has none. Raises DeclarationError if it is no duration."""
    duration(window, "window")
    return _rewritten(expr, lambda node: replace(node, window=window) if isinstance(node, Ranged) and node.window is None else node)


def with_offset(expr: Expr, shift: str) -> Expr:
    """`expr` as it was `shift` ago. Raises DeclarationError if it is no duration."""
    duration(shift.removeprefix("-"), "offset")
    return _rewritten(expr, lambda node: replace(node, shift=shift) if isinstance(node, Selector) and not node.shift else node)


def duration(text: str, what: str) -> str:
    """`text` if it is a Prometheus duration or a Grafana variable. Raises DeclarationError otherwise."""
    if not isinstance(text, str):
        raise DeclarationError(f"{what} {text!r} is not a duration", hint='write a string: "5m"')
    if not text.startswith("$") and Duration.parse(text, what).milliseconds == 0 and what != "offset":
        raise DeclarationError(f"{what} is zero", hint='for example "5m"')
    return text


def signals(expr: Expr) -> Iterator[Signal]:
    """The signals that `expr` reads, in the order they are written, with repeats."""
    if isinstance(expr, Signal):
        yield expr
    elif isinstance(expr, Selector):
        yield expr.signal
    elif isinstance(expr, Binary):
        yield from signals(expr.left)
        yield from signals(expr.right)
    elif isinstance(expr, (Ranged, Aggregate, Call)) and expr.operand is not None:
        yield from signals(expr.operand)


def kept_labels(expr: Expr) -> frozenset[str] | None:
    """The labels that the expression's series can have; None where its text does not say."""
    if isinstance(expr, (Signal, Selector)):
        signal, suffix = (expr, "") if isinstance(expr, Signal) else (expr.signal, expr.suffix)
        special = {"le"} if suffix == "_bucket" else {"quantile"} if signal.kind == "summary" and not suffix else set()
        return frozenset({*signal.label_names, *signal.service.environment, *signal.service.matchers, *special})
    if isinstance(expr, Aggregate):
        return _aggregated(expr)
    if isinstance(expr, Binary):
        left, right = kept_labels(expr.left), kept_labels(expr.right)
        return None if left is None or right is None else left | right
    if isinstance(expr, Ranged):
        return kept_labels(expr.operand)
    if isinstance(expr, Call):
        kept = kept_labels(expr.operand) if expr.operand is not None else frozenset()
        return kept - {"le"} if kept is not None and expr.function == "histogram_quantile" else kept
    return frozenset() if isinstance(expr, Number) else None


def _aggregated(expr: Aggregate) -> frozenset[str] | None:
    kept = kept_labels(expr.operand)
    if expr.operation in ("topk", "bottomk"):
        return kept
    extra = {str(expr.parameter)} if expr.operation == "count_values" else set()
    if expr.without is not None:
        return None if kept is None else kept - set(expr.without)
    return frozenset({*(expr.by or ()), *extra})


def _rewritten(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    if isinstance(expr, Signal):
        return change(Selector(expr))
    if isinstance(expr, Binary):
        return change(replace(expr, left=_rewritten(expr.left, change), right=_rewritten(expr.right, change)))
    if isinstance(expr, (Ranged, Aggregate, Call)) and expr.operand is not None:
        return change(replace(expr, operand=_rewritten(expr.operand, change)))
    return change(expr)
