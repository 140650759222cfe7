"""The nodes of a PromQL expression tree; what authors call on them is in `expr`, how they print in `printing`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from obskit.catalog.expr import Expr
from obskit.catalog.matcher import Matcher
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.naming import did_you_mean

if TYPE_CHECKING:
    from obskit.catalog.param import Param
    from obskit.catalog.signal import Signal

_LIKE_WITH_LIKE = frozenset(("+", "-", "==", "!=", "<", ">", "<=", ">="))
"""Operators whose sides are in one unit."""
_WITH_PARAMETER = frozenset(("topk", "bottomk", "quantile", "count_values"))
_CALCULATED = re.compile(r"[$+*/%^(\[-]|^[0-9]+$")
"""Marks a window that only Prometheus or Grafana can tell: variables, arithmetic, bare seconds."""


@dataclass(frozen=True, slots=True, repr=False)
class Selector(Expr):
    """Series of one metric. `suffix` picks a histogram's or summary's part (`_bucket`, `_sum`, `_count`)."""

    signal: Signal
    matchers: tuple[tuple[str, Matcher], ...] = ()
    suffix: str = ""
    shift: str = ""

    def where(self, **matchers: str | Matcher) -> Self:
        """The same series, narrowed further. Raises DeclarationError like `Signal.where`."""
        return replace(self, matchers=(*self.matchers, *self.signal.checked(matchers)))

    def offset(self, shift: str) -> Self:
        """The same series, `shift` ago."""
        if not isinstance(shift, str) or not shift.startswith("$"):
            Duration.parse(shift.removeprefix("-") if isinstance(shift, str) else shift, "offset")
        return replace(self, shift=shift)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            self.signal.refuse(name)
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}", name=name, obj=self)


@dataclass(frozen=True, slots=True, repr=False)
class Ranged(Expr):
    """A function over a range. `window` is None until the context or `.over()` gives one; `step` makes it a subquery."""

    function: str
    operand: Expr
    window: str | None = None
    step: str | None = None
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _check_numbers(self.function, self.before + self.after)
        for option, text in (("window", self.window), ("step", self.step)):
            if text is not None and not (isinstance(text, str) and _CALCULATED.search(text)):
                Duration.parse(text, f"{option} of {self.function}()")


@dataclass(frozen=True, slots=True, repr=False)
class Call(Expr):
    """An instant function; numbers after the operand are its further arguments."""

    function: str
    operand: Expr | None = None
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _check_numbers(self.function, self.before + self.after)


@dataclass(frozen=True, slots=True, repr=False)
class Aggregate(Expr):
    """An aggregation `by` labels, or `without` them; both None: over everything."""

    operation: str
    operand: Expr
    by: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None
    parameter: float | str | None = None

    def __post_init__(self) -> None:
        from obskit.catalog.rewriting import kept_labels

        text = self.operation == "count_values"
        if self.operation in _WITH_PARAMETER and not isinstance(self.parameter, str if text else (int, float)):
            hint = 'count_values("version")' if text else f"{self.operation}(3, …)"
            raise DeclarationError(f"{self.operation} takes {'a label name' if text else 'a number'}, not {self.parameter!r}", hint=hint)

        known = kept_labels(self.operand) if self.by else None
        for label in self.by or ():
            if known is not None and label not in known:
                hint = did_you_mean(label, known) or "labels there are: " + (", ".join(sorted(known)) or "none")
                raise DeclarationError(f'{self.operation} by label "{label}", which its series cannot have', hint=hint)


@dataclass(frozen=True, slots=True)
class Matching:
    """How the series of two sides find each other."""

    on: tuple[str, ...] | None = None
    ignoring: tuple[str, ...] | None = None
    group: str = ""
    include: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Binary(Expr):
    """Two operands and an operator."""

    operator: str
    left: Expr
    right: Expr
    matching: Matching = Matching()

    def __post_init__(self) -> None:
        if self.operator not in _LIKE_WITH_LIKE:
            return
        for number, other in ((self.right, self.left), (self.left, self.right)):
            if isinstance(number, Number) and number.param is not None:
                from obskit.catalog.follow import quantity
                from obskit.catalog.measured import in_unit_of

                in_unit_of(number.param, quantity(other))


@dataclass(frozen=True, slots=True, repr=False)
class Number(Expr):
    """A literal, or the value of a parameter."""

    value: float
    param: Param[int] | Param[float] | Param[str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, repr=False)
class Raw(Expr):
    """The author's own PromQL; nothing is added to it."""

    text: str


def _check_numbers(function: str, values: tuple[float, ...]) -> None:
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DeclarationError(f"{function}() takes numbers, not {value!r}", hint="a number, or the .value of a Param")
