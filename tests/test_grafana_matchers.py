"""Matchers of policies as Grafana reads them: what they let through is what Alertmanager's do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notified import interpolated, notified

from obskit.render.alerting._notifications import documents


@pytest.mark.parametrize("text", ['"quoted"', '"', '""', 'ends"', '"begins', 'in "the" midst', '"a.b"', '"a $ b"', '"two\nlines"'])
@pytest.mark.parametrize(("how", "wanted"), [("", True), ("not_", False)])
def test_quotes_around_a_matched_value_survive_grafana(tmp_path: Path, text: str, how: str, wanted: bool) -> None:
    matcher = taken(tmp_path, f"{how}({text!r})")
    values = (text, text.strip('"'), f"{text}x", text.replace(".", "x"))
    assert [matches(matcher, value) for value in values] == [wanted is (value == text) for value in values]


@pytest.mark.parametrize(("how", "wanted"), [("regex({})", True), ("not_(regex({}))", False)])
def test_quotes_around_a_regex_survive_grafana(tmp_path: Path, how: str, wanted: bool) -> None:
    matcher = taken(tmp_path, how.format("""'"a"|"b"'"""))
    assert [matches(matcher, value) for value in ('"a"', '"b"', "a", '"a"|"b"')] == [wanted, wanted, not wanted, not wanted]


def taken(root: Path, wanted: str) -> list[str]:
    """The one matcher of a route as Grafana keeps it: a quote is cut off each end of the value, each time it is read."""
    route = f'root = Route(ops := Receiver("ops", Email("a@example.com")), routes=(Route(ops, match={{"job": {wanted}}}),))'
    (made,) = (one for one in documents(notified(root, route)) if one.path.endswith("/policies.yaml"))
    (policy,) = interpolated(made.data, {})["policies"]
    label, operator, text = policy["routes"][0]["object_matchers"][0]
    for _ in range(2):
        text = text.removeprefix('"').removesuffix('"')
    return [label, operator, text]


def matches(matcher: list[str], value: str) -> bool:
    """Whether a matcher lets a value through: regexes as a whole, as Alertmanager matches them."""
    _, operator, text = matcher
    met = re.fullmatch(f"(?:{text})", value) is not None if operator in ("=~", "!~") else text == value
    return met is (operator in ("=", "=~"))
