"""Which labels an alert carries, as far as that is known before it fires, and whether conditions hold for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from obskit.catalog import Matcher
from obskit.notify.conditions import Condition
from obskit.regexes import is_read_otherwise

Verdict = Literal["surely", "perhaps", "never"]

Values = frozenset[str] | None
"""Values a label may have; None: any. The empty one stands for a label that is not there."""

_WORDS = re.compile(r"[\w:/@ ,%=<>~&;#'\"!-]*(?:\|[\w:/@ ,%=<>~&;#'\"!-]*)*")
_UNSAFE = re.compile(r"[)\]][*+{?]|[*+}?][*+{]|\\[\dpPQCz]|\(\?")
_LONGEST = 200
ABSENT = frozenset(("",))


@dataclass(frozen=True, slots=True)
class Carried:
    """`values` are the labels an alert may carry and what they may be, `sure` those it cannot be without.

    When `open`, it may carry any others besides.
    """

    values: Mapping[str, Values]
    sure: frozenset[str] = frozenset()
    open: bool = False

    def of(self, label: str) -> Values:
        """What the label may be, the empty text among it where the label may be missing."""
        if label not in self.values:
            return None if self.open else ABSENT
        found = self.values[label]
        return found if found is None or label in self.sure else found | ABSENT

    def having(self, label: str, values: Values) -> Carried:
        """With what is now known of the label."""
        if values is None:
            return self
        left = values - ABSENT
        sure = self.sure - {label} if "" in values else self.sure | {label}
        return replace(self, values={**self.values, label: left}, sure=sure)

    def present(self, label: str) -> Carried:
        """Knowing that the label is there."""
        return replace(self, values={label: None, **self.values}, sure=self.sure | {label})


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether conditions hold; `when` they do and when `not`, what is then known of the labels (None: that cannot be)."""

    verdict: Verdict
    when: Carried | None
    otherwise: Carried | None


def judged(conditions: Iterable[Condition], carried: Carried) -> Judged:
    """Whether the conditions all hold."""
    by_label: dict[str, list[Matcher]] = {}
    for condition in conditions:
        by_label.setdefault(condition.label, []).append(condition.matcher)
    found = [_of_label(label, matchers, carried) for label, matchers in by_label.items()]
    if any(one.verdict == "never" for one in found):
        return Judged("never", None, carried)
    when = carried
    for label, matchers in by_label.items():
        when = _of_label(label, matchers, when).when or when
    if all(one.verdict == "surely" for one in found):
        return Judged("surely", when, None)
    open_ = [one.otherwise for one in found if one.verdict == "perhaps"]
    return Judged("perhaps", when, (open_[0] if len(open_) == 1 else None) or carried)


def _of_label(label: str, matchers: list[Matcher], carried: Carried) -> Judged:
    possible = carried.of(label)
    if possible is None:
        return _of_any(label, matchers, carried)
    verdicts = {value: _all(matchers, value) for value in possible}
    holding = frozenset(value for value, verdict in verdicts.items() if verdict is not False)
    failing = frozenset(value for value, verdict in verdicts.items() if verdict is not True)
    if not holding:
        return Judged("never", None, carried)
    if not failing:
        return Judged("surely", carried, None)
    return Judged("perhaps", carried.having(label, holding), carried.having(label, failing))


def _of_any(label: str, matchers: list[Matcher], carried: Carried) -> Judged:
    """Of a label that may have any value, or, where it is not sure, be missing."""
    named = [spelled for one in matchers if (spelled := literals(one)) is not None]
    if named:
        left = frozenset(value for value in named[0] if _all(matchers, value) is not False)
        left = left - ABSENT if label in carried.sure else left
        if not left:
            return Judged("never", None, carried)
        return Judged("perhaps", carried.having(label, left), carried.present(label) if left == ABSENT else carried)
    missing = _all(matchers, "")
    if all(_takes_anything(one) for one in matchers):
        if missing or label in carried.sure:
            return Judged("surely", carried, None)
        return Judged("perhaps", carried.present(label), carried.having(label, ABSENT))
    return Judged("perhaps", carried.present(label) if missing is False else carried, carried)


def literals(one: Matcher) -> tuple[str, ...] | None:
    """The values that a matcher spells out, one of which it wants; None for any other."""
    if one.op == "=":
        return (one.value,)
    if one.op != "=~":
        return None
    if one.literals:
        return one.literals
    return tuple(one.value.split("|")) if _WORDS.fullmatch(one.value) else None


def holds(one: Matcher, value: str) -> bool | None:
    """Whether a matcher holds for a value; None where a regex is not to be judged safely here."""
    if one.op in ("=", "!="):
        return (value == one.value) is (one.op == "=")
    found = matches(one.value, value)
    return None if found is None else found is (one.op == "=~")


def matches(regex: str, value: str) -> bool | None:
    """Whether a regex matches the whole value as RE2 has it; None where Python's engine may take long, or reads it otherwise."""
    if regex in (".*", ".+"):
        return ("\n" not in value) and (regex == ".*" or value != "")
    foreign = is_read_otherwise(regex) or ("$" in regex and "\n" in value) or "\v" in value
    if len(regex) > _LONGEST or len(value) > _LONGEST or _UNSAFE.search(regex) or foreign:
        return None
    try:
        return re.fullmatch(regex, value, re.ASCII) is not None
    except re.error:
        return None


def _all(matchers: list[Matcher], value: str) -> bool | None:
    verdicts = [holds(one, value) for one in matchers]
    return False if False in verdicts else None if None in verdicts else True


def _takes_anything(one: Matcher) -> bool:
    """Whether a matcher holds for every value of a label that is there (of one line: `.` matches no line break)."""
    return (one.op == "=~" and one.value in (".*", ".+")) or (one.op == "!=" and one.value == "") or (one.op == "!~" and one.value == "")
