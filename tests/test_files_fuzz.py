"""Whatever stands wherever in a foreign file, reading and checking it ends in findings and never in a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from foreign import V2, changed, checked, places
from hypothesis import given, settings
from hypothesis import strategies as st
from modern_board import KINDS, board_of, modern, panel_of
from test_files_boards import OLD, alpha
from test_files_provisioning import ALERTS, PROVIDERS, SOURCES
from test_files_rules import GOOD as RULES
from test_files_rules import OBJECT
from test_files_tests import GOOD as TESTS

BUILT = Path(__file__).parent.parent / "build" / "grafana" / "dashboards"
BASES: dict[str, Any] = {
    "old": OLD, "modern": modern(), "v2": V2, "v2alpha1": alpha(), "rules": yaml.safe_load(RULES), "object": yaml.safe_load(OBJECT),
    "tests": yaml.safe_load(TESTS), "sources": SOURCES, "providers": PROVIDERS, "alerts": ALERTS,
    "built": json.loads(min(BUILT.rglob("*.json"), key=lambda path: path.stat().st_size).read_text("utf-8")),
}  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from([None, True, False, 0, 1, -1, 1.5, "", "x", "$job", "${x}", "[[x]]", "{{", "5m", "now", "A", "prometheus", "row"]),
    st.integers(-(2**53), 2**53), st.text(max_size=5),
)  # fmt: skip
KEYS = st.sampled_from(["type", "uid", "list", "name", "id", "panels", "targets", "query", "expr", "value", "rules", "spec", "kind", "a"])
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=15)
@given(data=st.data())
def test_any_value_anywhere_gives_findings(name: str, data: st.DataObject) -> None:
    document = BASES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places(document)))
        value = data.draw(ANYTHING)
        document = changed(document, place, lambda _, value=value: value)
    for finding in checked(json.dumps(document), "a.json"):
        assert finding.message
        assert finding.origin is not None
        assert finding.origin.path == "a.json"


@pytest.mark.parametrize("name", BASES)
def test_each_part_may_be_anything_simple(name: str) -> None:
    base = BASES[name]
    every = max(1, len(places(base)) // 20)
    for place in places(base)[::every]:
        for value in (None, 7, "x", [], {}, [{}], {"x": []}):
            checked(json.dumps(changed(base, place, lambda _, value=value: value)), "a.json")


@pytest.mark.parametrize("kind", KINDS)
def test_each_part_of_a_panel_of_each_kind_may_be_of_another_kind(kind: str) -> None:
    base = board_of([panel_of(kind, 1)])
    whole = kind == "timeseries"  # the other kinds differ in their options, the fields' own and the queries
    special = [("panels", 0, "options"), ("panels", 0, "fieldConfig", "defaults", "custom"), ("panels", 0, "targets", 0)]
    for place in places(base):
        if whole or any(place[: len(start)] == start for start in special):
            for value in (7, "x", True, ["x"], [{}], {"x": []}):
                checked(json.dumps(changed(base, place, lambda _, value=value: value)), "a.json")


@pytest.mark.parametrize("name", ["rules", "tests", "alerts", "object"])
@settings(max_examples=15)
@given(data=st.data())
def test_any_value_in_yaml_gives_findings(name: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(BASES[name])))
    value = data.draw(ANYTHING)
    checked(yaml.safe_dump(changed(BASES[name], place, lambda _: value)), "a.yaml")
