"""What an author can say with a PromQL expression: operators, aggregations, functions.

An expression is a tree and never text: it is printed by context, with `$__rate_interval` and templated matchers on a
board, with its own window and literal matchers in a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from obskit.catalog.label import Label, names
from obskit.errors import DeclarationError
from obskit.shape import checked

By = str | Label | Iterable[str | Label]


class Expr:
    """A PromQL expression. `== != ` compare the tree itself; `.eq()` and `.ne()` write comparisons into the query."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.promql()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.promql()!r})"

    def promql(self, *, rule: bool = False) -> str:
        """The text of this expression on a board, or in a rule. Raises DeclarationError if a rule lacks a window."""
        from obskit.catalog.printing import BOARD, RULE, printed

        return printed(self, RULE if rule else BOARD)

    def on_board(self) -> str:
        """The text that stands in a board's JSON."""
        return self.promql()

    # operators

    def __add__(self, other: Any) -> Expr:
        return self.op("+", other)

    def __sub__(self, other: Any) -> Expr:
        return self.op("-", other)

    def __mul__(self, other: Any) -> Expr:
        return self.op("*", other)

    def __truediv__(self, other: Any) -> Expr:
        return self.op("/", other)

    def __radd__(self, other: Any) -> Expr:
        return expression(other).op("+", self)

    def __rsub__(self, other: Any) -> Expr:
        return expression(other).op("-", self)

    def __rmul__(self, other: Any) -> Expr:
        return expression(other).op("*", self)

    def __rtruediv__(self, other: Any) -> Expr:
        return expression(other).op("/", self)

    def __lt__(self, other: Any) -> Expr:
        return self.op("<", other)

    def __gt__(self, other: Any) -> Expr:
        return self.op(">", other)

    def __le__(self, other: Any) -> Expr:
        return self.op("<=", other)

    def __ge__(self, other: Any) -> Expr:
        return self.op(">=", other)

    def __bool__(self) -> bool:
        hint = "write .and_(), .or_(), .unless() instead of and, or, not, and one comparison at a time"
        raise DeclarationError("a query has no truth value in Python", hint=hint)

    def eq(self, other: Any) -> Expr:
        return self.op("==", other)

    def ne(self, other: Any) -> Expr:
        return self.op("!=", other)

    def and_(self, other: Expr, *, on: By | None = None) -> Expr:
        return self.op("and", other, on=on)

    def or_(self, other: Expr, *, on: By | None = None) -> Expr:
        return self.op("or", other, on=on)

    def unless(self, other: Expr, *, on: By | None = None) -> Expr:
        return self.op("unless", other, on=on)

    def op(
        self,
        operator: str,
        other: Any,
        *,
        on: By | None = None,
        ignoring: By | None = None,
        group_left: By | None = None,
        group_right: By | None = None,
    ) -> Expr:
        """Any binary operator, with vector matching. Raises DeclarationError on matching that contradicts itself."""
        from obskit.catalog.nodes import Binary, Matching

        if (on is not None and ignoring is not None) or (group_left is not None and group_right is not None):
            raise DeclarationError("vector matching takes on or ignoring, and group_left or group_right, not both")
        group = "group_left" if group_left is not None else "group_right" if group_right is not None else ""
        if group and on is None and ignoring is None:
            raise DeclarationError(f"{group} needs on or ignoring", hint=f'op("/", other, on=("job",), {group}=())')
        matching = Matching(_labels(on), _labels(ignoring), group, _labels(group_left if group_left is not None else group_right) or ())
        return Binary(operator, self, expression(other), matching)

    def guarded(self) -> Expr:
        """Only where above zero: a denominator that keeps a ratio free of division by zero."""
        return self > 0

    # aggregations

    def sum(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("sum", by, without)

    def avg(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("avg", by, without)

    def min(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("min", by, without)

    def max(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("max", by, without)

    def count(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("count", by, without)

    def group(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("group", by, without)

    def stddev(self, by: By | None = None, *, without: By | None = None) -> Expr:
        return self._aggregate("stddev", by, without)

    def quantile(self, q: float, by: By | None = None, *, without: By | None = None) -> Expr:
        """The q-quantile over series (0..1); a Histogram's own `quantile` estimates from its buckets."""
        return self._aggregate("quantile", by, without, _quantile(q))

    def topk(self, k: int, by: By | None = None) -> Expr:
        return self._aggregate("topk", by, None, k)

    def bottomk(self, k: int, by: By | None = None) -> Expr:
        return self._aggregate("bottomk", by, None, k)

    def count_values(self, label: str, by: By | None = None) -> Expr:
        return self._aggregate("count_values", by, None, label)

    def _aggregate(self, operation: str, by: By | None, without: By | None, parameter: float | str | None = None) -> Expr:
        from obskit.catalog.nodes import Aggregate

        if by is not None and without is not None:
            raise DeclarationError(f"{operation} takes by or without, not both")
        return Aggregate(operation, self, _labels(by), _labels(without), parameter)

    # over time

    def over(self, window: str) -> Expr:
        """The same expression with `window` wherever a range function has none (`"5m"`, or `"$__range"` on a board)."""
        from obskit.catalog.rewriting import with_window

        return with_window(self, window)

    def offset(self, shift: str) -> Expr:
        """The same expression, `shift` ago: every selector in it gets the offset."""
        from obskit.catalog.rewriting import with_offset

        return with_offset(self, shift)

    def avg_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("avg_over_time", window, step)

    def min_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("min_over_time", window, step)

    def max_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("max_over_time", window, step)

    def sum_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("sum_over_time", window, step)

    def count_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("count_over_time", window, step)

    def last_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("last_over_time", window, step)

    def stddev_over_time(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("stddev_over_time", window, step)

    def changes(self, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("changes", window, step)

    def quantile_over_time(self, q: float, window: str | None = None, *, step: str | None = None) -> Expr:
        return self._ranged("quantile_over_time", window, step, before=(_quantile(q),))

    def deriv(self, window: str | None = None, *, step: str | None = None) -> Expr:
        """Per-second derivative by linear regression."""
        return self._ranged("deriv", window, step)

    def predict_linear(self, seconds: float, window: str | None = None, *, step: str | None = None) -> Expr:
        """The value `seconds` from now by linear regression over `window`."""
        return self._ranged("predict_linear", window, step, after=(seconds,))

    def _ranged(
        self, function: str, window: str | None, step: str | None = None, before: tuple[float, ...] = (), after: tuple[float, ...] = ()
    ) -> Expr:
        from obskit.catalog.nodes import Ranged

        return Ranged(function, self, window, step, before, after)

    # instant functions

    def absent(self) -> Expr:
        """1 when the series are absent, labelled by the equality matchers; nothing otherwise."""
        return self._call("absent")

    def abs(self) -> Expr:
        return self._call("abs")

    def ceil(self) -> Expr:
        return self._call("ceil")

    def floor(self) -> Expr:
        return self._call("floor")

    def round(self, to: float = 1) -> Expr:
        return self._call("round", *(() if to == 1 else (to,)))

    def clamp_min(self, lowest: float) -> Expr:
        return self._call("clamp_min", lowest)

    def clamp_max(self, highest: float) -> Expr:
        return self._call("clamp_max", highest)

    def scalar(self) -> Expr:
        return self._call("scalar")

    def _call(self, function: str, *after: float) -> Expr:
        from obskit.catalog.nodes import Call

        return Call(function, self, (), after)


def expression(value: Any) -> Expr:
    """An operand as an expression: a number becomes a literal, a parameter its value. Raises DeclarationError on anything else."""
    from obskit.catalog.nodes import Number
    from obskit.catalog.param import Param

    if isinstance(value, Expr):
        return value
    param = value if isinstance(value, Param) else None
    if param is not None:
        value = param.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Number(value, param)
    hint = 'wrap PromQL text: raw("up")' if isinstance(value, str) else "operands are expressions and numbers"
    raise DeclarationError(f"{value!r} cannot stand in an expression", hint=hint)


@checked("raw")
def raw(text: str) -> Expr:
    """The author's own PromQL, to be combined with typed expressions; nothing is added to it."""
    from obskit.catalog.nodes import Raw

    return Raw(text)


def time() -> Expr:
    """The evaluation time in unix seconds."""
    from obskit.catalog.nodes import Call

    return Call("time")


@checked("vector")
def vector(value: float) -> Expr:
    """A constant as a series without labels."""
    from obskit.catalog.nodes import Call

    return Call("vector", None, (value,))


def _labels(by: By | None) -> tuple[str, ...] | None:
    return None if by is None else names(by)


def _quantile(q: float) -> float:
    if not isinstance(q, (int, float)) or not 0 <= q <= 1:
        raise DeclarationError(f"quantile {q!r} is not between 0 and 1", hint="the 95th percentile is 0.95")
    return q
