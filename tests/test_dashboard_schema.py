"""The schema of the dashboards format: what it takes, what it refuses, and that both validators agree on it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from jsonschema.exceptions import best_match
from modern_board import KINDS, PROM, SHAPE, TEMPO, Json, board_of, modern, panel_of, plugin_panel
from official_model import dropped

import obskit

SCHEMA: Json = json.loads((Path(obskit.__file__).parent / "render/dashboards/schema.json").read_text(encoding="utf-8"))
SLOW = jsonschema.Draft202012Validator(SCHEMA)
FAST = jsonschema_rs.Draft202012Validator(SCHEMA)

def place(board: Json, path: str) -> tuple[Any, Any]:
    """The container and the last key of a path such as `panels/stat/options/bogus`; a panel is named by its type."""
    *steps, last = (int(step) if step.lstrip("-").isdigit() else step for step in path.split("/"))
    value: Any = board
    for step in steps:
        value = next(item for item in value if item["type"] == step) if isinstance(value, list) and isinstance(step, str) else value[step]
    return value, last


def put(path: str, value: Any) -> Json:
    board, container, key = opened(path)
    container[key] = value
    return board


def cut(path: str) -> Json:
    board, container, key = opened(path)
    del container[key]
    return board


def opened(path: str) -> tuple[Json, Any, Any]:
    """The modern board, without the panels that the path is not about (jsonschema takes its time), and the place of the path."""
    board = modern()
    first, *rest = path.split("/")
    board["panels"] = [place(board, f"panels/{rest[0]}/any")[0]] if first == "panels" and rest else []
    if board["panels"]:
        path = "/".join(["panels", "0", *rest[1:]])
    return board, *place(board, path)


# what is set, to what, and a word that the message or its place must have
REFUSED: list[tuple[str, Any, str]] = [
    ("id", 7, "id"), ("version", 3, "version"), ("rows", [], "rows"), ("__inputs", [], "__inputs"), ("style", "dark", "style"),
    ("gnetId", None, "gnetId"), ("schemaVersion", 41, "schemaVersion"), ("schemaVersion", "42", "schemaVersion"), ("uid", "a b", "uid"),
    ("uid", "x" * 41, "uid"), ("uid", "abc\n", "uid"), ("uid", "", "uid"), ("title", None, "title"), ("title", "", "title"),
    ("graphTooltip", 3, "graphTooltip"), ("graphTooltip", True, "graphTooltip"), ("refresh", False, "refresh"), ("tags", ["a", 1], "tags"),
    ("timepicker/time_options", [], "time_options"), ("timepicker/nowDelay", None, "nowDelay"), ("time/until", "now", "until"),
    ("templating/list/0/useTags", False, "useTags"), ("templating/list/query/datasource", "prom", "datasource"),
    ("templating/list/query/regex", None, "regex"), ("templating/list/query/auto", True, "type"), ("templating/list/query/sort", 9, "sort"),
    ("templating/list/custom/query", {"a": 1}, "query"), ("templating/list/query/query/query", None, "query"),
    ("templating/list/0/type", "qwery", "type"), ("templating/list/query/current", {"text": None}, "text"),
    ("templating/list/query/current", {"tags": []}, "tags"), ("templating/list/adhoc/filters", [{"key": "a"}], "operator"),
    ("annotations/list/0/datasource", None, "datasource"), ("annotations/list/0/showIn", 0, "showIn"), ("links/0/kind", 1, "kind"),
    ("links/0/type", "dashboard", "type"), ("links/1/url", None, "url"), ("panels/stat/id", 0, "id"), ("panels/stat/id", 2**31, "id"),
    ("panels/stat/id", None, "id"), ("panels/stat/editable", True, "editable"), ("panels/stat/error", False, "error"),
    ("panels/stat/span", None, "span"), ("panels/stat/height", "", "height"), ("panels/stat/type", None, "type"),
    ("panels/stat/description", None, "description"), ("panels/stat/datasource", "prom", "datasource"),
    ("panels/stat/datasource", {"type": "prometheus"}, "uid"), ("panels/stat/datasource/name", "prom", "name"),
    ("panels/stat/gridPos/w", 25, "w"), ("panels/stat/gridPos/x", -1, "x"), ("panels/stat/gridPos/h", 0, "h"),
    ("panels/stat/gridPos/y", 1.5, "y"), ("panels/stat/repeatDirection", "x", "repeatDirection"),
    ("panels/stat/maxDataPoints", "100", "maxDataPoints"), ("panels/stat/options", [], "options"),
    ("panels/stat/options/reduceCalc", "mean", "reduceCalc"), ("panels/stat/options/graphMode", "bar", "graphMode"),
    ("panels/stat/options/reduceOptions/calcs", "mean", "calcs"),
    ("panels/stat/fieldConfig/defaults/custom", {"lineWidth": 1}, "lineWidth"), ("panels/stat/links/0", {"title": "x"}, "url"),
    ("panels/stat/targets/0/step", 10, "step"), ("panels/stat/targets/0/metric", "", "metric"),
    ("panels/stat/targets/0/intervalFactor", 2, "intervalFactor"), ("panels/stat/targets/0/refId", "", "refId"),
    ("panels/stat/targets/0/expr", None, "expr"), ("panels/stat/targets/0/format", "csv", "format"),
    ("panels/stat/targets/0", {"expr": "up"}, "refId"), ("panels/stat/targets/0/datasource", "prom", "datasource"),
    ("panels/traces/targets/0", {"refId": "A", "datasource": TEMPO, "query": "{}"}, "filters"),
    ("panels/traces/targets/0/step", 10, "step"), ("panels/traces/targets/0/legendFormat", "x", "legendFormat"),
    ("panels/traces/targets/0/metricsQueryType", "both", "metricsQueryType"),
    ("panels/traces/targets/0/filters/0/scope", "parent", "scope"), ("panels/traces/targets/0/queryType", "search", "queryType"),
    ("panels/logs/targets/0/limit", 10, "limit"), ("panels/logs/targets/0/direction", "up", "direction"),
    ("panels/timeseries/targets/1/type", "maths", "type"), ("panels/timeseries/targets/1/expr", "x", "expr"),
    ("panels/stat/targets/0", {"refId": "A", "datasource": {"type": "acme", "uid": "x"}, "deep": {"in": [None]}}, "deep"),
    ("panels/stat/transformations/0", {"id": "organize", "options": {"indexByName": None}}, "indexByName"),
    ("panels/stat/transformations/0/name", "x", "name"), ("panels/timeseries/options/legend/displayMode", "hidden", "displayMode"),
    ("panels/timeseries/options/legend/values", [], "values"), ("panels/timeseries/options/tooltip/sort", 1, "sort"),
    ("panels/timeseries/options/tooltipOptions", {}, "tooltipOptions"),
    ("panels/timeseries/fieldConfig/defaults/custom/lineWidht", 1, "lineWidht"),
    ("panels/timeseries/fieldConfig/defaults/custom/drawStyle", "lines", "drawStyle"),
    ("panels/timeseries/fieldConfig/defaults/custom/stacking", False, "stacking"),
    ("panels/timeseries/fieldConfig/defaults/custom/axisSoftMax", None, "axisSoftMax"),
    ("panels/timeseries/fieldConfig/defaults/custom/spanNulls", "no", "spanNulls"),
    ("panels/timeseries/fieldConfig/defaults/custom/scaleDistribution", {"log": 2}, "type"),
    ("panels/timeseries/fieldConfig/defaults/unit", 5, "unit"), ("panels/timeseries/fieldConfig/defaults/min", None, "min"),
    ("panels/timeseries/fieldConfig/defaults/units", "s", "units"),
    ("panels/timeseries/fieldConfig/defaults/thresholds", None, "thresholds"),
    ("panels/timeseries/fieldConfig/defaults/thresholds/steps", "", "steps"),
    ("panels/timeseries/fieldConfig/defaults/thresholds/steps", [], "steps"),
    ("panels/timeseries/fieldConfig/defaults/thresholds/steps/1/value", None, "value"),
    ("panels/timeseries/fieldConfig/defaults/thresholds/steps/0/value", "null", "value"),
    ("panels/timeseries/fieldConfig/defaults/thresholds/steps/0/index", 0, "index"),
    ("panels/timeseries/fieldConfig/defaults/color/mode", "palette-clasic", "mode"),
    ("panels/timeseries/fieldConfig/defaults/mappings/0/type", 1, "type"),
    ("panels/timeseries/fieldConfig/defaults/mappings/3/options/match", None, "match"),
    ("panels/timeseries/fieldConfig/defaults/mappings/1/options/text", "x", "text"),
    ("panels/timeseries/fieldConfig/defaults/mappings/0/options/one", "down", "one"),
    ("panels/timeseries/fieldConfig/defaults/links/0/isNewTab", True, "isNewTab"),
    ("panels/timeseries/fieldConfig/overrides/0/properties/0/value", None, "value"),
    ("panels/timeseries/fieldConfig/overrides/0/properties/1/value/steps/1/value", None, "value"),
    ("panels/timeseries/fieldConfig/overrides/0/properties/2/value/tooltip", False, "tooltip"),
    ("panels/timeseries/fieldConfig/overrides/0/matcher", "p99", "matcher"), ("panels/timeseries/fieldConfig/thresholds", {}, "thresholds"),
    ("panels/heatmap/cards", {}, "cards"), ("panels/heatmap/options", [], "options"),
    ("panels/heatmap/options/yAxis/format", "s", "format"), ("panels/heatmap/options/color/mode", "spectrum", "mode"),
    ("panels/bargauge/options/fieldOptions", {}, "fieldOptions"), ("panels/gauge/options/shape", "square", "shape"),
    ("panels/histogram/fieldConfig/defaults/custom/drawStyle", "line", "drawStyle"), ("panels/table/options/footer", {}, "footer"),
    ("panels/table/fieldConfig/defaults/custom/displayMode", "auto", "displayMode"),
    ("panels/table/fieldConfig/defaults/custom/cellOptions/type", "basic", "type"),
    ("panels/table/fieldConfig/defaults/custom/cellOptions/valueDisplayMode", "text", "valueDisplayMode"),
    ("panels/table/fieldConfig/defaults/custom/cellOptions", {"type": "sparkline", "lineWidht": 1}, "lineWidht"),
    ("panels/table/columns", [], "columns"), ("panels/piechart/options/pieType", "ring", "pieType"),
    ("panels/piechart/options/legend/values", ["mean"], "values"), ("panels/state-timeline/options/alignValue", "middle", "alignValue"),
    ("panels/logs/options/sortOrder", "desc", "sortOrder"), ("panels/traces/options/filters", {}, "filters"),
    ("panels/text/options/mode", "md", "mode"), ("panels/alertlist/options/stateFilter/alerting", True, "alerting"),
    ("panels/nodeGraph/options/layoutAlgorithm", "tree", "layoutAlgorithm"),
    ("panels/barchart/options/stacking", {"mode": "none"}, "stacking"), ("panels/dashlist/options/limit", 10, "limit"),
    ("panels/dashlist/starred", True, "starred"), ("panels/news/options/useProxy", True, "useProxy"), ("panels/0/targets", [], "targets"),
    ("panels/0/height", 1, "height"), ("panels/0/panels", [panel_of("stat", 60)], "panels"),
    ("panels/-2/panels/0/options/bogus", 1, "bogus"), ("panels/-1/options", {}, "options"), ("panels/-1/libraryPanel/name", None, "name"),
]
MISSING = [
    "uid", "title", "schemaVersion", "time", "panels", "templating", "time/to", "panels/stat/id", "panels/stat/gridPos", "panels/stat/type",
    "panels/stat/gridPos/w", "panels/0/collapsed", "panels/0/panels", "templating/list/query/query", "links/1/url",
]


def inheriting(source: Json, target: Json) -> Json:
    """A board with a panel whose one target takes the panel's datasource."""
    board, panel, _ = opened("panels/stat/datasource")
    panel.update(datasource=source, targets=[target])
    return board


ACCEPTED: dict[str, Json] = {
    "modern": modern(),
    "plugin": board_of([plugin_panel()]),
    "smallest": {
        "uid": "a", "title": "A", "schemaVersion": 42, "time": {"from": "now-1h", "to": "now"}, "panels": [], "templating": {"list": []},
    },
    "inherited datasource": inheriting(PROM, {"refId": "A", "expr": "up"}),
    "sparkline cell": put("panels/table/fieldConfig/defaults/custom/cellOptions", {"type": "sparkline", "hideValue": True, **SHAPE}),
    "numeric base": put("panels/stat/fieldConfig/defaults/thresholds/steps/0/value", 0),
    "unknown target": put("panels/stat/targets/0", {"refId": "A", "datasource": {"type": "acme", "uid": "x"}, "sql": {"rows": [1]}}),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_dashboard_schema_takes_a_good_board(name: str) -> None:
    error = best_match(SLOW.iter_errors(ACCEPTED[name]))
    assert error is None, f"{error.json_path}: {error.message}"
    assert FAST.is_valid(ACCEPTED[name])


@pytest.mark.parametrize(("path", "value", "word"), REFUSED, ids=[f"{path}={json.dumps(value)[:30]}" for path, value, _ in REFUSED])
def test_dashboard_schema_refuses_and_names_the_key(path: str, value: Any, word: str) -> None:
    board = put(path, value)
    error = best_match(SLOW.iter_errors(board))
    assert error is not None
    assert word in error.message or word in error.json_path, f"{error.json_path}: {error.message}"
    assert not FAST.is_valid(board)
    assert any(word in found.message or word in map(str, found.instance_path) for found in FAST.iter_errors(board))


@pytest.mark.parametrize("path", MISSING)
def test_dashboard_schema_refuses_what_lacks_a_key(path: str) -> None:
    board = cut(path)
    error = best_match(SLOW.iter_errors(board))
    assert error is not None
    assert f"'{path.rsplit('/', 1)[-1]}' is a required property" in error.message
    assert not FAST.is_valid(board)


def test_dashboard_schema_checks_targets_that_take_the_panels_datasource() -> None:
    board = inheriting(TEMPO, {"refId": "A", "query": "{}"})
    error = best_match(SLOW.iter_errors(board))
    assert error is not None
    assert "'filters' is a required property" in error.message
    assert not FAST.is_valid(board)


@pytest.mark.parametrize("path", ["id", "gridPos", "datasource", "targets"])
def test_dashboard_schema_checks_the_common_keys_of_an_unknown_panel(path: str) -> None:
    board = board_of([plugin_panel() | {path: "x"}])
    error = best_match(SLOW.iter_errors(board))
    assert error is not None
    assert path in error.json_path
    assert not FAST.is_valid(board)


def test_dashboard_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_dashboard_schema_names_only_definitions_it_uses() -> None:
    text = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}' not in text] == []


def test_dashboard_schema_is_fast_enough_for_every_build() -> None:
    board = board_of([panel_of(kind, number) for number, kind in enumerate([*KINDS, "stat", "table", "timeseries"], start=1)])
    text = json.loads(json.dumps(board))
    best = min(_seconds(lambda: FAST.is_valid(text)) for _ in range(20))
    assert best < 0.005


@pytest.mark.parametrize("name", ["modern", "smallest", "inherited datasource", "sparkline cell", "numeric base"])
def test_official_model_keeps_what_the_schema_takes(name: str) -> None:
    assert dropped(ACCEPTED[name]) == []


@pytest.mark.parametrize("path", ["hideControls", "panels/stat/options/bogus", "panels/stat/targets/0/metric", "templating/list/0/useTags"])
def test_official_model_reports_a_key_it_does_not_know(path: str) -> None:
    assert [found.rsplit(".", 1)[-1] for found in dropped(put(path, 1))] == [path.rsplit("/", 1)[-1]]


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
