"""Two states of a dashboard or rule file, and the difference between them as its reader sees it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from obskit.cli.show._difference_text import told
from obskit.diff import Difference, difference
from obskit.workflow.diff import Diffed
from obskit.workflow.sides import Reading

PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}


def target(expr: str, ref: str = "A", **more: Any) -> dict[str, Any]:
    return {"refId": ref, "datasource": PROMETHEUS, "expr": expr, "range": True, **more}


def panel(number: int, title: str, *targets: dict[str, Any], x: int = 0, y: int = 1, **more: Any) -> dict[str, Any]:
    place = {"x": x, "y": y, "w": 12, "h": 8}
    config = {"defaults": {"unit": "s"}, "overrides": []}
    return {"id": number, "type": "timeseries", "title": title, "gridPos": place, "datasource": PROMETHEUS, "targets": list(targets),
            "fieldConfig": config, "options": {}, **more}  # fmt: skip


def row(number: int, title: str, y: int, **more: Any) -> dict[str, Any]:
    place = {"x": 0, "y": y, "w": 24, "h": 1}
    return {"id": number, "type": "row", "title": title, "collapsed": False, "panels": [], "gridPos": place, **more}


LATENCY = "histogram_quantile(0.95, sum by (le) (rate(shop_seconds_bucket{code=~\"2..\"}[5m])))"
BOARD: dict[str, Any] = {
    "uid": "shop",
    "title": "Shop",
    "tags": ["shop"],
    "schemaVersion": 42,
    "time": {"from": "now-6h", "to": "now"},
    "refresh": "30s",
    "templating": {
        "list": [
            {"type": "datasource", "name": "datasource", "query": "prometheus"},
            {"type": "query", "name": "job", "datasource": PROMETHEUS, "query": "label_values(shop_total, job)", "refresh": 2},
        ]
    },
    "annotations": {"list": [{"name": "Deploys", "datasource": PROMETHEUS, "enable": True, "expr": "changes(shop_started[5m]) > 0"}]},
    "links": [{"title": "Docs", "url": "https://example.com/docs"}],
    "panels": [
        row(1, "Traffic", 0),
        panel(2, "Requests", target("sum by (code) (rate(shop_total[5m]))", legendFormat="{{code}}")),
        panel(3, "P95 latency", target(LATENCY), x=12),
        row(4, "Latency", 9),
        panel(5, "Slowest", target("topk(5, shop_slow)"), y=10),
    ],
}
ALERT: dict[str, Any] = {
    "alert": "HighErrorRate",
    "expr": 'sum(rate(shop_total{code=~"5.."}[5m])) / sum(rate(shop_total[5m])) > 0.1',
    "for": "2m",
    "labels": {"severity": "page"},
    "annotations": {"summary": "Too many errors", "__dashboardUid__": "shop", "__panelId__": "2"},
}
RECORD: dict[str, Any] = {"record": "job:shop:rate5m", "expr": "sum by (job, code) (rate(shop_total[5m]))"}
RULES: dict[str, Any] = {"groups": [{"name": "shop", "rules": [ALERT, RECORD]}]}


def changed(base: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """A copy of a document with a change made to it."""
    made = copy.deepcopy(base)
    change(made)
    return made


def compared(before: Any, after: Any, name: str = "shop.json") -> Difference:
    """The difference between two documents, or two lists of them."""
    sides = []
    for documents in (before, after):
        reading = Reading()
        for index, document in enumerate(documents if isinstance(documents, list) else [documents]):
            reading.add(f"{index}{name}" if isinstance(documents, list) else name, json.dumps(document).encode(), name)
        sides.append(reading)
    return difference(sides[0].side, sides[1].side, named=not isinstance(before, list))


def words(before: Any, after: Any, name: str = "shop.json") -> list[str]:
    """What a reader is told, line by line, without the blanks in front."""
    found = compared(before, after, name)
    return [line.strip() for line in told(Diffed(difference=found, against="HEAD")) if line.strip()]


def of_board(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What a reader is told of a change to the board, without its heading."""
    return words(BOARD, changed(BOARD, change))[1:]


def of_rules(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What a reader is told of a change to the rule file, without its heading."""
    return words(RULES, changed(RULES, change), "shop.yaml")[1:]
