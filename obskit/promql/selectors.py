"""The selectors of a query: what they read, cheaply; and where they stand, when that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from obskit.promql.tree import OPERATORS

if TYPE_CHECKING:
    from promql_parser import VectorSelector

    from obskit.promql.positions import Span
    from obskit.promql.standing import Standing
    from obskit.promql.written import Written

_NOTHING: tuple[str, ...] = ()

UNDECIDED: Iterator[tuple[str, ...]] = repeat(_NOTHING)
"""For values that no variable decides: no end of no variables."""


class Matcher(NamedTuple):
    """A condition on a label; `op` is one of `= != =~ !~`. What a Grafana variable decides is None, and `variables` names it.

    A named tuple and no dataclass, as `Selector`: a project has tens of thousands. Two that ask the same of the same label are
    equal, wherever they stand.
    """

    label: str | None
    op: str
    value: str | None
    variables: tuple[str, ...]
    written: Written
    selector: int
    number: int

    @property
    def span(self) -> Span | None:
        """The whole of it in the author's text, None when unknown; worked out at each asking."""
        return self.written.places.matcher(self.selector, self.number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matcher) and self[:4] == other[:4]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:4])


class Selector(NamedTuple):
    """A metric as a query reads it. `name` is None when a Grafana variable or a matcher other than `=` decides it.

    A name in quotes or in an `__name__` matcher is a name, and no matcher. `variables` are the Grafana variables in the name.
    """

    name: str | None
    matchers: tuple[Matcher, ...]
    variables: tuple[str, ...]
    written: Written
    number: int

    @property
    def span(self) -> Span | None:
        """Name and braces, without range and offset, in the author's text; None when unknown."""
        return self.written.places.selector(self.number)

    @property
    def name_span(self) -> Span | None:
        """The name (in quotes: what is between them) in the author's text; None when unknown."""
        return self.written.places.selector_name(self.number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selector) and self[:3] == other[:3]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:3])


def selectors(nodes: Sequence[VectorSelector], written: Written) -> tuple[Selector, ...]:
    """The selectors of a tree, in source order; the tokens tell which parts are a variable's."""
    plain = [selector(node, number, written) for number, node in enumerate(nodes)]
    if written.variables and len(written.places.standing) == len(nodes):
        plain = [_decided(one, stands) for one, stands in zip(plain, written.places.standing, strict=True)]
    return tuple(plain)


def selector(node: VectorSelector, number: int, written: Written, strings: Iterator[tuple[str, ...]] = UNDECIDED) -> Selector:
    """The selector that a node is, the `number`-th of its tree; the next `strings` tell the variables in each of its values."""
    name = node.name
    variables = _NOTHING
    matchers: list[Matcher] = []
    for one in node.matchers.matchers:
        called, op, inside = one.name, OPERATORS[str(one.op)], next(strings)
        if called == "__name__" and op == "=":
            name, variables = one.value, inside
        else:
            matchers.append(_made(Matcher, (called, op, None if inside else one.value, inside, written, number, len(matchers))))
    return _made(Selector, (None if variables else name, tuple(matchers), variables, written, number))


def _decided(one: Selector, stands: Standing) -> Selector:
    """The selector with what the variables decide left out."""
    matchers = [
        matcher._replace(
            label=None if in_label else matcher.label,
            value=None if in_value else matcher.value,
            variables=tuple(dict.fromkeys(in_label + in_value)),
        )
        for matcher, (_, in_label, in_value) in zip(one.matchers, stands.matchers, strict=True)
    ]
    return one._replace(name=None if stands.variables else one.name, matchers=tuple(matchers), variables=stands.variables)


_made = tuple.__new__  # what a named tuple's own way to be made comes down to, at a third of its cost
