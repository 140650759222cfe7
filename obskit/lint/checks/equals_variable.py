"""A variable that may stand for several values is compared with `=`.

Grafana writes several values as `(a|b)`, and "All" likewise: with `=` that is one strange value, and the panel is empty. It also
escapes single values for a regular expression. Write `=~` (and `!~` for `!=`). Where a panel or its row repeats by the variable, it
stands for one value, and that is fine.

Bad:
    board = dashboard("Shop", uid="shop", variables=[query_variable("job", "label_values(up, job)", multi=True)], panels=[
        timeseries("Up", 'up{job="$job"}'),
    ])

Good:
    board = dashboard("Shop", uid="shop", variables=[query_variable("job", "label_values(up, job)", multi=True)], panels=[
        timeseries("Up", 'up{job=~"$job"}'),
        timeseries("One", 'sum(up{job="$job"})', extra={"repeat": "job"}),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.chosen import has_several, repeats
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.model import Variable
from obskit.promql import Matcher

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """`=` and `!=` with variables of several values."""
    boards: dict[int, dict[str, Variable]] = {}
    for asked in analysed.queries:
        if asked.board is None:
            continue
        several = boards.get(id(asked.board))
        if several is None:
            several = boards[id(asked.board)] = {one.name: one for one in asked.board.variables if has_several(one)}
        if not several:
            continue
        for selector in asked.parsed.selectors:
            for matcher in selector.matchers:
                if matcher.variables and matcher.op in ("=", "!="):
                    name = next((name for name in matcher.variables if name in several), None)
                    if name is not None and matcher.value is None and not _single(asked, matcher, several[name]):
                        op = "=~" if matcher.op == "=" else "!~"
                        message = f'variable "{name}" can have several values: "{matcher.op}" finds none of them then'
                        yield told(asked, message, matcher.span, f'write {matcher.label or "label"}{op}"${name}"')


def _single(asked: Asked, matcher: Matcher, variable: Variable) -> bool:
    """Whether the variable stands for one value here: a repeated panel or row, or a format of the author's choice."""
    if asked.panel is not None and asked.board is not None and variable.name in repeats(asked.board, asked.panel):
        return True
    span = matcher.span
    written = asked.text[span[0] : span[1]] if span is not None else ""
    return f"{{{variable.name}:" in written and variable.json.get("multi") is not True
