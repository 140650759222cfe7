"""Foreign files in tests: a text, and what reading and checking it finds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from obskit import analysis, lint
from obskit.finding import Finding
from obskit.model import Board
from obskit.settings import Settings, Targets
from obskit.source.files import Gathered, Gathering, read

SETTINGS = Settings(root=Path("/"))
TODAY = datetime.date(2027, 1, 31)

V2 = {
    "apiVersion": "dashboard.grafana.app/v2",
    "kind": "Dashboard",
    "metadata": {"name": "shop"},
    "spec": {
        "title": "Shop",
        "cursorSync": "Crosshair",
        "annotations": [
            {
                "kind": "AnnotationQuery",
                "spec": {
                    "query": {"kind": "DataQuery", "group": "prometheus", "datasource": {"name": "${datasource}"}, "spec": {"expr": "up"}},
                    "enable": True, "name": "Deploys",
                },
            }
        ],
        "elements": {
            "panel-1": {
                "kind": "Panel",
                "spec": {
                    "id": 1, "title": "Requests", "description": "Per second.",
                    "data": {
                        "kind": "QueryGroup",
                        "spec": {
                            "queries": [
                                {
                                    "kind": "PanelQuery",
                                    "spec": {
                                        "refId": "A", "hidden": False,
                                        "query": {
                                            "kind": "DataQuery", "group": "prometheus", "datasource": {"name": "${datasource}"},
                                            "spec": {"expr": 'sum(rate(shop_requests_total{job=~"$job"}[$__rate_interval]))'},
                                        },
                                    },
                                }
                            ],
                            "transformations": [{"kind": "organize", "spec": {"id": "organize", "options": {}}}],
                            "queryOptions": {"interval": "1m"},
                        },
                    },
                    "vizConfig": {
                        "kind": "VizConfig", "group": "timeseries",
                        "spec": {"options": {}, "fieldConfig": {"defaults": {"unit": "reqps"}, "overrides": []}},
                    },
                },
            },
            "panel-2": {"kind": "LibraryPanel", "spec": {"id": 2, "title": "Shared", "libraryPanel": {"name": "n", "uid": "u"}}},
        },
        "layout": {
            "kind": "RowsLayout",
            "spec": {
                "rows": [
                    {
                        "kind": "RowsLayoutRow",
                        "spec": {
                            "title": "Traffic", "repeat": {"mode": "variable", "value": "job"},
                            "layout": {
                                "kind": "GridLayout",
                                "spec": {
                                    "items": [
                                        {
                                            "kind": "GridLayoutItem",
                                            "spec": {"x": 0, "y": 0, "width": 12, "height": 8, "element": {"name": name}},
                                        }
                                        for name in ("panel-1", "panel-2")
                                    ]
                                },
                            },
                        },
                    }
                ]
            },
        },
        "timeSettings": {"from": "now-1h", "to": "now", "autoRefresh": "30s"},
        "variables": [
            {"kind": "DatasourceVariable", "spec": {"name": "datasource", "pluginId": "prometheus", "refresh": "onDashboardLoad"}},
            {
                "kind": "QueryVariable",
                "spec": {
                    "name": "job", "refresh": "onTimeRangeChanged", "sort": "alphabeticalAsc", "multi": True,
                    "query": {
                        "kind": "DataQuery", "group": "prometheus", "datasource": {"name": "${datasource}"},
                        "spec": {"query": "label_values(up, job)"},
                    },
                },
            },
        ],
    },
}  # fmt: skip
"""A dashboard resource as Grafana 13 stores it, without what nobody asks about."""


def gathered(text: str | bytes, name: str = "a.yaml", *, prometheus: str = "3.0") -> Gathered:
    raw = text.encode() if isinstance(text, str) else text
    gathering = Gathering(replace(SETTINGS, targets=Targets(prometheus=prometheus)))
    gathering.add(read(raw, name), name)
    return gathering.gathered


def checked(text: str | bytes, name: str = "a.yaml", *, prometheus: str = "3.0") -> list[Finding]:
    """What reading and all checks find."""
    found = gathered(text, name, prometheus=prometheus)
    project = found.project(replace(SETTINGS, targets=Targets(prometheus=prometheus)))
    return [*project.findings, *lint.run(analysis.run(project), today=TODAY)]


def said(text: str | bytes, name: str = "a.yaml", *, prometheus: str = "3.0") -> list[str]:
    """What reading alone finds: `line: severity: message [id]`."""
    return [shown(one) for one in gathered(text, name, prometheus=prometheus).findings]


def shown(finding: Finding) -> str:
    line = finding.origin.line if finding.origin else 0
    return f"{line}: {finding.severity}: {finding.message} [{finding.id}]"


def board(data: Any) -> Board:
    """The one dashboard that `data` is."""
    (found,) = gathered(json.dumps(data, indent=1), "b.json").boards
    return found


def places(data: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of all parts of JSON."""
    items: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    return [place, *(inner for key, value in items for inner in places(value, (*place, key)))]


def changed(data: Any, place: tuple[str | int, ...], change: Callable[[Any], Any]) -> Any:
    """A copy with the part at `place` changed; the data themselves where there is no such part any more."""
    if not place:
        return change(data)
    key, rest = place[0], place[1:]
    if isinstance(data, dict) and key in data:
        return {**data, key: changed(data[key], rest, change)}
    if isinstance(data, list) and isinstance(key, int) and key < len(data):
        return [*data[:key], changed(data[key], rest, change), *data[key + 1 :]]
    return data
