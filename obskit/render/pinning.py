"""A board whose datasources are told: references through variables become the uid they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obskit.model import Json, references


def pinned(board: Json, datasources: Mapping[str, str]) -> Json:
    """A copy of the board in which references to datasource variables hold what `datasources` has for them.

    Its keys are names of variables, or kinds of datasource (`prometheus`), which go for every variable of that kind. A variable
    that nothing refers to any more is left out; one that text or a link still names starts with that value.
    """
    values = {variable["name"]: value for variable in _variables(board) if (value := _value(variable, datasources))}
    if not values:
        return board
    made: Json = _replaced(board, values)
    rest = {key: value for key, value in made.items() if key != "templating"}
    left = set(_named([rest, [variable for variable in _variables(made) if variable["name"] not in values]]))
    kept = [
        {**variable, "current": {"text": values[variable["name"]], "value": values[variable["name"]]}}
        if variable["name"] in values
        else variable
        for variable in made["templating"]["list"]
        if variable.get("name") not in values or variable["name"] in left
    ]
    return {**made, "templating": {**made["templating"], "list": kept}}


def _variables(board: Json) -> list[Json]:
    listed = board.get("templating", {}).get("list", [])
    return [variable for variable in listed if isinstance(variable.get("name"), str)]


def _value(variable: Json, datasources: Mapping[str, str]) -> str:
    if variable.get("type") != "datasource":
        return ""
    return datasources.get(variable["name"]) or datasources.get(str(variable.get("query", "")), "")


def _replaced(value: Any, values: Mapping[str, str]) -> Any:
    """`value` with every `datasource` in it told."""
    if isinstance(value, list):
        return [_replaced(item, values) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _told(item, values) if key == "datasource" else _replaced(item, values) for key, item in value.items()}


def _told(source: Any, values: Mapping[str, str]) -> Any:
    if isinstance(source, dict) and isinstance(source.get("uid"), str):
        named = references(source["uid"])
        if len(named) == 1 and named[0] in values and source["uid"] in (f"${named[0]}", f"${{{named[0]}}}"):
            return {**source, "uid": values[named[0]]}
    return source


def _named(value: Any) -> list[str]:
    """The variables that any text in `value` names."""
    if isinstance(value, str):
        return list(references(value)) if "$" in value or "[[" in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for item in inner for name in _named(item)]
