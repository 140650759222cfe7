"""Every query of a project, parsed once; what is known of the metrics they may name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from obskit.model import Board, Variable
from obskit.origin import Origin
from obskit.promql import Parsed, parse
from obskit.source import Project
from obskit.waiver import Waive

if TYPE_CHECKING:
    from obskit.catalog import Signal

_LABEL_VALUES = re.compile(r"\s*label_values\s*\(\s*(?P<metric>.*\S)\s*,\s*[\w$.{}\[\]:]+\s*\)\s*", re.DOTALL)
_QUERY_RESULT = re.compile(r"\s*query_result\s*\((?P<query>.*)\)\s*", re.DOTALL)
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """One PromQL query and its parse. `owner` says what asks it: a board's uid, or a rule file's name.

    `in_rule` is True where Grafana's variables mean nothing.
    """

    text: str
    parsed: Parsed
    origin: Origin | None
    owner: str
    in_rule: bool
    waive: tuple[Waive, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """Metric names that queries may use: series name to its signal, names of recording rules, names owned elsewhere."""

    series: Mapping[str, Signal]
    records: frozenset[str]
    external: tuple[re.Pattern[str], ...]

    def has(self, name: str) -> bool:
        if name in self.series or name in self.records:
            return True
        return any(pattern.fullmatch(name) for pattern in self.external)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.series, *sorted(self.records))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysed:
    """A project with its PromQL queries parsed, in the order boards and rules declare them.

    `declares_signals` is False too when a module of rules could not be loaded: what it would have declared is unknown.
    """

    project: Project
    queries: tuple[Asked, ...]
    known: Known
    declares_signals: bool = field(default=False)


def run(project: Project) -> Analysed:
    """Parses every PromQL query of the project once; equal texts share one parse."""
    cache: dict[tuple[str, tuple[tuple[str, str], ...]], Parsed] = {}

    def parsed(text: str, values: Mapping[str, str] = _NOTHING) -> Parsed:
        key = (text, tuple(values.items()) if "$" in text or "[[" in text else ())
        if key not in cache:
            cache[key] = parse(text, values)
        return cache[key]

    queries: list[Asked] = []
    for board in project.boards:
        values = _values(board)
        for origin, text, waive in _of_board(board):
            queries.append(
                Asked(text=text, parsed=parsed(text, values), origin=origin, owner=board.uid, in_rule=False, waive=waive + board.waive)
            )
    for file in project.rule_files:
        for _, rule in file.rules():
            queries.append(
                Asked(text=rule.expr, parsed=parsed(rule.expr), origin=rule.origin, owner=file.name, in_rule=True, waive=rule.waive)
            )
    declares = bool(project.signals) and not _signals_missing(project)
    return Analysed(project=project, queries=tuple(queries), known=_known(project), declares_signals=declares)


def _signals_missing(project: Project) -> bool:
    """Whether a module that may declare signals could not be loaded; modules of dashboards are taken to declare none."""
    dashboards = tuple(f"{folder}/" for folder in project.settings.dashboards)
    places = (fault.finding.origin for fault in project.faults)
    return any(place is None or not place.path.startswith(dashboards) for place in places)


def _of_board(board: Board) -> Iterator[tuple[Origin | None, str, tuple[Waive, ...]]]:
    for panel, query in board.queries():
        if query.language == "promql" and query.text:
            yield query.origin, query.text, panel.waive
    for variable in board.variables:
        text = _asked_by(variable)
        if text:
            yield variable.origin, text, ()
    for annotation in board.json.get("annotations", {}).get("list", []):
        source = annotation.get("datasource") or {}
        if source.get("type") == "prometheus" and isinstance(annotation.get("expr"), str):
            where = f'annotation "{annotation.get("name", "")}"'
            yield (board.origin.at(where) if board.origin else None), annotation["expr"], ()


def _asked_by(variable: Variable) -> str:
    """The PromQL inside a variable's query: the selector of `label_values`, the query of `query_result`."""
    if variable.kind != "query" or (variable.json.get("datasource") or {}).get("type") != "prometheus":
        return ""
    match = _LABEL_VALUES.fullmatch(variable.query) or _QUERY_RESULT.fullmatch(variable.query)
    return match[1] if match else ""


def _values(board: Board) -> dict[str, str]:
    """The value each variable of a board starts with, where it has one."""
    values: dict[str, str] = {}
    for variable in board.variables:
        current = variable.json.get("current") or {}
        value = current.get("value")
        first = value[0] if isinstance(value, list) and value else value
        options = variable.json.get("options") or []
        if not isinstance(first, str) or first == "$__all":
            first = next((option.get("value") for option in options if option.get("value") != "$__all"), None)
        if isinstance(first, str) and first and "$" not in first:
            values[variable.name] = first
    return values


def _known(project: Project) -> Known:
    series = {name: signal for signal in project.signals for name in signal.series_names}
    records = frozenset(rule.name for file in project.rule_files for _, rule in file.rules() if rule.kind == "record")
    external = tuple(re.compile(pattern) for pattern in project.settings.lint.external)
    return Known(series=series, records=records, external=external)
