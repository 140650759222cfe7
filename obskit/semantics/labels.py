"""Which labels the series of an expression can carry, and which values where that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from obskit.promql import Matcher
from obskit.regexes import is_read_otherwise

Values = frozenset[str] | None
"""The values a label can have; None: any."""

_MANY = 64
_QUIET = re.compile(r"[\w:/@ ,%=<>~&;#'\"!-]*")
_META = re.compile(r"[\\.+*?()|\[\]{}^$]")
_NESTED = re.compile(r"[)\]][*+{?]|[*+}?][*+{]|\\\d")
_LONGEST = 200


class Labels(NamedTuple):
    """`names` are the labels that series can carry, with their values. When `open`, there may be any others besides."""

    names: Mapping[str, Values]
    open: bool = False

    def lacks(self, name: str) -> bool:
        """Whether it is certain that no series carries the label."""
        return not self.open and name not in self.names

    def only(self, wanted: Iterable[str]) -> Labels:
        """What `by (wanted)` leaves."""
        names = self.names
        return Labels({name: names.get(name) for name in wanted if self.open or name in names})

    def without(self, dropped: Iterable[str]) -> Labels:
        """What `without (dropped)` leaves."""
        gone = {*dropped, "__name__"}
        return Labels({name: values for name, values in self.names.items() if name not in gone}, self.open)

    def plus(self, added: Mapping[str, Values]) -> Labels:
        """With further labels; values of labels that were there are replaced."""
        return Labels({**self.names, **added}, self.open)

    def union(self, other: Labels) -> Labels:
        """What series of either have: a label of one may lack on the series of the other."""
        names: dict[str, Values] = dict(self.names)
        for name, values in other.names.items():
            known = names.get(name, frozenset())
            names[name] = None if known is None or values is None else known | values
        return Labels(names, self.open or other.open)

    def matched(self, matchers: Iterable[Matcher]) -> Labels:
        """What the matchers leave: values they pin, labels they exclude (`x=""`)."""
        names: dict[str, Values] | None = None
        for matcher in matchers:
            label, op, value = matcher.label, matcher.op, matcher.value
            if label is None or value is None:
                continue
            if names is None:
                names = dict(self.names)
            if op == "=" and value == "":
                names.pop(label, None)
            elif op in ("=", "=~") and not (op == "=~" and matches(value, "")):
                names[label] = narrowed(names.get(label), op, value)
            elif label in names:
                names[label] = narrowed(names[label], op, value)
        return self if names is None else Labels(names, self.open)


NONE = Labels(MappingProxyType({}))
OPEN = Labels(MappingProxyType({}), True)


def narrowed(values: Values, op: str, wanted: str) -> Values:
    """Of `values`, those that a matcher lets through; None when that cannot be told."""
    if op == "=":
        return frozenset((wanted,)) if values is None or wanted in values else frozenset()
    if op == "!=":
        return values if values is None else values - {wanted}
    spelled = literals(wanted)
    if spelled is not None:
        if op == "=~":
            return frozenset(spelled) if values is None else values & frozenset(spelled)
        return values if values is None else values - frozenset(spelled)
    if values is None or len(values) > _MANY:
        return None if values is None else values
    verdicts = {value: matches(wanted, value) for value in values}
    return frozenset(value for value, verdict in verdicts.items() if verdict is None or verdict is (op == "=~"))


def literals(regex: str) -> tuple[str, ...] | None:
    """The values that a regex spells out, as in `a|b` or `(a|b)`; None for any other."""
    inner = regex[1:-1] if regex.startswith("(") and regex.endswith(")") and "(" not in regex[1:] else regex
    parts = inner.split("|")
    if all(map(_QUIET.fullmatch, parts)):
        return tuple(parts)
    plain = [part.replace("\\.", ".").replace("\\-", "-") if _only_escaped(part) else None for part in parts]
    return None if None in plain else tuple(part for part in plain if part is not None)


def _only_escaped(part: str) -> bool:
    return _META.search(part.replace("\\.", "").replace("\\-", "")) is None


def matches(regex: str, value: str) -> bool | None:
    """Whether a regex matches the whole value, as Prometheus would have it; None when that is not to be told safely.

    Python's engine reads RE2's common forms alike; patterns that could take it long, or that it reads otherwise, are left.
    """
    foreign = "(?" in regex or "\\p" in regex or "\\Q" in regex or is_read_otherwise(regex)
    if len(regex) > _LONGEST or len(value) > _LONGEST or _NESTED.search(regex) or foreign:
        return {".*": True, ".+": value != "", "": value == ""}.get(regex)
    try:
        return re.fullmatch(regex, value, re.ASCII) is not None
    except re.error:
        return None
