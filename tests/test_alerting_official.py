"""Our rules in Grafana's own model of the alerting API (grafana-foundation-sdk 0.0.21, from the kinds of Grafana 13.0).

The file format of provisioning and the API call the same things by other names: `NAMES` is the table. Decoded and encoded again,
nothing of ours may be lost.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from official_model import require_model
from test_alerting_shipped import rules as shipped

from obskit.duration import Duration

NAMES: dict[str, str] = {
    "uid": "uid",
    "title": "title",
    "condition": "condition",
    "data": "data",
    "noDataState": "noDataState",
    "execErrState": "execErrState",
    "for": "for",
    "keepFiringFor": "keep_firing_for",
    "missing_series_evals_to_resolve": "missingSeriesEvalsToResolve",
    "annotations": "annotations",
    "labels": "labels",
    "record": "record",
}
"""File to API. `dashboardUid` and `panelId` have no field in the API: there the two annotations say it, which the file has as well."""
RECORD = {"metric": "metric", "from": "from", "targetDatasourceUid": "target_datasource_uid"}
GROUP = {"name": "title", "interval": "interval", "rules": "rules"}
"""In the API a group's folder stands in its address, and its interval is in seconds."""
ONLY_IN_FILES = {"dashboardUid", "panelId", "orgId", "folder"}


def api_rule(rule: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    made = {NAMES[name]: value for name, value in rule.items() if name not in ONLY_IN_FILES}
    if "record" in made:
        made["record"] = {RECORD[name]: value for name, value in made["record"].items()}
    return {**made, "orgID": 1, "folderUID": "folder", "ruleGroup": group["name"]}


def api_group(group: dict[str, Any]) -> dict[str, Any]:
    made = {GROUP[name]: value for name, value in group.items() if name not in ONLY_IN_FILES}
    seconds = Duration.parse(group["interval"]).milliseconds // 1000
    return {**made, "interval": seconds, "folderUid": "folder", "rules": [api_rule(rule, group) for rule in group["rules"]]}


def lost(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            yield from lost(value, theirs[key], f"{path}.{key}") if key in theirs else [f"{path}.{key}"]
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for at, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from lost(mine, other, f"{path}[{at}]")
    elif ours != theirs:
        yield path


def encoded(group: dict[str, Any]) -> Any:
    require_model()
    from grafana_foundation_sdk.cog import encoder, plugins
    from grafana_foundation_sdk.models import alerting

    plugins.register_default_plugins()
    return json.loads(json.dumps(alerting.RuleGroup.from_json(json.loads(json.dumps(group))), cls=encoder.JSONEncoder))


@pytest.mark.parametrize("group", [group for _, group in shipped()], ids=lambda group: group["name"])
def test_official_model_loses_nothing_of_a_shipped_group(group: dict[str, Any]) -> None:
    ours = api_group(group)
    assert list(lost(ours, encoded(ours))) == []


def test_official_model_refuses_to_keep_what_it_does_not_know() -> None:
    group = copy.deepcopy(api_group(next(group for _, group in shipped())))
    group["rules"][0]["foreign"] = 1
    group["rules"][0]["data"][0]["foreign"] = 1
    assert sorted(lost(group, encoded(group))) == [".rules[0].data[0].foreign", ".rules[0].foreign"]
