"""A whole dashboard: its own members, then its variables, annotations and panels."""

from __future__ import annotations

from typing import Any

from obskit.model.json import NOTE, Json
from obskit.model.modern.annotations import annotation_queries
from obskit.model.modern.panel import Note, panel
from obskit.model.modern.reading import record, records, without_nulls, word
from obskit.model.modern.rows import flat, from_rows, row
from obskit.model.modern.sources import DEFAULT, Sources
from obskit.model.modern.variables import default_source, variable

VERSION = 42
"""The schemaVersion of the result: the last of Grafana 13."""

KEPT = (
    *("uid", "title", "description", "tags", "editable", "graphTooltip", "time", "timezone", "refresh"),
    *("weekStart", "fiscalYearStartMonth", "liveNow", "preload", "links"),
)
"""Members that Grafana reads (dashboard kind, Grafana 13), without those that are built anew."""

ASSUMED: Json = {"description": "", "tags": [], "links": [], "fiscalYearStartMonth": 0, "liveNow": False, "weekStart": "", "preload": False}

INTERVALS = ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"]
"""The refresh intervals that Grafana offers by itself."""

BUILT_IN_PLUGINS = ("__expr__", "grafana", "datasource")


def modernise(board: Json) -> tuple[Json, tuple[Note, ...]]:
    """The classic dashboard `board`, of any schemaVersion up to 42, as clean JSON of schemaVersion 42.

    Also answers with what its author should know: pairs of check id (`legacy-panel`, `unknown-panel`) and message.
    `board` is left as it is, and shares nothing with the answer but the notes. Doing it again changes nothing.
    """
    board = without_nulls(board)
    inputs = records(board.get("__inputs"))
    given = _variables(board, inputs)
    sources = Sources.of(given)
    constants = {word(item.get("name")): item.get("value") or "" for item in inputs if item.get("type") == "constant"}
    notes: list[Note] = []
    out: Json = {key: board[key] for key in KEPT if key in board and not _assumed(key, board[key])}
    out["schemaVersion"] = VERSION
    out.setdefault("time", {"from": "now-6h", "to": "now"})
    if board.get("sharedCrosshair") and not out.get("graphTooltip"):
        out["graphTooltip"] = 1
    if isinstance(out.get("refresh"), bool):
        out["refresh"] = ""
    out["timepicker"] = _timepicker(record(board.get("timepicker")))
    out["annotations"] = {"list": annotation_queries(record(board.get("annotations")).get("list"), sources)}
    variables = [variable(item, sources, constants) for item in given]
    out["panels"] = _panels(board, sources, notes)
    if sources.needed and all(item["name"] != DEFAULT for item in variables):
        variables.insert(0, default_source())
    out["templating"] = {"list": variables}
    if NOTE in board:
        out[NOTE] = board[NOTE]
    return out, tuple(notes)


def _assumed(key: str, value: Any) -> bool:
    return key in ASSUMED and bool(ASSUMED[key] == value)


def _variables(board: Json, inputs: list[Json]) -> list[Json]:
    """The variables, before them one for each datasource that the import dialog would have asked for."""
    given = records(record(board.get("templating")).get("list"))
    known = {"", *(word(item.get("name")) for item in given)}
    asked: list[Json] = []
    for item in inputs:
        name, plugin = word(item.get("name")), word(item.get("pluginId"))
        if item.get("type") == "datasource" and name not in known and plugin not in ("", *BUILT_IN_PLUGINS):
            known.add(name)
            asked.append({"type": "datasource", "name": name, "label": item.get("label") or "", "query": plugin})
    return asked + given


def _timepicker(given: Json) -> Json:
    out: Json = {}
    if given.get("hidden"):
        out["hidden"] = True
    if given.get("nowDelay"):
        out["nowDelay"] = given["nowDelay"]
    if given.get("refresh_intervals") and given["refresh_intervals"] != INTERVALS:
        out["refresh_intervals"] = given["refresh_intervals"]
    if given.get("quick_ranges"):
        out["quick_ranges"] = given["quick_ranges"]
    return out


def _panels(board: Json, sources: Sources, notes: list[Note]) -> list[Json]:
    given = flat(records(board.get("panels")))
    given += from_rows(records(board.get("rows")), given)
    return [_panel(item, sources, notes) for item in given]


def _panel(item: Json, sources: Sources, notes: list[Note]) -> Json:
    if item.get("type") != "row":
        return panel(item, sources, notes)
    out, inner = row(item)
    out["panels"] = [panel(each, sources, notes) for each in inner if each.get("type") != "row"]
    return out
