"""Conditions on the labels of alerts, as routes and inhibitions have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from obskit.catalog import Matcher
from obskit.catalog.matcher import matcher, quoted
from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away
from obskit.naming import LABEL_NAME, is_text

Given = Mapping[str, str | Matcher | tuple[str | Matcher, ...]]
"""What authors write: label to value, or to a matcher, or to several that must all hold."""


class Condition(NamedTuple):
    """A label and what its value must be; the value of a label that is not there is empty."""

    label: str
    matcher: Matcher

    def __str__(self) -> str:
        return f"{self.label}{self.matcher.op}{quoted(self.matcher.value)}"


def conditions(given: object, what: str) -> tuple[Condition, ...]:
    """What `given` asks of labels. Raises DeclarationError on an illegal name and on a regex that Go's engine refuses."""
    if not isinstance(given, Mapping):
        raise DeclarationError(f"{what} must be a dict of labels, not {type(given).__name__}", hint='{"severity": "critical"}')
    found = []
    for label, wanted in given.items():
        if not isinstance(label, str) or not LABEL_NAME.fullmatch(label):
            raise DeclarationError(f'{what}: "{label}" is not a label name', hint="letters, digits and _, no digit first")
        several = tuple(wanted) if isinstance(wanted, (list, tuple)) and not isinstance(wanted, Matcher) else (wanted,)
        if not several:
            raise DeclarationError(f'{what}: "{label}" has an empty list of matchers', hint="leave it out")
        for one in several:
            found.append(Condition(label, _checked(one, f'{what}: "{label}"')))
    return tuple(found)


def _checked(wanted: object, what: str) -> Matcher:
    try:
        found = matcher(wanted)
    except DeclarationError as error:
        raise DeclarationError(f"{what} must be text, regex, not_ or one_of", hint='{"severity": one_of("critical", "warning")}') from error
    if not is_text(found.value) or "\0" in found.value:
        raise DeclarationError(f"{what} must be a string of whole Unicode characters")
    if given_away(found.value):
        raise SecretError(f"{what} seems to hold a secret", hint="labels are no secrets")
    if found.op in ("=~", "!~"):
        from obskit.traceql.regex import fault  # RE2's syntax, which Alertmanager and Grafana read too; only regexes pay for it

        wrong = fault(found.value)
        if wrong:
            raise DeclarationError(f"{what}: the regex {wrong[0]}", hint="Alertmanager and Grafana read RE2: no lookaround, no references")
    return found


def shown(found: tuple[Condition, ...]) -> str:
    """`{severity="critical", job=~"a|b"}`, as messages write conditions."""
    return "{" + ", ".join(map(str, found)) + "}"
