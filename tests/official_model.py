"""What Grafana's own model of a dashboard (grafana-foundation-sdk 0.0.21, from the kinds of Grafana 13.0) would lose of a board.

The board is decoded into the model and encoded again; a path of ours that does not come back is a key that Grafana does not know
at that place, or a value of the wrong shape. The model does not check enumerations, knows no `alertlist` and no `traces` panel, and
keeps panels and targets of kinds it does not know as they are: those pass unchecked.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

PANEL_GAPS = {
    "": r"fieldConfig\.defaults\.unitScale|autoMigrateFrom|options\.legend\.(limit|overflow)",
    "gauge": r"options\.(neutral|textMode|shape|bar\w+|segment\w+|endpointMarker|sparkline|effects)\b.*",
    "heatmap": r"options\.(annotations|legend\.(placement|width)|rowsFrame\.yBucketScale)\b.*",
    "logs": (
        r"options\.(show(Level|LogAttributes|FieldSelector)|allowDownload|displayedFields|controlsStorageKey|detailsMode|fontSize"
        r"|unwrappedColumns|noInteractions|timestampResolution)\b.*"
    ),
    "nodeGraph": r"options\.layoutAlgorithm",
    "piechart": r"options\.sort",
    "state-timeline": r"options\.annotations\b.*",
    "table": (
        r"options\.(maxRowHeight|enablePagination|pageSize|disableKeyboardEvents|frozenColumns)\b.*"
        r"|fieldConfig\.defaults\.custom\.(footer|hideFrom|sortable|styleField|tooltip|wrapHeaderText|wrapText)\b.*"
    ),
    "text": r"options\.renderMode",
    "timeseries": (
        r"options\.(annotations|disableKeyboardEvents|timeCompare|legend\.(enableFacetedFilter|facetedFilterPinned))\b.*"
        r"|fieldConfig\.defaults\.custom\.showValues"
    ),
}
"""Keys of Grafana 13.2 that the model lacks, by panel type ("" is every type), as patterns of the path inside the panel."""

TARGET_GAPS = {
    "loki": r"maxLines",
    "prometheus": r"disableTextWrap|fullMetaSearch|includeNullMetadata|useBackend|fromExploreMetrics",
    "tempo": r"serviceMapUseNativeHistograms|overrideStreamingEnabled|(filters|groupBy)\[\d+\]\.(label|isCustomValue)",
}
"""The same for targets, by datasource type."""

BOARD_GAPS = r"templating\.list\[\d+\]\.(regexApplyTo|((filters|baseFilters|defaultKeys)\b.*))"
"""The same for the board outside its panels."""


def require_model() -> None:
    """Skips the test when the package is missing, or fails it where OBSKIT_REQUIRE_TOOLS=1 says that everything is installed."""
    if importlib.util.find_spec("grafana_foundation_sdk") is not None:
        return
    if os.environ.get("OBSKIT_REQUIRE_TOOLS") == "1":
        pytest.fail("grafana-foundation-sdk is not installed, and OBSKIT_REQUIRE_TOOLS=1 forbids to skip")
    pytest.skip("grafana-foundation-sdk is not installed")


def encoded(board: dict[str, Any]) -> dict[str, Any]:
    """The board as the official model writes it."""
    require_model()
    return _board(board)


def dropped(board: dict[str, Any]) -> list[str]:
    """The paths of a board that the official model loses or changes, such as `panels[2].options.bogus`; the board is left as it is.

    Raises whatever the model raises on a shape that it cannot decode, such as a datasource that is a string.
    """
    require_model()
    frame = {key: value for key, value in board.items() if key != "panels"}
    paths = [path for path in _lost(frame, _board(frame)) if not re.fullmatch(BOARD_GAPS, path)]
    return paths + [path for index, panel in enumerate(board.get("panels", [])) for path in _lost_of_panel(panel, f"panels[{index}]")]


def _lost_of_panel(panel: dict[str, Any], place: str) -> Iterator[str]:
    bare = {key: value for key, value in panel.items() if key not in ("panels", "targets")}
    whole = {"type": "library-panel-ref", **bare, **({"panels": []} if "panels" in panel else {})}
    kind = panel.get("type", "")
    gaps = f"{PANEL_GAPS['']}|{PANEL_GAPS.get(kind, PANEL_GAPS[''])}"
    yield from (f"{place}.{path}" for path in _lost(bare, _board({"panels": [whole]})["panels"][0]) if not re.fullmatch(gaps, path))
    for index, target in enumerate(panel.get("targets", [])):
        source = (target.get("datasource") or panel.get("datasource") or {}).get("type", "")
        lost = [path for path in _lost(target, _target(target, source)) if not re.fullmatch(TARGET_GAPS.get(source, "(?!)"), path)]
        yield from (f"{place}.targets[{index}].{path}" for path in lost)
    for index, inner in enumerate(panel.get("panels", [])):
        yield from _lost_of_panel(inner, f"{place}.panels[{index}]")


def _lost(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            inner = f"{path}.{key}" if path else key
            if key in theirs or value is None:
                yield from _lost(value, theirs.get(key), inner)
            else:
                yield inner
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _lost(mine, other, f"{path}[{index}]")
    elif ours != theirs or isinstance(ours, bool) != isinstance(theirs, bool):
        yield path


def _board(frame: dict[str, Any]) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the package prefers its models of the newer dashboard resource
        from grafana_foundation_sdk.models import dashboard
    _register()
    model: dict[str, Any] = _plain(dashboard.Dashboard.from_json(json.loads(json.dumps(frame))))
    return model


def _target(target: dict[str, Any], source: str) -> dict[str, Any]:
    """Decoded by its own datasource type: the model goes by the panel's, which is wrong where a panel mixes datasources."""
    from grafana_foundation_sdk.cog import runtime

    _register()
    model: dict[str, Any] = _plain(runtime.dataquery_from_json(json.loads(json.dumps(target)), source))
    return model


def _register() -> None:
    from grafana_foundation_sdk.cog import plugins

    plugins.register_default_plugins()


def _plain(value: Any) -> Any:
    from grafana_foundation_sdk.cog import encoder

    return json.loads(json.dumps(value, cls=encoder.JSONEncoder))
