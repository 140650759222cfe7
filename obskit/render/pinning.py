"""A board whose datasources are told: references through variables become the uid they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from obskit.model import Json, reference, references


def values(board: Json, datasources: Mapping[str, str]) -> dict[str, str]:
    """What each datasource variable of the board stands for: name to uid, for those that `datasources` has a uid for.

    Its keys are names of variables, or kinds of datasource (`prometheus`), which go for every variable of that kind.
    """
    told = {}
    for variable in datasource_variables(board):
        uid = datasources.get(variable["name"]) or datasources.get(str(variable.get("query", "")), "")
        if uid:
            told[variable["name"]] = uid
    return told


def plural(board: Json) -> frozenset[str]:
    """The datasource variables that may stand for several at once: those of several values, and those that panels or rows repeat by.

    What refers to one of them keeps the variable: with a value in its place, all copies would ask the same datasource.
    """
    by = frozenset(_repeated(board.get("panels", [])))
    return frozenset(one["name"] for one in datasource_variables(board) if one.get("multi") is True or one["name"] in by)


def many(variable: Json) -> bool:
    """Whether a reader may choose several values of the variable, or all."""
    return variable.get("multi") is True or variable.get("includeAll") is True


def pinned(board: Json, told: Mapping[str, str]) -> Json:
    """A copy of the board in which references to the variables of `told` hold their value, save those that stand for several.

    What is not replaced is shared with it.
    """
    if not told:
        return board
    several = plural(board)
    return settled(_replaced(board, {name: uid for name, uid in told.items() if name not in several}), told)


def settled(board: Json, told: Mapping[str, str]) -> Json:
    """The board without those variables of `told` that nothing refers to any more.

    One that text, a link, a repetition or a datasource still names starts with its value; one of several keeps what it starts with.
    """
    variables, several = listed(board), plural(board)
    rest = {key: value for key, value in board.items() if key != "templating"}
    left = set(_named([rest, [variable for variable in variables if variable.get("name") not in told]]))
    kept = []
    for variable in variables:
        name = variable.get("name")
        if name not in told:
            kept.append(variable)
        elif name in left:
            kept.append(variable if name in several and starts(variable) else _started(variable, told[name]))
    return {**board, "templating": {**board["templating"], "list": kept}} if variables else board


def starts(variable: Json) -> bool:
    """Whether a variable of which several may be chosen says itself what it starts with."""
    return many(variable) and bool(variable.get("current"))


def told_source(source: Any, told: Mapping[str, str], uids: Mapping[str, str] | None = None) -> Any:
    """The datasource, `{type, uid}` or a uid alone, with its value where it refers to a variable of `told`.

    `uids` are uids that the board names itself, and what they become.
    """
    if isinstance(source, dict) and isinstance(source.get("uid"), str):
        return {**source, "uid": told_source(source["uid"], told, uids)}
    return told.get(reference(source)) or (uids or {}).get(source, source) if isinstance(source, str) else source


def datasource_variables(board: Json) -> list[Json]:
    """The variables that stand for a datasource."""
    return [one for one in listed(board) if isinstance(one.get("name"), str) and one.get("type") == "datasource"]


def listed(board: Json) -> list[Json]:
    """The variables of the board."""
    variables: list[Json] = board.get("templating", {}).get("list", [])
    return variables


def _replaced(value: Any, told: Mapping[str, str]) -> Any:
    """`value` with every datasource in it told; itself where it holds none."""
    if isinstance(value, list):
        items = [_replaced(item, told) for item in value]
        return items if any(map(_other, items, value)) else value
    if not isinstance(value, dict):
        return value
    members = {key: told_source(item, told) if key == "datasource" else _replaced(item, told) for key, item in value.items()}
    return members if any(map(_other, members.values(), value.values())) else value


def _started(variable: Json, uid: str) -> Json:
    """The variable that starts with `uid`."""
    value = [uid] if variable.get("multi") is True else uid
    return {**variable, "current": {"text": value, "value": value}}


def _repeated(panels: Iterable[Json]) -> Iterator[str]:
    for panel in panels:
        if isinstance(panel.get("repeat"), str):
            yield panel["repeat"]
        yield from _repeated(panel.get("panels", []))


def _other(one: object, another: object) -> bool:
    return one is not another


def _named(value: Any) -> Iterator[str]:
    """The variables that any text in `value` names, and those that panels are repeated by."""
    if isinstance(value, str):
        if "$" in value or "[[" in value:
            yield from references(value)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "repeat" and isinstance(item, str):
                yield item
            elif type(item) is not int:
                yield from _named(item)
