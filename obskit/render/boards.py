"""Boards as the formats write them: keys in reading order, datasources as the environment has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed
from obskit.artifact import Place
from obskit.model import Board, Json
from obskit.origin import Origin
from obskit.render.pinning import pinned, values

_BOARD = (
    "uid", "title", "description", "tags", "schemaVersion", "editable", "graphTooltip", "time", "refresh", "timezone", "timepicker",
    "links", "annotations", "templating", "panels",
)  # fmt: skip
_PANEL = (
    "id", "type", "title", "description", "gridPos", "datasource", "targets", "transformations", "fieldConfig", "options", "collapsed",
    "panels",
)  # fmt: skip
_TARGET = ("refId", "datasource", "queryType", "editorMode", "expr", "query", "legendFormat")
_NESTED = (dict, list)
_VARIABLE = ("type", "name", "label", "datasource", "definition", "query")


def boards(analysed: Analysed) -> tuple[tuple[Board, Json], ...]:
    """Every board with the JSON to write, to be left as it is; in an environment that names datasources, with those."""
    return analysed.once(_delivered)


def portable(analysed: Analysed) -> tuple[tuple[Board, Json], ...]:
    """Every board with its JSON in reading order, to be left as it is; datasources by variable, whatever it is built for."""
    return analysed.once(_arranged)


def _arranged(analysed: Analysed) -> tuple[tuple[Board, Json], ...]:
    return tuple((board, arranged(board.json)) for board in analysed.project.boards)


def _delivered(analysed: Analysed) -> tuple[tuple[Board, Json], ...]:
    environment = analysed.project.settings.environment
    if environment is None or not environment.datasources:
        return portable(analysed)
    sources = environment.datasources
    return tuple((board, with_variables_arranged(pinned(json, values(json, sources)))) for board, json in portable(analysed))


def with_variables_arranged(board: Json) -> Json:
    """The arranged board with the keys of its variables in reading order, to which some were added."""
    if "templating" not in board:
        return board
    return {**board, "templating": {"list": [_keyed(variable, _VARIABLE) for variable in board["templating"]["list"]]}}


def arranged(board: Json) -> Json:
    """The board with its keys in reading order, so that one change in the source is one change in the file."""
    made = _keyed(board, _BOARD)
    made["panels"] = [_panel(panel) for panel in board.get("panels", [])]
    if "templating" in board:
        made["templating"] = {"list": [_keyed(variable, _VARIABLE) for variable in board["templating"].get("list", [])]}
    return made


def _panel(panel: Json) -> Json:
    made = _keyed(panel, _PANEL)
    if "targets" in panel:
        made["targets"] = [_keyed(target, _TARGET) for target in panel["targets"]]
    if "panels" in panel:
        made["panels"] = [_panel(inner) for inner in panel["panels"]]
    return made


def _keyed(data: Json, first: tuple[str, ...]) -> Json:
    """`data` with the keys `first` in front, the others behind in alphabetical order."""
    order = [key for key in first if key in data] + sorted(data.keys() - set(first))
    return {key: _sorted(data[key]) for key in order}


def _sorted(value: Any) -> Any:
    if type(value) is dict:
        return {key: _sorted(item) if type(item) in _NESTED else item for key, item in sorted(value.items())}
    return [_sorted(item) for item in value] if type(value) is list else value


def origins(board: Board, data: Json) -> Iterator[tuple[Place, Origin | None]]:
    """Where each panel and variable was declared, by its place in the file."""
    declared = iter(board.panels)
    for index, panel in enumerate(data["panels"]):
        yield ("panels", index), next(declared).origin
        for inner, _ in enumerate(panel.get("panels", ())):
            yield ("panels", index, "panels", inner), next(declared).origin
    for index, variable in enumerate(board.variables):
        yield ("templating", "list", index), variable.origin
