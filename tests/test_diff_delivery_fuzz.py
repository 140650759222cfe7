"""Whatever stands wherever in a file that delivers: the difference is told, and nothing makes it fail."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from compared import compared, words
from hypothesis import given, settings
from hypothesis import strategies as st
from test_diff_delivery import ALERTMANAGER
from test_diff_laws import JSON, at, places, with_value
from test_files_provisioning import ALERTS, PROVIDERS, SOURCES

from obskit.source.files import kind_of

OLD_FORM = {
    "route": {"receiver": "a", "routes": [{"receiver": "b", "match": {"x": "y"}, "match_re": {"x": "y.*"}, "routes": [{"receiver": "a"}]}]},
    "receivers": [{"name": "a", "opsgenie_configs": [{"type": "x", "message": "m"}]}, {"name": "b"}],
    "inhibit_rules": [{"source_match": {"a": "b"}, "target_match_re": {"c": "d"}, "equal": ["e"]}],
}
POLICIES = {
    "apiVersion": 1,
    "contactPoints": [{"orgId": 1, "name": "o", "receivers": [{"uid": "u", "type": "email", "settings": {"addresses": "a@x.com"}}]}],
    "policies": [{"orgId": 1, "receiver": "ops", "routes": [{"receiver": "ops", "object_matchers": [["a", "=", "b"]], "continue": True}]}],
    "muteTimes": [{"orgId": 1, "name": "nights", "time_intervals": [{"times": [{"start_time": "20:00", "end_time": "24:00"}]}]}],
    "templates": [{"orgId": 1, "name": "t", "template": "x"}],
}
DOCUMENTS: dict[str, Any] = {
    "alertmanager": yaml.safe_load(ALERTMANAGER), "old": OLD_FORM, "policies": POLICIES, "alerts": ALERTS, "sources": SOURCES,
    "providers": PROVIDERS,
}  # fmt: skip
OTHERS = (True, 7, "zz", ["zz"], [{"zz": 1}], {"zz": "zz"}, {"zz": {"zz": True}}, [["zz"]], [None], 1.5)
MADE = ("uid",)
"""What is made of names: of Grafana's rules and contact points."""


def told(before: Any, after: Any) -> bool:
    return bool(compared(before, after, "a.yml"))


def swallowed(document: Any, path: tuple[str | int, ...], value: Any) -> bool:
    changed = with_value(document, path, value)
    return kind_of(changed) == kind_of(document) and not (told(document, changed) and told(changed, document))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_any_other_value_anywhere_is_told_on_both_sides(name: str) -> None:
    document = DOCUMENTS[name]
    spots = [path for path in places(document) if path[-1] not in MADE]
    lost = [
        (path, value) for path in spots for value in OTHERS
        if (path[-1] == "zz" or at(document, path) != value) and swallowed(document, path, value)
    ]  # fmt: skip
    assert lost == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_number_in_place_of_the_same_text_is_told(name: str) -> None:
    document = DOCUMENTS[name]
    spots = [path for path in places(document) if path[-1] not in (*MADE, "zz") and isinstance(at(document, path), str)]
    lost = [path for path in spots if swallowed(with_value(document, path, "1"), path, 1)]
    assert lost == []


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_makes_it_fail(name: str, data: st.DataObject) -> None:
    sides = []
    for _ in range(2):
        document = DOCUMENTS[name]
        for _ in range(data.draw(st.integers(0, 3))):
            path = data.draw(st.sampled_from(list(places(document))))
            document = with_value(document, path, data.draw(JSON))
        sides.append(document)
    words(*sides, "a.yml")
    words([sides[0]], [sides[1]], ".yml")


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        (("route", "routes"), True, 'route "root": routes added: true'),
        (("route", "routes"), {"receiver": "x"}, 'route "root": routes.receiver added: x'),
        (("inhibit_rules", 0, "source_matchers"), True, 'inhibition "severity=warning while true" added:'),
        (("inhibit_rules", 0, "source_matchers"), "severity=critical", 'inhibition "severity=warning while severity=critical" added:'),
    ],
)
def test_what_is_of_another_kind_is_said_as_it_stands(place: tuple[str | int, ...], value: Any, line: str) -> None:
    document = DOCUMENTS["alertmanager"]
    assert any(found.startswith(line) for found in words(document, with_value(document, place, value), "a.yml"))
