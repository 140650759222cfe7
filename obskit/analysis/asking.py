"""Where the PromQL queries of a project stand: in panels, variables, annotations and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from obskit.analysis.asked import Asked
from obskit.model import Board, RuleFile, Variable
from obskit.promql import Parsed
from obskit.semantics import Meaning
from obskit.source.extra import Extra

Understood = Callable[[str, Mapping[str, str]], tuple[Parsed, Meaning | None]]
"""From a text and the values of Grafana's variables to its parse and meaning."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_LABEL_VALUES = re.compile(r"\s*label_values\s*\(\s*(?P<metric>.*\S)\s*,\s*(?P<label>[\w$.{}\[\]:]+)\s*\)\s*", re.DOTALL)
_QUERY_RESULT = re.compile(r"\s*query_result\s*\((?P<query>.*)\)\s*", re.DOTALL)


def of_board(board: Board, understood: Understood) -> Iterator[Asked]:
    """Every PromQL query of a board, in the order of its JSON."""
    started = values(board)

    def asked(text: str, **where: Any) -> Asked:
        parsed, meaning = understood(text, started)
        return Asked(text=text, parsed=parsed, meaning=meaning, owner=board.uid, board=board, **where)

    for panel, query in board.queries():
        if query.language == "promql" and query.text:
            yield asked(query.text, origin=query.origin, waive=panel.waive + board.waive, panel=panel, query=query)
    for variable in board.variables:
        text, label = _asked_by(variable)
        if text:
            yield asked(text, origin=variable.origin, waive=board.waive, variable=variable, label=label)
    for annotation in _annotations(board):
        where = f'annotation "{annotation.get("name", "")}"'
        yield asked(annotation["expr"], origin=board.origin.at(where) if board.origin else None, waive=board.waive)


def of_rules(file: RuleFile, understood: Understood) -> Iterator[Asked]:
    """The expression of every rule of a file."""
    for group, rule in file.rules():
        parsed, meaning = understood(rule.expr, _NOTHING)
        yield Asked(
            text=rule.expr,
            parsed=parsed,
            meaning=meaning,
            origin=rule.origin,
            owner=file.name,
            waive=rule.waive,
            file=file,
            group=group,
            rule=rule,
        )


def of_extra(extra: Extra, understood: Understood) -> Asked:
    """A query that stands by itself in a file."""
    parsed, meaning = understood(extra.text, _NOTHING)
    return Asked(text=extra.text, parsed=parsed, meaning=meaning, origin=extra.origin, owner=extra.owner)


def _annotations(board: Board) -> Iterator[Any]:
    listed = board.json.get("annotations")
    for annotation in listed.get("list", []) if isinstance(listed, dict) else []:
        source = annotation.get("datasource") if isinstance(annotation, dict) else None
        if isinstance(source, dict) and source.get("type") == "prometheus" and isinstance(annotation.get("expr"), str):
            yield annotation


def _asked_by(variable: Variable) -> tuple[str, str]:
    """The PromQL inside a variable's query and the label it lists: the selector of `label_values`, the query of `query_result`."""
    source = variable.json.get("datasource")
    if variable.kind != "query" or not isinstance(source, dict) or source.get("type") != "prometheus":
        return "", ""
    match = _LABEL_VALUES.fullmatch(variable.query)
    if match:
        label = match["label"]
        return match["metric"], label if label.isidentifier() else ""
    match = _QUERY_RESULT.fullmatch(variable.query)
    return (match["query"], "") if match else ("", "")


def values(board: Board) -> dict[str, str]:
    """The value each variable of a board starts with, where it has one."""
    found: dict[str, str] = {}
    for variable in board.variables:
        current, options = variable.json.get("current"), variable.json.get("options")
        value = current.get("value") if isinstance(current, dict) else None
        first = value[0] if isinstance(value, list) and value else value
        if not isinstance(first, str) or first == "$__all":
            offered = (option.get("value") for option in options or [] if isinstance(option, dict)) if isinstance(options, list) else ()
            first = next((one for one in offered if isinstance(one, str) and one != "$__all"), None)
        if isinstance(first, str) and first and "$" not in first:
            found[variable.name] = first
    return found
