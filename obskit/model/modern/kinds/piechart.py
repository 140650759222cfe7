"""The piechart plug-in as today's own pie chart."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.kinds.colours import painted
from obskit.model.modern.kinds.reduced import reduction
from obskit.model.modern.kinds.singlestat import CALCULATIONS
from obskit.model.modern.reading import items, number, record, word

PLACEMENTS = {"Right side": "right", "Under graph": "bottom"}


def piechart(panel: Json) -> Json:
    config = record(panel.get("fieldConfig"))
    legend = record(panel.get("legend"))
    on_graph = panel.get("legendType") == "On graph"
    options = {
        "pieType": "donut" if panel.get("pieType") == "donut" else "pie",
        "reduceOptions": reduction({"calcs": [_calculation(panel)]}),
        "displayLabels": ["name"] if on_graph and legend.get("show") is not False else [],
        "legend": _legend(panel, legend, on_graph),
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return {
        **panel,
        "type": "piechart",
        "fieldConfig": {
            "defaults": {
                "unit": panel.get("format"),
                "decimals": number(panel.get("decimals")),
                "color": {"mode": "palette-classic"},
                **record(config.get("defaults")),
            },
            "overrides": [*painted(panel.get("aliasColors")), *items(config.get("overrides"))],
        },
        "options": {**options, **record(panel.get("options"))},
    }


def _calculation(panel: Json) -> str:
    name = word(panel.get("valueName")) or "current"
    return CALCULATIONS.get(name, name)


def _legend(panel: Json, legend: Json, on_graph: bool) -> Json:
    values = [name for name, key in (("value", "values"), ("percent", "percentage")) if legend.get(key)]
    return {
        "showLegend": legend.get("show") is not False and not on_graph,
        "displayMode": "table" if values else "list",
        "placement": PLACEMENTS.get(word(panel.get("legendType")), "bottom"),
        "calcs": [],
        "values": values,
    }
