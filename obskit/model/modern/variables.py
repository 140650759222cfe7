"""Template variables, each kind with the members that it has today."""

from __future__ import annotations

import re
from typing import Any

from obskit.model.choices import BLANK, custom_choices
from obskit.model.json import NOTE, Json
from obskit.model.modern.reading import record, records, word
from obskit.model.modern.sources import DEFAULT, Sources

DEAD = frozenset(
    [
        "useTags",
        "tagsQuery",
        "tagValuesQuery",
        "tags",
        "allFormat",
        "multiFormat",
        "hideLabel",
        "hideVariable",
        "datasource",
        "current",
        "options",
        "refresh",
        "sort",
        "error",
        "state",
        "global",
        "index",
        "rootStateKey",
    ]
)
"""Members that are gone, that are only a memory of the browser, or that are set anew."""

ASSUMED: Json = {
    "hide": 0,
    "multi": False,
    "includeAll": False,
    "skipUrlSync": False,
    "regex": "",
    "allValue": "",
    "label": "",
    "description": "",
}

UNUSED: dict[str, frozenset[str]] = {
    "custom": frozenset(("regex",)),
    "constant": frozenset(("regex", "multi", "includeAll", "allValue")),
    "textbox": frozenset(("regex", "multi", "includeAll", "allValue")),
    "interval": frozenset(("regex", "multi", "includeAll", "allValue")),
    "adhoc": frozenset(("regex", "multi", "includeAll", "allValue", "query")),
}
"""Members that the kind has no use for, though grafanalib writes them on all."""

REFRESHED = frozenset({"query", "interval", "datasource"})
LISTED = frozenset({"custom", "interval", "textbox", "constant"})

QUERIES: tuple[tuple[str, int], ...] = (("label_values(", 1), ("label_names(", 0), ("metrics(", 2), ("query_result(", 3))
"""Prometheus's query functions for variables, and the number of each in Grafana's editor; 5 is any other text."""

NO_CHOICE: tuple[Any, ...] = (None, [], {})

EDITOR = "PrometheusVariableQueryEditor-VariableQuery"

_VARIABLE = re.compile(r"\$|\[\[")
_SINGLE = re.compile(r"\$\{(\w+)\}")


def variable(item: Json, sources: Sources, constants: dict[str, Any]) -> Json:
    """One variable. `constants` are the values of the import dialog's constants, by name."""
    kind = word(item.get("type")) or "query"
    unused = UNUSED.get(kind, frozenset())
    out: Json = {"type": kind, "name": word(item.get("name"))}
    for key, value in item.items():
        if key in DEAD or key in unused or key in out or key == NOTE or (key in ASSUMED and ASSUMED[key] == value):
            continue
        if key in ("auto", "auto_min", "auto_count") and not (kind == "interval" and item.get("auto")):
            continue
        out[key] = value
    if hidden := 2 if item.get("hideVariable") else 1 if item.get("hideLabel") else 0:
        out.setdefault("hide", hidden)
    if kind in REFRESHED and isinstance(item.get("refresh"), int):
        out["refresh"] = int(item["refresh"])
    if kind == "query" and item.get("sort") is not None:
        out["sort"] = item["sort"]
    _query(item, kind, out, sources, constants)
    _choice(item, kind, out)
    if NOTE in item:
        out[NOTE] = item[NOTE]
    return out


def default_source() -> Json:
    """The variable that stands for the default datasource."""
    return {"type": "datasource", "name": DEFAULT, "label": "Data source", "query": "prometheus"}


def _query(item: Json, kind: str, out: Json, sources: Sources, constants: dict[str, Any]) -> None:
    query = out.get("query")
    if kind == "constant" and isinstance(query, str) and (match := _SINGLE.fullmatch(query)) and match[1] in constants:
        out["query"] = constants[match[1]]
    if kind not in ("query", "adhoc", "groupby"):
        return
    text = query if isinstance(query, str) else str(record(query).get("query") or "")
    editor = next((number for start, number in QUERIES if text.lstrip().startswith(start)), 5)
    likely = "prometheus" if kind == "query" and editor != 5 else ""
    source = sources.reference(item.get("datasource"), likely) or (sources.default() if likely else None)
    if source:
        out["datasource"] = source
    if kind == "query" and (source or {}).get("type") == "prometheus" and text:
        out.setdefault("definition", text)
        if isinstance(query, str):
            out["query"] = {"qryType": editor, "query": text, "refId": EDITOR}


def _choice(item: Json, kind: str, out: Json) -> None:
    given, options = record(item.get("current")), records(item.get("options"))
    if kind == "custom" and options:
        given, options = _as_read(item, given, options)
    text, value = given.get("text"), given.get("value")
    if text is None:
        text = value
    if value is None:
        value = text
    if out.get("includeAll") and value in ("All", ["All"]):
        value = "$__all"
    many = bool(out.get("multi"))
    if value not in NO_CHOICE and _counted(value, many) not in NO_CHOICE and kind != "adhoc":
        out["current"] = {"text": _counted(text, many), "value": _counted(value, many)}
    if options and (kind in LISTED or (kind == "query" and not out.get("refresh"))):
        out["options"] = options


def _as_read(item: Json, given: Json, options: list[Json]) -> tuple[Json, list[Json]]:
    """What a custom variable starts with and offers, as Grafana reads its query; grafanalib knows no comma in a choice, and no label."""
    query = item.get("query")
    plain = query if isinstance(query, str) and item.get("valuesFormat") != "json" and not _VARIABLE.search(query) else ""
    read = custom_choices(plain)
    every = [option for option in options if option.get("value") == "$__all"]
    offered = [(option.get("text"), option.get("value")) for option in options if option not in every]
    if not read or offered == [(choice.label, choice.value) for choice in read]:
        return given, options
    value = given.get("value")
    chosen = next((one for one in read if isinstance(value, str) and value.strip(BLANK) in (one.value, one.written)), None)
    if chosen:
        given = {**given, "text": chosen.label, "value": chosen.value}
    made = [{"selected": choice is chosen, "text": choice.label, "value": choice.value} for choice in read]
    return given, every + made


def _counted(value: Any, many: bool) -> Any:
    if isinstance(value, list):
        return value if many or len(value) != 1 else value[0]
    return [value] if many else value
