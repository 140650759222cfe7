"""Datasource references: names, variables and nothing at all become the objects `{type, uid}` that Grafana wants.

A name stays a name: Grafana looks for a uid first and for a name next. What is meant by nothing is Grafana's default datasource; where the
queries are Prometheus's, the variable "datasource" is put in its place, which the board is then given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from obskit.model.json import Json
from obskit.model.modern.reading import records, word

DEFAULT = "datasource"
"""Name of the variable that stands for the default datasource of Prometheus queries."""

BUILT_IN = frozenset({"-- Mixed --", "-- Grafana --", "-- Dashboard --"})
EXPRESSION = frozenset({"__expr__", "-100"})
NOTHING = (None, "", "default")

MARKS: tuple[tuple[str, str], ...] = (
    ("bucketAggs", "elasticsearch"),
    ("metricName", "cloudwatch"),
    ("logGroupNames", "cloudwatch"),
    ("azureMonitor", "grafana-azure-monitor-datasource"),
    ("measurement", "influxdb"),
    ("downsampleAggregator", "opentsdb"),
    ("humioQuery", "humio-datasource"),
)
"""Members that only the targets of one type of datasource have."""

_REFERENCE = re.compile(r"\$\{(\w+)(?:[.:][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::[^\]]*)?\]\]")


@dataclass(slots=True)
class Sources:
    """The datasource variables of one board, and whether the default one is needed."""

    types: dict[str, str]
    needed: bool = False

    @classmethod
    def of(cls, variables: list[Json]) -> Sources:
        return cls({word(item.get("name")): word(item.get("query")) for item in variables if item.get("type") == "datasource"})

    def default(self) -> Json:
        """The variable that stands for the default datasource; from now on the board needs it."""
        self.needed = True
        return {"type": "prometheus", "uid": "${" + DEFAULT + "}"}

    def reference(self, given: object, guess: str = "") -> Json | None:
        """The object for a datasource as written, of type `guess` where nothing tells the type; None for none."""
        if isinstance(given, dict):
            return self._object(given, guess)
        if not isinstance(given, str) or given in NOTHING:
            return None
        if given in BUILT_IN:
            return {"type": "datasource", "uid": given}
        if given in EXPRESSION:
            return {"type": "__expr__", "uid": "__expr__"}
        if match := _REFERENCE.fullmatch(given):
            name = match[1] or match[2] or match[3]
            return _typed(self.types.get(name) or guess, "${" + name + "}")
        return _typed(guess, given)

    def _object(self, given: Json, guess: str) -> Json | None:
        out = dict(given)
        uid = word(out.get("uid"))
        if uid in BUILT_IN or (uid == "grafana" and out.get("type") == "datasource"):
            return {"type": "datasource", "uid": "-- Grafana --" if uid == "grafana" else uid}
        if uid in EXPRESSION:
            return {"type": "__expr__", "uid": "__expr__"}
        if uid and not out.get("type"):
            match = _REFERENCE.fullmatch(uid)
            kind = (self.types.get(match[1] or match[2] or match[3]) if match else "") or guess
            return {"type": kind, **out} if kind else out
        return out or None


def annotation_source(sources: Sources, given: object, guess: str) -> Json | None:
    """As `Sources.reference`, but Grafana's own annotations are of type `grafana`."""
    found = sources.reference(given, guess)
    if found and found.get("uid") == "-- Grafana --":
        return {"type": "grafana", "uid": "-- Grafana --"}
    return found


def guess(target: Json, kind: str = "") -> str:
    """The type of datasource that `target`, on a panel of `kind`, must be for; empty if it does not show."""
    if target.get("expr"):
        return "loki" if kind == "logs" else "prometheus"
    for mark, type_ in MARKS:
        if mark in target:
            return type_
    return "graphite" if target.get("target") and isinstance(target["target"], str) else ""


def panel_source(panel: Json, kind: str, sources: Sources) -> Json | None:
    """The datasource of a panel, from what it and its targets say."""
    targets = records(panel.get("targets"))
    guesses = [guess(target, kind) for target in targets]
    written = panel.get("datasource")
    if said := sources.reference(written, next(filter(None, guesses), "")):
        return said
    found: list[Json] = []
    for target, likely in zip(targets, guesses, strict=True):
        own = sources.reference(target.get("datasource"), likely)
        if own is None and likely == "prometheus":
            own = sources.default()
        if own and own.get("type") != "__expr__" and own not in found:
            found.append(own)
    if len(found) > 1:
        return {"type": "datasource", "uid": "-- Mixed --"}
    return found[0] if found else None


def _typed(type_: str, uid: str) -> Json:
    return {"type": type_, "uid": uid} if type_ else {"uid": uid}
