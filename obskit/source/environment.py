"""What is wrong with what the settings of an environment set: its parameters, datasources, and who is told instead of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from obskit.finding import Finding
from obskit.given import Given
from obskit.model import Board
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import FILE, Environment

if TYPE_CHECKING:
    from obskit.notify import Notification

ID = "environment"
KINDS = ("prometheus", "tempo", "loki")
"""Kinds of datasource that an environment may name whether or not anything asks one."""
REST = "*"
"""In `receivers`: all that are not named."""


def findings(environment: Environment, given: Given, *, whole: bool) -> Iterator[Finding]:
    """Values that do not fit their parameter, and names that no module declares, if the project is `whole`: every module loaded."""
    where = f"[tool.obskit.env.{environment.name}.params]"
    for name, message, hint in dict.fromkeys(given.wrong):
        yield _finding(environment.lines, name, message, hint, where)
    for name in environment.params if whole else ():
        if name not in given.asked:
            hint = did_you_mean(name, given.asked) or f'declare it: Param("{name}", …)'
            yield _finding(environment.lines, name, f'no module declares the parameter "{name}"', hint, where)


def receiver_findings(environment: Environment, notifications: tuple[Notification, ...]) -> Iterator[Finding]:
    """Names among those who are told instead of others that no receiver has."""
    if not environment.receivers:
        return
    from obskit.notify import gather

    where = f"[tool.obskit.env.{environment.name}.receivers]"
    known = [receiver.name for receiver in gather(notifications).receivers]
    for name, told in environment.receivers.items():
        for wrong in dict.fromkeys((*((name,) if name != REST else ()), told)):
            if wrong not in known:
                hint = did_you_mean(wrong, known) or ("receivers: " + ", ".join(known) if known else f'declare it: Receiver("{wrong}", …)')
                yield _finding(environment.receiver_lines, name, f'no receiver is called "{wrong}"', hint, where)


def source_findings(environment: Environment, boards: Iterable[Board]) -> Iterator[Finding]:
    """Names among the datasources that are no kind of datasource and no datasource variable: nothing would be delivered there."""
    if not environment.datasources:
        return
    variables = [variable for board in boards for variable in board.variables if variable.kind == "datasource"]
    kinds = sorted({*KINDS, *(variable.query for variable in variables if variable.query)})
    names = sorted({variable.name for variable in variables})
    where = f"[tool.obskit.env.{environment.name}.datasources]"
    for name in environment.datasources:
        if name not in kinds and name not in names:
            listed = "kinds: " + ", ".join(kinds) + ("; variables: " + ", ".join(names) if names else "")
            hint = did_you_mean(name, (*kinds, *names)) or listed
            message = f'"{name}" is no kind of datasource, and no dashboard has a datasource variable of that name'
            yield _finding(environment.source_lines, name, message, hint, where)


def _finding(lines: Mapping[str, int], name: str, message: str, hint: str, where: str) -> Finding:
    origin = Origin(FILE, lines.get(name, 0), where)
    return Finding(id=ID, severity="error", message=message, origin=origin, hint=hint)
