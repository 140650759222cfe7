"""A TraceQL query of a panel or an alert: its text, its parse, its meaning, and what asks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from obskit.model import Board, Panel, Query, RuleFile, RuleView
from obskit.origin import Origin
from obskit.semantics import Attributes, SpanMeaning, span_meaning
from obskit.traceql import Parsed, parse
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traced:
    """One TraceQL query. `meaning` is None exactly when it has no tree. `is_instant` tells one value from values over time.

    That of an alert has `rule` set; its `panel` and `board` are stand-ins of no kind and without options, so that what is said of
    what panels draw passes it by.
    """

    text: str
    parsed: Parsed
    meaning: SpanMeaning | None
    board: Board
    panel: Panel
    query: Query
    origin: Origin | None
    waive: tuple[Waive, ...] = ()
    rule: RuleView | None = None

    @property
    def who(self) -> str:
        """How messages call what asks it."""
        return self.panel.name if self.rule is None else f'alert "{self.rule.name}"'

    @property
    def is_metrics(self) -> bool:
        return self.parsed.kind == "metrics"

    @property
    def is_instant(self) -> bool:
        return self.query.json.get("metricsQueryType") == "instant"

    def said(self) -> dict[str, Any]:
        """Its meaning for people and programs."""
        meaning = self.meaning
        assert meaning is not None
        unit = meaning.unit
        return {
            "kind": self.parsed.kind,
            "result": meaning.function or "spans",
            "unit": None if unit is None else unit.unit.name + (f" per {unit.per}" if unit.per else ""),
            "grafana_unit": (unit.grafana or None) if unit is not None else None,
            "labels": [str(field) for field in meaning.by],
            "other_labels": False,
            "values": {},
            "bounds": [None, None],
            "signals": list(dict.fromkeys(str(field) for field in self.parsed.fields)),
            "unknown": [],
        }


def traced(board: Board, known: Attributes, values: Mapping[str, str]) -> Iterator[Traced]:
    """Every TraceQL query of a board that is asked as text, in the order of its JSON; `values` are those of its variables."""
    for panel, query in board.queries():
        if query.language == "traceql" and query.text and query.json.get("queryType", "traceql") in ("traceql", ""):
            parsed = parse(query.text, values)
            yield Traced(
                text=query.text,
                parsed=parsed,
                meaning=span_meaning(parsed, known),
                board=board,
                panel=panel,
                query=query,
                origin=query.origin,
                waive=panel.waive + board.waive,
            )


def of_alerts(file: RuleFile, known: Attributes) -> Iterator[Traced]:
    """The queries of the alerts on spans in a file."""
    board = Board(uid="", title=file.name, folder="", module=file.module, json={}, panels=(), variables=())
    for _, rule in file.rules():
        if rule.trace is None:
            continue
        text, target = rule.trace.query, {"queryType": "traceql", "metricsQueryType": "instant"}
        query = Query(text=text, language="traceql", ref="A", datasource="", json=target, origin=rule.origin)
        panel = Panel(id=0, kind="", title="", row="", key="", queries=(query,), json={}, origin=rule.origin, waive=rule.waive)
        parsed = parse(text)
        yield Traced(
            text=text,
            parsed=parsed,
            meaning=span_meaning(parsed, known),
            board=board,
            panel=panel,
            query=query,
            origin=rule.origin,
            waive=rule.waive,
            rule=rule,
        )
