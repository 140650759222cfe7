"""Trees made from trees: a window or an offset put where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from obskit.catalog.expr import Expr
from obskit.catalog.nodes import Aggregate, Binary, Call, Ranged, Selector
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


def _rewritten(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    if isinstance(expr, Signal):
        return change(Selector(expr))
    if isinstance(expr, Binary):
        return change(replace(expr, left=_rewritten(expr.left, change), right=_rewritten(expr.right, change)))
    if isinstance(expr, (Ranged, Aggregate, Call)) and expr.operand is not None:
        return change(replace(expr, operand=_rewritten(expr.operand, change)))
    return change(expr)
