"""A variable that the dashboard does not have.

Grafana leaves `$name` as it stands: the query finds nothing or is refused, the title shows a dollar sign. What begins with
`__` is Grafana's own, as is `$timeFilter`. Queries in PromQL, TraceQL and LogQL are read, and what else of a dashboard may
hold variables: titles, links, repeats, legends, intervals, annotations, other variables.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", 'up{job=~"$jobs"}')])

Bad:
    board = dashboard("Shop", uid="shop", panels=[row("$zone", [timeseries("Up", "up")], repeat="zone")])

Good:
    board = dashboard("Shop", uid="shop", variables=[query_variable("job", "label_values(up, job)")], panels=[
        timeseries("Up of $job", 'up{job=~"$job", path=~"/api/.*$"}', repeat="job"),
        timeseries("Requests", "rate(up[$__rate_interval])", links=[link("More", "/d/more?${__url_time_range}")]),
    ])
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.sources import uid_of, variable_of
from obskit.lint.strings import strings
from obskit.model import Board, Panel, references
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.waiver import Waive

LEVEL: Severity = "error"

_RULE_LABEL = re.compile(r"\{\{\s*\$labels\.(\w+)")
"""How the templates of alerts write a label."""
_GO_TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""In LogQL these hold variables of their own."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Variables that the board has not, each at its first use; uses that carry waivers of their own stand for themselves."""
    known: dict[str, set[str]] = defaultdict(set)
    for board in analysed.project.boards:
        known[board.uid].update(variable.name for variable in board.variables)
    uses: dict[tuple[str, str, tuple[Waive, ...]], list[Problem]] = {}
    for owner, name, problem in [*_in_promql(analysed, known), *_elsewhere(analysed, known)]:
        uses.setdefault((owner, name, problem.waive), []).append(problem)
    for first, *others in uses.values():
        places = len({problem.origin for problem in (first, *others)})
        yield replace(first, message=f"{first.message}; used in {places} places") if places > 1 else first


def _in_promql(analysed: Analysed, known: dict[str, set[str]]) -> Iterator[tuple[str, str, Problem]]:
    for asked in analysed.queries:
        for use in () if asked.in_rule else asked.parsed.variables:
            if _undefined(use.name, known[asked.owner]):
                message, hint = _said(use.name, known[asked.owner], "duration" if use.slot == "duration" else "")
                yield asked.owner, use.name, Problem(message, asked.origin, hint, asked.text, use.span, asked.waive)


def _elsewhere(analysed: Analysed, known: dict[str, set[str]]) -> Iterator[tuple[str, str, Problem]]:
    for board in analysed.project.boards:
        asked = {query.text for panel in board.panels for query in panel.queries if query.language == "traceql"}
        for text, origin, waive in _texts(board):
            for name in references(text) if "$" in text or "[[" in text else ():
                if _undefined(name, known[board.uid]):
                    is_trace = text in asked and text.strip() in (f"${name}", f"${{{name}}}")
                    message, hint = _said(name, known[board.uid], "trace" if is_trace else text)
                    yield board.uid, name, Problem(message, origin or board.origin, hint, waive=waive + board.waive)


def _texts(board: Board) -> Iterator[tuple[str, Origin | None, tuple[Waive, ...]]]:
    """The texts of a board that Grafana fills variables into, apart from PromQL."""
    for panel in board.panels:
        for text, origin in _of_panel(panel):
            yield text, origin, panel.waive
    for variable in board.variables:
        source = "" if variable_of(variable.datasource) else variable.datasource
        for text in (variable.query, source):
            yield text, variable.origin, ()
    for text in strings([board.json.get("title"), board.json.get("links")]):
        yield text, board.origin, ()
    for annotation in board.json.get("annotations", {}).get("list", []):
        if (annotation.get("datasource") or {}).get("type") != "prometheus":
            yield str(annotation.get("query") or annotation.get("expr") or ""), board.origin, ()


def _of_panel(panel: Panel) -> Iterator[tuple[str, Origin | None]]:
    given = panel.json
    repeat = given.get("repeat")
    if isinstance(repeat, str) and repeat:
        yield (repeat if "$" in repeat else f"${repeat}"), panel.origin
    source = uid_of(given.get("datasource"))
    said = [given[key] for key in ("title", "links", "interval", "timeFrom", "timeShift") if key in given]
    links = (given.get("fieldConfig") or {}).get("defaults", {}).get("links")
    for text in strings([*said, links, "" if panel.queries or variable_of(source) else source]):
        yield text, panel.origin
    for query in panel.queries:
        if query.language in ("traceql", "logql"):
            yield (_GO_TEMPLATE.sub("", query.text) if query.language == "logql" else query.text), query.origin
        for text in strings([query.json[key] for key in ("legendFormat", "interval", "step") if key in query.json]):
            yield text, query.origin
        if not variable_of(query.datasource):
            yield query.datasource, query.origin


def _undefined(name: str, known: set[str]) -> bool:
    return name not in known and not name.startswith("__") and name != "timeFilter"


def _said(name: str, known: set[str], text: str) -> tuple[str, str]:
    """Message and hint; `text` is what it stands in; "duration" where it is one in PromQL, "trace" where it is the id of one."""
    label = _RULE_LABEL.search(text) if name == "labels" else None
    if label is not None:
        return f'variable "{name}" is not on the dashboard', f"in a legend a label stands alone: write {{{{{label[1]}}}}}"
    if text == "duration":
        declared = f'interval_variable("{name}", ["1m", "5m"])'
    elif text == "trace":
        declared = f'textbox_variable("{name}")'
    else:
        declared = f'query_variable("{name}", "label_values(…)")'
    hint = did_you_mean(name, known) or f"declare it: variables=[{declared}]"
    return f'variable "{name}" is not on the dashboard', hint
