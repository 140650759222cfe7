"""Two parameters of one name that are not alike.

An environment sets both with one value, though their units, bounds or kinds differ; without one each has its own. Shared
parameters are declared once and imported.

Bad:
    most = Param("most_errors", 0.1, unit=units.RATIO)
    limit = Param("most_errors", 5)

Good:
    most = Param("most_errors", 0.1, unit=units.RATIO)
    limit = Param("most_errors_a_minute", 5)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed
from obskit.catalog import Param
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Parameters whose name an earlier one has that differs in more than its help."""
    taken: dict[str, Param[Any]] = {}
    for param in analysed.project.params:
        first = taken.setdefault(param.name, param)
        if _declared(first) != _declared(param):
            where = f" in {first.origin}" if first.origin else ""
            message = f'parameter "{param.name}" is declared twice, and not alike'
            yield Problem(message, param.origin, f"the first is{where}: import it, or rename one of them")


def _declared(param: Param[Any]) -> tuple[object, ...]:
    return (type(param.default), param.default, param.unit, param.least, param.most, param.values)
