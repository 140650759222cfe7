"""A project understood: every query parsed once and given its meaning, indexed by what checks ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from obskit.analysis.asked import Asked
from obskit.analysis.asking import of_board, of_extra, of_rules, values
from obskit.analysis.fill import fill
from obskit.analysis.traced import Traced, of_alerts, traced
from obskit.promql import Parsed, Requirement, parse, requires
from obskit.semantics import Aggregate, Attributes, Binary, Call, Knowledge, Meaning, attributes, meaning
from obskit.semantics.series import ALERTS
from obskit.source import Project

if TYPE_CHECKING:
    from obskit.catalog import Signal

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """Metric names that queries may use: series name to its signal, names of recording rules, names owned elsewhere."""

    series: Mapping[str, Signal]
    records: frozenset[str]
    external: tuple[re.Pattern[str], ...]

    def has(self, name: str) -> bool:
        if name in self.series or name in self.records or name in ALERTS:
            return True
        return any(pattern.fullmatch(name) for pattern in self.external)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.series, *sorted(self.records))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysed:
    """A project with its PromQL queries and its TraceQL queries (`traces`), in the order boards and rules declare them.

    `attributes` are the declared span attributes by each of their names. `declares_signals` is False too when a module of
    rules could not be loaded: what it would have declared is unknown. `recording` are the queries of recording rules that are
    known; of one query alone, they are those of the project around it.
    """

    project: Project
    queries: tuple[Asked, ...]
    traces: tuple[Traced, ...]
    attributes: Attributes
    known: Known
    knowledge: Knowledge
    declares_signals: bool
    recording: tuple[Asked, ...]
    _calls: dict[str, list[tuple[Asked, Call]]] = field(repr=False)
    _aggregates: tuple[tuple[Asked, Aggregate], ...] = field(repr=False)
    _binaries: tuple[tuple[Asked, Binary], ...] = field(repr=False)
    _required: dict[int, tuple[Requirement, ...]] = field(default_factory=dict, repr=False)
    _made: dict[Callable[[Analysed], Any], Any] = field(default_factory=dict, repr=False)

    def calls(self, *functions: str) -> Iterator[tuple[Asked, Call]]:
        """Every call of these functions, with the query it stands in."""
        for function in functions:
            yield from self._calls.get(function, ())

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that are called anywhere."""
        return tuple(self._calls)

    @property
    def aggregates(self) -> tuple[tuple[Asked, Aggregate], ...]:
        """Every aggregation, with the query it stands in."""
        return self._aggregates

    @property
    def binaries(self) -> tuple[tuple[Asked, Binary], ...]:
        """Every binary operator, with the query it stands in."""
        return self._binaries

    def requires(self, asked: Asked) -> tuple[Requirement, ...]:
        """Each version boundary that a query crosses; worked out once for queries of equal text."""
        found = self._required.get(id(asked.parsed))
        if found is None:
            found = self._required[id(asked.parsed)] = requires(asked.parsed)
        return found

    def once(self, make: Callable[[Analysed], Made]) -> Made:
        """What `make` makes of this project: made by the first who asks, shared by all, and so to be left as it is."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @property
    def alerts(self) -> Iterator[Asked]:
        """The queries of alerts."""
        return (asked for asked in self.queries if asked.in_alert)


def run(project: Project, known: Analysed | None = None) -> Analysed:
    """Understands every query of the project once, and fills what follows into panels; equal texts share parse and meaning.

    With `known`, what is known of metrics is what that project knows.
    """
    cache: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Parsed, Meaning | None]] = {}

    def understood(text: str, values: Mapping[str, str]) -> tuple[Parsed, Meaning | None]:
        key = (text, tuple(values.items()) if "$" in text or "[[" in text else ())
        found = cache.get(key)
        if found is None:
            parsed = parse(text, values)
            found = cache[key] = (parsed, meaning(parsed, knowledge))
        return found

    def parsed_rule(text: str) -> Parsed:
        return parse(text)

    knowledge = known.knowledge if known is not None else Knowledge.of(project.signals, project.rule_files, parsed_rule)
    queries = [asked for board in project.boards for asked in of_board(board, understood)]
    fill(queries)
    queries += [asked for file in project.rule_files for asked in of_rules(file, understood)]
    queries += [of_extra(extra, understood) for extra in project.extras]
    calls: dict[str, list[tuple[Asked, Call]]] = {}
    aggregates: list[tuple[Asked, Aggregate]] = []
    binaries: list[tuple[Asked, Binary]] = []
    for asked in queries:
        if asked.meaning is not None:
            for call in asked.meaning.calls:
                calls.setdefault(call.function, []).append((asked, call))
            aggregates += [(asked, node) for node in asked.meaning.aggregates]
            binaries += [(asked, node) for node in asked.meaning.binaries]
    recording = tuple(asked for asked in queries if asked.rule is not None and asked.rule.kind == "record")
    named = known.attributes if known is not None else attributes(project.attributes)
    return Analysed(
        project=project,
        queries=tuple(queries),
        traces=(
            *[one for board in project.boards for one in traced(board, named, values(board))],
            *[one for file in project.trace_alerts for one in of_alerts(file, named)],
        ),
        attributes=named,
        known=known.known if known is not None else _known(project),
        knowledge=knowledge,
        declares_signals=known.declares_signals if known is not None else bool(project.signals) and not _signals_missing(project),
        recording=known.recording if known is not None else recording,
        _calls=calls,
        _aggregates=tuple(aggregates),
        _binaries=tuple(binaries),
    )


def _signals_missing(project: Project) -> bool:
    """Whether a module that may declare signals could not be loaded; modules of dashboards are taken to declare none."""
    dashboards = tuple(f"{folder}/" for folder in project.settings.dashboards)
    places = (fault.finding.origin for fault in project.faults)
    return any(place is None or not place.path.startswith(dashboards) for place in places)


def _known(project: Project) -> Known:
    series = {name: signal for signal in project.signals for name in signal.series_names}
    records = frozenset(rule.name for file in project.rule_files for _, rule in file.rules() if rule.kind == "record")
    external = tuple(re.compile(pattern) for pattern in project.settings.lint.external)
    return Known(series=series, records=records, external=external)
