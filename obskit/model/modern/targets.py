"""The targets of a panel: its queries.

Known are those of Prometheus, Loki and Tempo and the members grafanalib's `Target` puts on all; the others keep what they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from obskit.model.json import NOTE, Json
from obskit.model.modern.reading import records, word
from obskit.model.modern.sources import Sources, guess

PROMETHEUS_DEAD = frozenset(
    ["metric", "step", "target", "query", "requestId", "instant", "range", "refId", "datasource", "expr", "editorMode"]
)
"""Members of a Prometheus target that no Grafana reads any more, or that are set anew."""

PROMETHEUS_ASSUMED: dict[str, tuple[Any, ...]] = {
    "intervalFactor": (1, 2),
    "legendFormat": ("",),
    "format": ("time_series", ""),
    "hide": (False,),
    "interval": ("",),
    "exemplar": (False,),
}
"""What is as good as absent; an interval factor of 2, grafanalib's default, doubles every step."""

GRAFANALIB: Json = {
    "step": 10,
    "intervalFactor": 2,
    "metric": "",
    "target": "",
    "query": "",
    "expr": "",
    "legendFormat": "",
    "interval": "",
    "instant": False,
}
"""What grafanalib's `Target` writes for every language when the author wrote nothing."""


def targets(panel: Json, kind: str, source: Json | None, sources: Sources) -> list[Json]:
    """The targets of `panel`, whose own datasource is `source`, each with its datasource and reference."""
    given = records(panel.get("targets"))
    inherited = None if source and source.get("uid") == "-- Mixed --" else source
    taken = {word(item.get("refId")) for item in given}
    free = (ref for ref in _letters() if ref not in taken)
    return [_target(item, word(item.get("refId")) or next(free), kind, inherited, sources) for item in given]


def _target(item: Json, ref: str, kind: str, inherited: Json | None, sources: Sources) -> Json:
    likely = guess(item, kind)
    source = sources.reference(item.get("datasource"), likely) or (dict(inherited) if inherited else None)
    if source is None and likely == "prometheus":
        source = sources.default()
    type_ = (source or {}).get("type") or likely
    out: Json = {"refId": ref}
    if source:
        out["datasource"] = source
    out.update(_prometheus(item) if type_ == "prometheus" else _other(item, type_))
    if NOTE in item:
        out[NOTE] = item[NOTE]
    return out


def _prometheus(item: Json) -> Json:
    out: Json = {"editorMode": item.get("editorMode") or "code", "expr": item.get("expr") or ""}
    for key, value in item.items():
        if key in PROMETHEUS_DEAD or key == NOTE or value in PROMETHEUS_ASSUMED.get(key, ()):
            continue
        out[key] = value
    instant = bool(item.get("instant"))
    if instant:
        out["instant"] = True
    out["range"] = bool(item.get("range")) or not instant
    return out


def _other(item: Json, type_: str) -> Json:
    out: Json = {key: value for key, value in item.items() if key not in ("refId", "datasource", NOTE)}
    if out.get("hide") is False:
        del out["hide"]
    if not ("step" in item and "intervalFactor" in item and "metric" in item):
        return out
    out = {key: value for key, value in out.items() if key not in GRAFANALIB or GRAFANALIB[key] != value}
    if type_ == "tempo" and out.get("expr") and out.get("query") == out["expr"]:
        del out["expr"]
        out.setdefault("queryType", "traceql")
    if type_ == "loki" and out.get("query") == out.get("expr"):
        out.pop("query", None)
        out.setdefault("queryType", "instant" if out.pop("instant", False) else "range")
    if type_ in ("tempo", "loki") and out.get("format") == "time_series":
        del out["format"]
    return out


def _letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, …"""
    for index in count():
        name, rest = "", index
        while rest >= 0:
            name = chr(ord("A") + rest % 26) + name
            rest = rest // 26 - 1
        yield name
