"""One query by itself, understood with what is known of a project."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from obskit.analysis.analysed import Analysed, run
from obskit.model import GroupView, RuleFile, RuleView, view
from obskit.origin import Origin

Place = Literal["panel", "alert", "record"]
"""Where a query is thought to stand: what is right in a panel can be wrong in an alert."""

LANGUAGES = {"promql": "prometheus", "traceql": "tempo"}
_NAME = "query"


def alone(known: Analysed, text: str, *, language: str = "promql", place: Place = "panel") -> Analysed:
    """The project `known` with nothing in it but this query; its metrics, records, services and settings are those of `known`.

    What did not load is missing in it too: `faults` stay. Signals and attributes are known, and not looked at by themselves.
    """
    empty = replace(known.project, signals=(), attributes=(), boards=(), rule_files=(), trace_alerts=(), extras=(), files=(), findings=())
    origin = Origin(_NAME)
    if place == "panel":
        empty = replace(empty, boards=(view(_board(text, language), origin=origin),))
    else:
        rule = RuleView(kind=place, name=_NAME, expr=text, json={place: _NAME, "expr": text}, origin=origin)
        group = GroupView(name=_NAME, rules=(rule,), json={"name": _NAME}, origin=origin)
        empty = replace(empty, rule_files=(RuleFile(name=_NAME, module=_NAME, groups=(group,)),))
    return run(empty, known)


def _board(text: str, language: str) -> dict[str, object]:
    key = "expr" if language == "promql" else "query"
    source = {"type": LANGUAGES[language], "uid": "${datasource}"}
    target = {"refId": "A", "datasource": source, key: text}
    panel = {"type": "timeseries", "title": _NAME, "id": 1, "datasource": source, "targets": [target]}
    return {"title": _NAME, "uid": _NAME, "panels": [panel]}
