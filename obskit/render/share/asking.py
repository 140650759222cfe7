"""What the import dialog asks for: an input for each datasource and each constant of a board, and where its answer goes.

There are two dialogs. The older one (and `POST /api/dashboards/import`) puts the answer wherever a text of the file holds `${NAME}`,
also where an author wrote just that; so no input takes a name that the board writes anywhere. The one of Grafana 13 puts it into
the datasources of panels, queries, annotations and query variables, into constants, and into the choice of a datasource variable;
so `${NAME}` stands only there. Whatever else refers to a datasource, as filters do, keeps its variable, and that the answer. So does
what is repeated by datasource. For a variable of several values nobody is asked: its reader chooses them on the board.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from obskit.model import Json, reference
from obskit.render.boards import with_variables_arranged
from obskit.render.pinning import datasource_variables, listed, many, plural, settled, told_source
from obskit.render.share.plugins import BUILT_IN, datasource_name, required

_WRITTEN = re.compile(r"\$\{([^{}]+)\}")


def shared(board: Json, version: str) -> Json:
    """The arranged board as the dialog takes it; `version` is the Grafana it is for."""
    several = plural(board)
    asked = [one for one in datasource_variables(board) if one.get("query") and not (one["name"] in several and many(one))]
    variables = {variable["name"]: variable for variable in asked}
    references: list[Json] = []
    _placed(board, lambda source: references.append(source))
    own = _own(references)
    used_kinds = {one["type"] for one in references if isinstance(one.get("type"), str)} - BUILT_IN
    names = _Names(board)
    kinds = [*((str(one["query"]), name) for name, one in variables.items()), *((kind, uid) for uid, kind in own.items())]
    chosen = {named: names.datasource(kind, named, alone=_alone(kind, kinds)) for kind, named in kinds}
    by_variable, by_uid = ({named: f"${{{chosen[named]}}}" for named in group} for group in (variables, own))
    single = {named: placeholder for named, placeholder in by_variable.items() if named not in several}
    made = _placed(board, lambda source: told_source(source, single, by_uid))
    made = with_variables_arranged(settled(made, by_variable))
    used = set(_texts(made))
    inputs = [
        _datasource(chosen[named], kind, label=_label(kind, named, variables, alone=_alone(kind, kinds)))
        for kind, named in kinds
        if f"${{{chosen[named]}}}" in used
    ]
    made, constants = _constants(made, names)
    return {
        "__inputs": inputs + constants,
        "__elements": {},
        "__requires": required(version, {*used_kinds, *(one["pluginId"] for one in inputs)}, made.get("panels", [])),
        "id": None,
        **made,
    }


class _Names:
    """Names of inputs: each given once, and none that the board writes as `${NAME}`."""

    def __init__(self, board: Json) -> None:
        self.taken = {name for text in _texts(board) if "${" in text for name in _WRITTEN.findall(text)}

    def datasource(self, kind: str, named: str, *, alone: bool) -> str:
        return self._free(f"DS_{kind}" if alone else f"DS_{kind}_{named}")

    def constant(self, variable: str) -> str:
        return self._free(f"VAR_{variable}")

    def _free(self, wanted: str) -> str:
        name = free = re.sub(r"[^A-Z0-9]+", "_", wanted.upper()).strip("_")
        number = 1
        while free in self.taken:
            number += 1
            free = f"{name}_{number}"
        self.taken.add(free)
        return free


def _placed(board: Json, put: Callable[[Json], Any]) -> Json:
    """The board with what `put` makes of each datasource that both dialogs fill in."""
    made = {**board, "panels": [_panel(panel, put) for panel in board.get("panels", [])]}
    if "annotations" in board:
        made["annotations"] = {**board["annotations"], "list": [_sourced(one, put) for one in board["annotations"].get("list", [])]}
    if "templating" in board:
        asked = [_sourced(one, put) if one.get("type") == "query" else one for one in listed(board)]
        made["templating"] = {**board["templating"], "list": asked}
    return made


def _panel(panel: Json, put: Callable[[Json], Any]) -> Json:
    made = _sourced(panel, put)
    for key, inner in (("targets", _sourced), ("panels", _panel)):
        if key in panel:
            made = {**made, key: [inner(part, put) for part in panel[key]]}
    return made


def _sourced(part: Json, put: Callable[[Json], Any]) -> Json:
    source = part.get("datasource")
    return {**part, "datasource": put(source)} if isinstance(source, dict) else part


def _own(references: Iterable[Json]) -> dict[str, str]:
    """The uids that the board names itself, with their kind; of others nobody could be asked for one like it."""
    found: dict[str, str] = {}
    for source in references:
        uid, kind = source.get("uid"), source.get("type")
        if not isinstance(uid, str) or not isinstance(kind, str) or kind in ("", *BUILT_IN):
            continue
        if not reference(uid) and "$" not in uid and not uid.startswith("-- "):
            found.setdefault(uid, kind)
    return found


def _alone(kind: str, kinds: list[tuple[str, str]]) -> bool:
    return sum(other == kind for other, _ in kinds) == 1


def _label(kind: str, named: str, variables: dict[str, Json], *, alone: bool) -> str:
    """What the dialog calls the input: the plugin where there is one of it, else the variable's label or the uid."""
    return datasource_name(kind) if alone else str(variables.get(named, {}).get("label") or named)


def _datasource(name: str, kind: str, *, label: str) -> Json:
    known = {"name": name, "label": label, "description": "", "type": "datasource"}
    return {**known, "pluginId": kind, "pluginName": datasource_name(kind)}


def _constants(board: Json, names: _Names) -> tuple[Json, list[Json]]:
    """The board with its constants asked for, and these inputs."""
    inputs, variables = [], []
    for variable in listed(board):
        value = variable.get("query")
        if variable.get("type") == "constant" and isinstance(value, str) and isinstance(variable.get("name"), str):
            name = names.constant(variable["name"])
            label = variable.get("label") or variable["name"]
            inputs.append({"name": name, "label": label, "description": "", "type": "constant", "value": value})
            variable = _asked(variable, value, f"${{{name}}}")
        variables.append(variable)
    return ({**board, "templating": {**board["templating"], "list": variables}} if inputs else board), inputs


def _asked(variable: Json, value: str, placeholder: str) -> Json:
    """The constant with the placeholder for its value, wherever it holds that."""
    holders: Json = {key: _put(variable[key], value, placeholder) for key in ("current", "options") if key in variable}
    return {**variable, **holders, "query": placeholder}


def _put(holder: Any, value: str, placeholder: str) -> Any:
    if isinstance(holder, list):
        return [_put(item, value, placeholder) for item in holder]
    if isinstance(holder, dict):
        return {key: placeholder if key in ("text", "value") and item == value else item for key, item in holder.items()}
    return holder


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
