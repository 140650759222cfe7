"""The names that a side asks for: metrics, the labels that stand with them, span attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from obskit.diff.forms import Side
from obskit.diff.shapes import Shape, read, restored
from obskit.model import LANGUAGES, Board
from obskit.promql import parse
from obskit.traceql import parse as parse_traceql

_VARIABLE = re.compile(r"\s*(?:label_values\s*\((?P<query>.*),\s*(?P<label>\w+)\s*\)|query_result\s*\((?P<result>.*)\))\s*", re.DOTALL)
_LISTS = ("by", "without", "on", "ignoring", "group_left", "group_right")


class Names(NamedTuple):
    """What is asked; a label with the metric that it stands with."""

    metrics: frozenset[str]
    labels: frozenset[tuple[str, str]]
    attributes: frozenset[str]


def names(side: Side) -> Names:
    """The names in every query of a side."""
    metrics: set[str] = set()
    labels: set[tuple[str, str]] = set()
    attributes: set[str] = set()
    for text, language in dict.fromkeys(_asked(side)):
        if language == "traceql":
            attributes |= {one.name for one in parse_traceql(text).fields}
        elif language == "promql":
            metrics |= {selector.name for selector in parse(text).selectors if selector.name}
            known = read(text)
            labels |= set(_labels(known.shape)) if known is not None else set()
    return Names(frozenset(metrics), frozenset(labels), frozenset(attributes))


def _asked(side: Side) -> Iterator[tuple[str, str]]:
    for form in side.boards:
        yield from _of_board(form.board)
    for rules in side.rules:
        yield from ((rule.expr, "promql") for _, rule in rules.file.rules() if rule.expr)
    for file in side.files:
        yield from ((text, "promql") for text in _expressions(file.data))


def _of_board(board: Board) -> Iterator[tuple[str, str]]:
    yield from ((query.text, query.language) for _, query in board.queries() if query.text)
    for variable in board.variables:
        if variable.kind == "query" and variable.query:
            found = _VARIABLE.fullmatch(variable.query)
            if found is not None and found["label"]:
                yield f"count by ({found['label']}) ({found['query']})", "promql"
            else:
                yield found["result"] if found is not None else variable.query, "promql"
    annotations = board.json.get("annotations")
    for one in _objects(annotations.get("list") if isinstance(annotations, dict) else None):
        source = one.get("datasource")
        kind = source.get("type") if isinstance(source, dict) else None
        if isinstance(one.get("expr"), str):
            yield one["expr"], LANGUAGES.get(kind, "promql") if isinstance(kind, str) else "promql"


def _expressions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "expr" and isinstance(inner, str):
                yield inner
            else:
                yield from _expressions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _expressions(inner)


def _labels(shape: Shape) -> Iterator[tuple[str, str]]:
    """Each label with each metric below the part that names it."""
    pending = [shape]
    while pending:
        one = pending.pop()
        pending += one.parts
        named = [matcher[0] for matcher in one.traits.get("matchers", ())]
        named += [label for word in _LISTS for label in one.traits.get(word, ())]
        metrics = tuple(_metrics(one)) if named else ()
        yield from ((metric, label) for metric in metrics for label in named)


def _metrics(shape: Shape) -> Iterable[str]:
    pending = [shape]
    while pending:
        one = pending.pop()
        pending += one.parts
        if one.kind == "selector" and one.name:
            yield restored(one.name)


def _objects(given: Any) -> list[dict[str, Any]]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
