"""Labels: the dimensions of a signal, each with the values it may take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated

from obskit.errors import DeclarationError
from obskit.naming import did_you_mean, is_label_name
from obskit.origin import Origin, here
from obskit.regexes import compiled
from obskit.shape import shaped

RESERVED = {"le": "histogram buckets", "quantile": "summary quantiles", "job": "the service", "instance": "the service"}


@dataclass(frozen=True, slots=True)
class Label:
    """A dimension of a signal.

    Exactly one of: `values` (closed: these and no others), `pattern` (an RE2 expression that every value matches
    in full), or neither (open). An open label states its bound: `at_most` values. `zero` lists the values that an
    exporter initialises at 0 (closed labels: all of them). `optional` labels may be absent from a series.
    Raises DeclarationError on an illegal or reserved name, an empty or contradictory value set, a missing bound.
    """

    name: str
    _: KW_ONLY
    values: Annotated[tuple[str, ...], '("read", "write")'] = ()
    pattern: str = ""
    at_most: int | None = None
    zero: tuple[str, ...] = ()
    help: str = ""
    optional: bool = False
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "label")
        if not is_label_name(self.name):
            raise DeclarationError(f'"{self.name}" is not a label name', hint="letters, digits, _; no digit first, no __ first")
        if self.name in RESERVED:
            raise DeclarationError(f'label "{self.name}" belongs to {RESERVED[self.name]}', hint="choose another name")
        if len(set(self.values)) != len(self.values):
            raise DeclarationError(f'label "{self.name}" repeats a value')
        if self.values and self.pattern:
            raise DeclarationError(f'label "{self.name}" has both values and a pattern', hint="give one of them")
        self._check_bound()
        for value in self.zero:
            if not self.allows(value):
                raise DeclarationError(f'label "{self.name}" cannot be initialised at "{value}"', hint=self.expects(value))

    def _check_bound(self) -> None:
        if self.pattern:
            try:
                compiled(self.pattern)
            except re.error as error:
                raise DeclarationError(f'label "{self.name}": pattern does not compile: {error}') from error
        if not self.values and not self.pattern and self.at_most is None:
            hint = f'Label("{self.name}", at_most=50), or values=(...), or pattern="..."'
            raise DeclarationError(f'label "{self.name}" is open and has no bound', hint=hint)
        if self.at_most is not None and (not isinstance(self.at_most, int) or self.at_most < max(1, len(self.values))):
            raise DeclarationError(f'label "{self.name}": at_most={self.at_most!r} is not a bound', hint="a whole number of values")

    @property
    def bound(self) -> int | None:
        """How many values there can be; None where only a pattern is known."""
        return len(self.values) or self.at_most

    @property
    def initial(self) -> tuple[str, ...]:
        """The values an exporter initialises at 0."""
        return self.zero or self.values

    def allows(self, value: str) -> bool:
        if self.values:
            return value in self.values
        return compiled(self.pattern).fullmatch(value) is not None if self.pattern else True

    def expects(self, value: str) -> str:
        """What may stand where `value` does not."""
        if self.values:
            return did_you_mean(value, self.values) or "declared values: " + ", ".join(self.values)
        return f"values match {self.pattern}"


def names(by: str | Label | Iterable[str | Label]) -> tuple[str, ...]:
    """Label names from a name, a Label, or several of either."""
    if isinstance(by, (str, Label)):
        by = (by,)
    given = tuple(by) if isinstance(by, Iterable) else (by,)
    if not all(isinstance(item, (str, Label)) for item in given):
        raise DeclarationError("labels are grouped by their names", hint='by="job", or by=("job", endpoint)')
    return tuple(item.name if isinstance(item, Label) else item for item in given)
