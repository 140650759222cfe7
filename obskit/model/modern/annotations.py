"""The annotation queries of a board."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import records
from obskit.model.modern.sources import Sources, annotation_source


def annotation_queries(given: object, sources: Sources) -> list[Json]:
    return [_annotation(item, sources) for item in records(given)]


def _annotation(item: Json, sources: Sources) -> Json:
    out = dict(item)
    likely = "prometheus" if item.get("expr") else ""
    source = annotation_source(sources, item.get("datasource"), likely)
    if source is None and likely:
        source = sources.default()
    elif source is None and item.get("builtIn"):
        source = {"type": "grafana", "uid": "-- Grafana --"}
    out.pop("datasource", None)
    if source:
        out["datasource"] = source
    return out
