"""What is wrong with the parameters that the settings of an environment set."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.finding import Finding
from obskit.given import Given
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import FILE, Environment

ID = "environment"


def findings(environment: Environment, given: Given, *, whole: bool) -> Iterator[Finding]:
    """Values that do not fit their parameter, and names that no module declares, if the project is `whole`: every module loaded."""
    where = f"[tool.obskit.env.{environment.name}.params]"
    for name, message, hint in dict.fromkeys(given.wrong):
        yield _finding(environment, name, message, hint, where)
    for name in environment.params if whole else ():
        if name not in given.asked:
            hint = did_you_mean(name, given.asked) or f'declare it: Param("{name}", …)'
            yield _finding(environment, name, f'no module declares the parameter "{name}"', hint, where)


def _finding(environment: Environment, name: str, message: str, hint: str, where: str) -> Finding:
    origin = Origin(FILE, environment.lines.get(name, 0), where)
    return Finding(id=ID, severity="error", message=message, origin=origin, hint=hint)
