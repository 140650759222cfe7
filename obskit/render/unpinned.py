"""Datasources that an environment names in vain: for variables that stand for several, whose panels go on to ask each of them."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Finding
from obskit.model import Board, Json
from obskit.origin import Origin
from obskit.render.pinning import datasource_variables, plural, starts, values
from obskit.settings import FILE, Environment


def unpinned(analysed: Analysed) -> Iterator[Finding]:
    """The findings, by board and variable. A warning where the variable itself is named and nothing comes of it.

    To name its kind is meant for other variables, and to say what it starts with is something: both are an info.
    """
    environment = analysed.project.settings.environment
    if environment is None or not environment.datasources:
        return
    for board in analysed.project.boards:
        uids, several = values(board.json, environment.datasources), plural(board.json)
        for variable in datasource_variables(board.json):
            name = variable["name"]
            if name in uids and name in several:
                yield _finding(environment, board, variable, uids[name])


def _finding(environment: Environment, board: Board, variable: Json, uid: str) -> Finding:
    name = variable["name"]
    own, nothing = bool(environment.datasources.get(name)), starts(variable)
    does = "changes nothing, as it says what it starts with" if nothing else "is only what it starts with"
    hint = "a variable of one value, by which nothing is repeated, becomes the datasource"
    return Finding(
        id="delivery",
        severity="warning" if own and nothing else "info",
        message=f'variable "{name}" of dashboard "{board.title}" stands for several datasources: "{uid}" {does}',
        origin=Origin(
            FILE,
            environment.source_lines.get(name if own else str(variable.get("query", "")), 0),
            f"[tool.obskit.env.{environment.name}.datasources]",
        ),
        hint=f'leave "{name}" out: {hint}' if own and nothing else hint,
    )
