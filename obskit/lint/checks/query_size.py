"""A query of more than 64 KiB.

Proxies and servers refuse requests of that size, nobody can review it, and Grafana sends it anew at every reload. Such
queries are generated: let a recording rule do the work, or match with a regex instead of a list.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", " or ".join(f'up{{job="shop-{n}"}}' for n in range(5000)))])

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", 'up{job=~"shop-.+"}')])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Query
from obskit.naming import LARGEST_TEXT, too_large

LEVEL: Severity = "error"

_HINT = "split it with recording rules, or match with a regex"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries of panels and variables that are too large, in any language; a rule is refused when it is declared."""
    for board in analysed.project.boards:
        for panel, query in board.queries():
            size = max(map(too_large, _texts(query)))
            if size:
                yield Problem(_message(panel.name, size), query.origin or board.origin, _HINT, waive=panel.waive + board.waive)
        for variable in board.variables:
            size = too_large(variable.query)
            if size:
                yield Problem(_message(f'variable "{variable.name}"', size), variable.origin or board.origin, _HINT, waive=board.waive)


def _texts(query: Query) -> list[str]:
    """The query, or what may be one where the language is not known."""
    own = [value for value in query.json.values() if isinstance(value, str)] if not query.language else []
    return [query.text, *own]


def _message(who: str, size: int) -> str:
    return f"the query of {who} has {size // 1024} KiB, more than {LARGEST_TEXT // 1024}"
