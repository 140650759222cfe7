"""Value mappings of every age to Grafana's four kinds: value, range, regex, special.

The ages: objects with a word as type (Grafana 8 on), objects with type 1 or 2 (Grafana 6 and 7), `{op, value, text}` and `{from, to, text}`
of the singlestat panel.
"""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import number, record, records

SPECIAL = {"null": "null", "nan": "nan", "NaN": "nan", "true": "true", "false": "false"}
"""Texts that the older kinds could only match as a value, and their match today."""


def mappings(given: object) -> list[Json]:
    """The mappings in order; older value mappings are gathered into one, at the place of the first."""
    result: list[Json] = []
    gathered: Json = {}
    for place, item in enumerate(records(given)):
        if item.get("type") in ("value", "range", "regex", "special"):
            result.append(_modern(item))
        elif isinstance(item.get("options"), dict):
            continue
        else:
            _older(item, place, gathered, result)
    return result


def _modern(item: Json) -> Json:
    options = record(item.get("options"))
    if item["type"] == "value":
        return {"type": "value", "options": {key: _result(record(value)) for key, value in options.items()}}
    kept = dict(options)
    if item["type"] == "special":
        kept.setdefault("match", "null")
    kept["result"] = _result(record(options.get("result")))
    return {"type": item["type"], "options": kept}


def _older(item: Json, place: int, gathered: Json, result: list[Json]) -> None:
    shown = _result({"text": str(item.get("text", "")), "color": item.get("color"), "index": place})
    value = item.get("value")
    if _is_range(item):
        start, end = item.get("from"), item.get("to")
        if "null" in (start, end):
            result.append({"type": "special", "options": {"match": "null", "result": shown}})
            return
        bounds = {key: read for key, text in (("from", start), ("to", end)) if (read := number(text)) is not None}
        if bounds:
            result.append({"type": "range", "options": {**bounds, "result": shown}})
    elif value is None or value == "null":
        result.append({"type": "special", "options": {"match": "null", "result": shown}})
    elif isinstance(value, str) and value in SPECIAL:
        result.append({"type": "special", "options": {"match": SPECIAL[value], "result": shown}})
    elif value != "":
        if not gathered:
            result.append({"type": "value", "options": gathered})
        gathered[str(value)] = shown


def _is_range(item: Json) -> bool:
    kind = item.get("type")
    return kind in (2, "2") or (kind not in (1, "1") and "value" not in item)


def _result(given: Json) -> Json:
    return {key: value for key, value in given.items() if value is not None and not (key == "color" and value == "")}
