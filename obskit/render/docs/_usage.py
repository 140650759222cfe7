"""Who reads which metric, counted once for all pages: panels and alerts, also through recording rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from obskit.analysis import Analysed
from obskit.analysis.asked import Asked
from obskit.model import Board, Panel


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Usage:
    """`panels` and `alerts` that read a metric, by its name, in the order of declaration; `recorded` what each record is made of.

    `formulas` are the queries of recording rules by name, `places` all panels by their board's uid and their id.
    """

    panels: Mapping[str, tuple[tuple[Board, Panel], ...]]
    alerts: Mapping[str, tuple[str, ...]]
    recorded: Mapping[str, tuple[str, ...]]
    formulas: Mapping[str, str]
    places: Mapping[tuple[str, int], tuple[Board, Panel]]

    def metrics(self, names: Iterable[str]) -> tuple[str, ...]:
        """These names and the metrics that the recording rules among them are made of."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = None
                waiting += self.recorded.get(name, ())
        return tuple(found)

    def showing(self, names: Iterable[str]) -> list[tuple[Board, Panel]]:
        """The panels that read any of the metrics, those that read most of them first."""
        counts: dict[int, int] = {}
        shown: dict[int, tuple[Board, Panel]] = {}
        for name in self.metrics(names):
            for board, panel in self.panels.get(name, ()):
                counts[id(panel)] = counts.get(id(panel), 0) + 1
                shown[id(panel)] = (board, panel)
        return [shown[key] for key in sorted(shown, key=lambda key: -counts[key])]


def usage(analysed: Analysed) -> Usage:
    """The usage of every metric of the project."""
    panels: dict[str, dict[int, tuple[Board, Panel]]] = {}
    recorded: dict[str, tuple[str, ...]] = {}
    formulas: dict[str, str] = {}
    reading: dict[str, tuple[str, ...]] = {}
    for asked in analysed.queries:
        names = reads(asked)
        if asked.board is not None and asked.panel is not None:
            for name in names:
                panels.setdefault(name, {})[id(asked.panel)] = (asked.board, asked.panel)
        elif asked.rule is not None and asked.rule.kind == "record":
            recorded[asked.rule.name] = (*recorded.get(asked.rule.name, ()), *names)
            formulas.setdefault(asked.rule.name, asked.text)
        elif asked.rule is not None:
            reading[asked.rule.name] = tuple(dict.fromkeys((*reading.get(asked.rule.name, ()), *names)))
    places = {(board.uid, panel.id): (board, panel) for board in analysed.project.boards for panel in board.panels}
    shown_by = {name: tuple(shown.values()) for name, shown in panels.items()}
    found = Usage(panels=shown_by, alerts={}, recorded=recorded, formulas=formulas, places=places)
    alerts: dict[str, list[str]] = {}
    for alert, names in reading.items():
        for name in found.metrics(names):
            alerts.setdefault(name, []).append(alert)
    return replace(found, alerts={name: tuple(told) for name, told in alerts.items()})


def reads(asked: Asked) -> tuple[str, ...]:
    """The metrics that a query names, each once."""
    return tuple(dict.fromkeys(read.name for read in asked.meaning.reads if read.name)) if asked.meaning is not None else ()
