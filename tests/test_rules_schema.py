"""The schema of rule files: what it accepts and refuses, and that both validators agree."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from obskit.artifact import Artifact
from obskit.origin import Origin
from obskit.render.validate import findings, schema_file

SCHEMA = json.loads(schema_file("rules").read_text("utf-8"))
ALERT = {"alert": "A", "expr": "up == 0", "for": "5m", "labels": {"severity": "info"}, "annotations": {"__panelId__": "1"}}
RECORD = {"record": "a:b", "expr": "up", "labels": {"x": "y"}}
GROUP = {"name": "g", "interval": "1m30s", "query_offset": "0", "limit": 3, "labels": {"a": "b"}, "rules": [ALERT, RECORD]}
GOOD: dict[str, Any] = {"groups": [GROUP]}


def changed(*path: Any, value: Any) -> dict[str, Any]:
    """The good file with one member set."""
    data = copy.deepcopy(GOOD)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


RULE = ("groups", 0, "rules", 0)
BAD = [
    {},
    {"groups": []},
    changed("extra", value=1),
    changed("groups", 0, "name", value=""),
    changed("groups", 0, "intervall", value="1m"),
    changed("groups", 0, "interval", value="1"),
    changed("groups", 0, "limit", value=-1),
    changed("groups", 0, "rules", value=[]),
    changed("groups", 0, "labels", "a-b", value="c"),
    changed(*RULE, "expr", value=""),
    changed(*RULE, "for", value="5 m"),
    changed(*RULE, "fore", value="5m"),
    changed(*RULE, "labels", "n", value=1),
    changed(*RULE, "labels", "__name__", value="x"),
    changed("groups", 0, "rules", 1, "for", value="5m"),
    changed("groups", 0, "rules", 1, "record", value="a b"),
    changed("groups", 0, "rules", 1, "annotations", value={"a": "b"}),
]


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("data", [GOOD, *BAD])
def test_both_validators_agree(data: dict[str, Any]) -> None:
    verdicts = {Draft202012Validator(SCHEMA).is_valid(data), jsonschema_rs.validator_for(SCHEMA).is_valid(data)}
    assert verdicts == {data is GOOD}


def test_refused_rule_is_placed_where_it_was_declared() -> None:
    origin = Origin("rules_src/shop.py", 7)
    data = changed(*RULE, "fore", value="5m")
    (finding,) = findings([Artifact(path="prometheus/rules/shop.yaml", text="", format="rules", data=data, origins={RULE: origin})])
    assert (finding.origin, "fore" in finding.message) == (origin, True)
