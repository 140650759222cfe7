"""Tables since Grafana 7: members that grafanalib puts at the root, and the footer of before Grafana 13."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import items, record


def is_old_table(panel: Json) -> bool:
    """Whether it is the table of before Grafana 7, which is known by its column styles."""
    return isinstance(panel.get("styles"), list)


def table(panel: Json) -> Json:
    config, options = record(panel.get("fieldConfig")), record(panel.get("options"))
    defaults = dict(record(config.get("defaults")))
    for key in ("color", "mappings"):
        if panel.get(key):
            defaults.setdefault(key, panel[key])
    overrides = list(items(config.get("overrides")))
    footer = record(options.get("footer"))
    if footer.get("show"):
        _foot(footer, defaults, overrides)
    kept = {key: value for key, value in options.items() if key != "footer"}
    if footer.get("enablePagination"):
        kept.setdefault("enablePagination", True)
    return {**panel, "fieldConfig": {"defaults": defaults, "overrides": overrides}, "options": kept}


def _foot(footer: Json, defaults: Json, overrides: list[Json]) -> None:
    """The footer's reducers on every column, or on the columns it names."""
    reducers = ["countAll"] if footer.get("countRows") else items(footer.get("reducer"))
    if not reducers:
        return
    names = items(footer.get("fields"))
    if not names:
        defaults["custom"] = {"footer": {"reducers": reducers}, **record(defaults.get("custom"))}
        return
    for name in names:
        shown = [{"id": "custom.footer", "value": {"reducers": reducers}}]
        overrides.append({"matcher": {"id": "byName", "options": name}, "properties": shown})
