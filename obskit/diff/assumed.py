"""What Grafana takes for granted where a member is absent, so that writing it out is no change.

Source: `@grafana/schema` of Grafana 13 (dashboard kind and the options of its panels), as far as a default does not depend on the
kind of panel or on another member.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

ASSUMED: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "asDropdown": (False,),
        "axisBorderShow": (False,),
        "axisCenteredZero": (False,),
        "axisGridShow": (True,),
        "axisPlacement": ("auto",),
        "exemplar": (False,),
        "graphTooltip": (0,),
        "hide": (False, 0),
        "hideTimeOverride": (False,),
        "includeAll": (False,),
        "includeVars": (False,),
        "insertNulls": (False,),
        "instant": (False,),
        "intervalFactor": (1,),
        "keepTime": (False,),
        "liveNow": (False,),
        "multi": (False,),
        "orientation": ("auto",),
        "preload": (False,),
        "repeatDirection": ("h",),
        "shown in the layout": (True,),
        "skipUrlSync": (False,),
        "spanNulls": (False,),
        "targetBlank": (False,),
        "transparent": (False,),
        "weekStart": ("browser",),
        "fiscalYearStartMonth": (0,),
        "enable": (True,),
        "editable": (True,),
        "editorMode": ("code", "builder"),
        "allowCustomValue": (True,),
        "legend.displayMode": ("list",),
        "legend.placement": ("bottom",),
        "legend.showLegend": (True,),
        "scaleDistribution.type": ("linear",),
        "stacking.mode": ("none",),
        "thresholdsStyle.mode": ("off",),
        "tooltip.mode": ("single",),
        "tooltip.sort": ("none",),
    }
)
"""Last key of a path, or its last two, to the values that mean the same as none. Grafana's editor mode is a memory of its editor."""

SAVED = frozenset({"id", "version", "iteration", "pluginVersion", "gnetId", "__inputs", "__requires", "__elements"})
"""Members that Grafana writes when it saves or exports: they say nothing about what is shown."""
