"""The frame of a panel: the members that every kind has, apart from its queries, fields and options."""

from __future__ import annotations

from typing import Any

from obskit.model.json import NOTE, Json
from obskit.model.modern.reading import number, record, records

KEPT = frozenset(
    [
        "type",
        "id",
        "title",
        "description",
        "transparent",
        "gridPos",
        "links",
        "repeat",
        "repeatDirection",
        "maxPerRow",
        "maxDataPoints",
        "transformations",
        "interval",
        "timeFrom",
        "timeShift",
        "hideTimeOverride",
        "timeCompare",
        "libraryPanel",
        "cacheTimeout",
        "queryCachingTTL",
        "pluginVersion",
    ]
)
"""Members that Grafana reads on every panel (dashboard kind, Grafana 13), without those that have a place of their own."""

DEAD = frozenset(
    [
        "editable",
        "error",
        "span",
        "minSpan",
        "height",
        "isNew",
        "renderer",
        "alert",
        "datasource",
        "targets",
        "fieldConfig",
        "options",
        "pluginVersion",
    ]
)
"""Members that no panel needs; the last five are taken care of elsewhere or name the plugin of another day."""

ASSUMED: dict[str, Any] = {
    "transparent": False,
    "hideTimeOverride": False,
    "maxDataPoints": 100,
    "description": "",
    "links": [],
    "transformations": [],
    "interval": "",
    "timeFrom": "",
    "timeShift": "",
    "cacheTimeout": "",
    "repeat": "",
}
"""What is as good as absent. 100 data points is what grafanalib writes on every panel, and makes coarse graphs."""


def frame(raw: Json, *, known: bool) -> Json:
    """The frame, with the note. Of a plugin's panel that is not `known`, the plugin's own members stay too."""
    if known:
        out = {key: value for key, value in raw.items() if key in KEPT and not _assumed(key, value)}
    else:
        out = {key: value for key, value in raw.items() if key not in DEAD and key != NOTE and not _assumed(key, value)}
        if raw.get("pluginVersion"):
            out["pluginVersion"] = raw["pluginVersion"]
    identify(raw, out)
    if links := [_link(item) for item in records(out.pop("links", None))]:
        out["links"] = links
    if "repeat" not in out:
        out.pop("repeatDirection", None)
        out.pop("maxPerRow", None)
    elif "maxPerRow" not in out and (narrowest := number(raw.get("minSpan"))):
        out["maxPerRow"] = max(count for count in (1, 2, 3, 4, 6, 8, 12) if count == 1 or count <= 12 / narrowest)
    return out


def identify(raw: Json, out: Json) -> None:
    """Give `out` the id, place and note of `raw`, each only as far as it is complete."""
    given = raw.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        out["id"] = given
    else:
        out.pop("id", None)
    place = dict(record(raw.get("gridPos")))
    if "x" not in place or "y" not in place:
        place.pop("x", None)
        place.pop("y", None)
    if place:
        out["gridPos"] = place
    else:
        out.pop("gridPos", None)
    if NOTE in raw:
        out[NOTE] = raw[NOTE]


def _assumed(key: str, value: object) -> bool:
    return key in ASSUMED and ASSUMED[key] == value


def _link(given: Json) -> Json:
    link = dict(given)
    if link.get("targetBlank") is False:
        del link["targetBlank"]
    if not ({"type", "dashboard", "dashUri", "params"} & link.keys()):
        return link
    url = link.get("url") or (f"dashboard/{link['dashUri']}" if link.get("dashUri") else "")
    wanted = (link.get("keepTime") and "$__url_time_range", link.get("includeVars") and "$__all_variables", link.get("params"))
    if query := "&".join(part for part in wanted if part):
        url += ("&" if "?" in url else "?") + query
    blank = {"targetBlank": True} if link.get("targetBlank") else {}
    return {"title": link.get("title") or link.get("dashboard") or "", "url": url, **blank}
