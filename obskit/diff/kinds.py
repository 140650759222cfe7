"""What Grafana takes for granted by the kind of a panel: written out, it is no change; to another kind it is what that shows.

Source: the options and field configs of Grafana's panels (`panelcfg.gen.ts` and `module.tsx` of Grafana 11 to 13), where the
versions agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from obskit.model import Json
from obskit.model.modern.field import CUSTOM as READ

_REDUCED: Json = {"reduceOptions": {"values": False, "calcs": ["lastNotNull"], "fields": ""}, "orientation": "auto"}
_SHOWN: Json = {"hideFrom": READ["timeseries"]["hideFrom"]}
UNREAD: Mapping[str, Json] = MappingProxyType(
    {
        "trend": READ["timeseries"],
        "candlestick": READ["timeseries"],
        "status-history": {**_SHOWN, "fillOpacity": 70, "lineWidth": 1},
        "xychart": {"show": "points", "pointSize": {"fixed": 5}, "pointShape": "circle", "pointStrokeWidth": 1, "fillOpacity": 50},
        "piechart": _SHOWN,
        "heatmap": {**_SHOWN, "scaleDistribution": {"type": "linear"}},
    }
)
"""Of `fieldConfig.defaults.custom`, what the neutral form keeps where it is written out."""
CUSTOM: Mapping[str, Json] = MappingProxyType({**READ, **UNREAD})
"""Of `fieldConfig.defaults.custom`."""
OPTIONS: Mapping[str, Json] = MappingProxyType(
    {
        "stat": {
            **_REDUCED, "graphMode": "area", "colorMode": "value", "justifyMode": "auto", "textMode": "auto", "wideLayout": True,
            "showPercentChange": False, "percentChangeColorMode": "standard",
        },
        "gauge": {
            **_REDUCED, "showThresholdLabels": False, "showThresholdMarkers": True, "sizing": "auto", "minVizWidth": 75,
            "minVizHeight": 75,
        },
        "bargauge": {
            **_REDUCED, "displayMode": "gradient", "valueMode": "color", "namePlacement": "auto", "showUnfilled": True,
            "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16, "maxVizHeight": 300,
        },
        "table": {"frameIndex": 0, "showHeader": True, "cellHeight": "sm", "showTypeIcons": False},
        "piechart": {**_REDUCED, "pieType": "pie", "displayLabels": []},
        "xychart": {"mapping": "auto", "series": []},
        "heatmap": {
            "calculate": False, "cellGap": 1, "showValue": "auto", "legend": {"show": True},
            "color": {
                "mode": "scheme", "scheme": "Oranges", "fill": "dark-orange", "scale": "exponential", "reverse": False, "exponent": 0.5,
                "steps": 64,
            },
            "rowsFrame": {"layout": "auto"}, "yAxis": {"axisPlacement": "left", "reverse": False},
            "tooltip": {"mode": "single", "yHistogram": False, "showColorScale": False},
            "exemplars": {"color": "rgba(255,0,255,0.7)"}, "filterValues": {"le": 1e-9},
        },
        "barchart": {
            "orientation": "auto", "stacking": "none", "showValue": "auto", "barWidth": 0.97, "groupWidth": 0.7, "barRadius": 0,
            "fullHighlight": False, "xTickLabelRotation": 0, "xTickLabelSpacing": 0,
        },
        "histogram": {"bucketOffset": 0, "bucketCount": 30, "combine": False},
        "state-timeline": {"showValue": "auto", "rowHeight": 0.9, "mergeValues": True, "alignValue": "left"},
        "status-history": {"showValue": "auto", "rowHeight": 0.9, "colWidth": 0.9},
    }
)  # fmt: skip
"""Of `options`; legend and tooltip are alike for all kinds but heatmaps (see `assumed`)."""
PLACES: tuple[tuple[tuple[str, ...], Mapping[str, Json]], ...] = (
    (("options",), OPTIONS), (("fieldConfig", "defaults", "custom"), CUSTOM),
)  # fmt: skip
"""Where a panel holds what only its kind knows."""


def filled(given: Any, assumed: Json) -> Any:
    """What is given, with what is taken for granted beside it."""
    if not isinstance(given, dict):
        return given if given is not None else assumed
    own = {key: filled(value, assumed[key]) if isinstance(assumed.get(key), dict) else value for key, value in given.items()}
    return {**assumed, **own}


def differing(before: Any, after: Any, kinds: tuple[str, str], assumed: Mapping[str, Json]) -> tuple[Any, Any]:
    """Of what two panels of different kinds say, what shows otherwise: what is taken for granted on both sides follows from the kind."""
    if not isinstance(before, dict | None) or not isinstance(after, dict | None):
        return before, after
    one, two = before or {}, after or {}
    granted = [assumed.get(kind, {}) for kind in kinds]
    full = [filled(given, own) for given, own in zip((one, two), granted, strict=True)]
    meant = [key for key in {**one, **two} if any(not _alike(side.get(key), own.get(key)) for side, own in zip(full, granted, strict=True))]
    keys = [key for key in meant if not _alike(full[0].get(key), full[1].get(key))]
    return {key: one[key] for key in keys if key in one}, {key: two[key] for key in keys if key in two}


def _alike(one: Any, two: Any) -> bool:
    return bool(one == two) and isinstance(one, bool) == isinstance(two, bool)
