"""What a team has before it adopts obskit: grafanalib modules, rule files, exported dashboards."""

from __future__ import annotations

import json

_SHARED = '''\
"""House style of the platform team."""
import os

from grafanalib import core as G
from grafanalib import formatunits as UNITS

DATASOURCE = os.environ.get("GRAFANA_DATASOURCE", "Prometheus")


def graph(title, exprs, unit=UNITS.SHORT, **kwargs):
    targets = [
        G.Target(expr=expr, legendFormat=legend, refId=chr(ord("A") + number)) for number, (legend, expr) in enumerate(exprs)
    ]
    return G.Graph(title=title, dataSource=DATASOURCE, targets=targets, yAxes=G.single_y_axis(format=unit), **kwargs)


def single(title, expr, thresholds="1,5"):
    return G.SingleStat(
        title=title, dataSource=DATASOURCE, targets=[G.Target(expr=expr, refId="A")], thresholds=thresholds, colorValue=True
    )


def templating(*names):
    return G.Templating([G.Template(name=name, query=f"label_values(up, {name})", dataSource=DATASOURCE) for name in names])


class TeamDashboard(G.Dashboard):
    """All our boards look alike."""


def team_dashboard(title, uid, rows, **kwargs):
    return TeamDashboard(title=title, uid=uid, tags=["platform"], time=G.Time("now-6h", "now"), rows=rows, **kwargs).auto_panel_ids()
'''

GRAFANALIB = {
    "dashboards/shared.py": _SHARED,
    "dashboards/api.dashboard.py": '''\
from grafanalib.core import Row
from grafanalib.formatunits import SECONDS
from shared import graph, single, team_dashboard, templating

CODES = ["2..", "4..", "5.."]

dashboard = team_dashboard(
    "API",
    "api",
    rows=[
        Row(
            panels=[
                graph("QPS", [(code, f'sum(rate(http_requests_total{{job="api",code=~"{code}"}}[5m]))') for code in CODES], stack=True),
                graph(
                    "Latency",
                    [
                        (f"p{q}", f'histogram_quantile(0.{q}, sum(rate(http_request_duration_seconds_bucket{{job="api"}}[5m])) by (le))')
                        for q in (50, 99)
                    ],
                    unit=SECONDS,
                ),
            ]
        ),
        Row(title="Instances", collapse=True, panels=[single("Up", 'sum(up{job="api",instance=~"$instance"})')]),
    ],
    templating=templating("instance"),
)
''',
    "dashboards/storage/database.dashboard.py": '''\
from grafanalib.core import Row
from grafanalib.formatunits import BYTES
from shared import graph, team_dashboard

dashboard = team_dashboard(
    "Database", "database", rows=[Row(panels=[graph("Size", [("{{datname}}", "pg_database_size_bytes")], unit=BYTES)])]
)
''',
    "dashboards/nodes.dashboard.py": '''\
from grafanalib import core as G
from grafanalib.formatunits import BYTES, PERCENT_UNIT

from shared import DATASOURCE

_at = G.GridPos


def usage(resource, expr, y):
    return [
        G.RowPanel(title=resource, gridPos=_at(h=1, w=24, x=0, y=y)),
        G.TimeSeries(
            title=f"{resource} by instance",
            dataSource=DATASOURCE,
            targets=[G.Target(expr=expr, legendFormat="{{instance}}", refId="A")],
            unit=PERCENT_UNIT,
            gridPos=_at(h=8, w=12, x=0, y=y + 1),
        ),
        G.BarGauge(
            title=f"{resource} now",
            dataSource=DATASOURCE,
            targets=[G.Target(expr=expr, legendFormat="{{instance}}", refId="A", instant=True)],
            format=PERCENT_UNIT,
            max=1,
            gridPos=_at(h=8, w=12, x=12, y=y + 1),
        ),
    ]


dashboard = G.Dashboard(
    title="Nodes",
    description="What machines have left.",
    uid="nodes",
    tags=["platform"],
    annotations=G.Annotations(list=[]),
    panels=[
        *usage("CPU", '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))', 0),
        *usage("Memory", "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", 9),
        G.Table(
            title="Disks",
            dataSource=DATASOURCE,
            targets=[G.Target(expr="node_filesystem_avail_bytes", format="table", instant=True, refId="A")],
            gridPos=_at(h=8, w=24, x=0, y=18),
        ),
        G.Text(title="Read me", content="[Wiki](https://wiki.example.com)", mode="markdown", gridPos=_at(h=3, w=24, x=0, y=26)),
    ],
    links=[G.DashboardLink(title="API", type="link", uri="/d/api")],
).auto_panel_ids()
''',
}
"""Several boards, a module they share, a sub-folder, `*.dashboard.py`, old kinds of panel and new ones."""

RULES = {
    "rules/shop.yaml": """\
# Pages of the shop.
groups:
  - name: shop
    rules:
      - record: job:http_requests:rate5m
        expr: sum by (job) (rate(http_requests_total[5m]))
      # A target that does not answer.
      - alert: ShopDown
        expr: up{job="shop"} == 0
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: "{{ $labels.instance }} is down"
          description: >-
            Look at the
            pods first.
"""
}

EXPORTED = {
    "grafana/old.json": json.dumps({
        "title": "Old",
        "uid": "old",
        "schemaVersion": 16,
        "rows": [{"panels": [{"id": 1, "type": "graph", "title": "Q", "datasource": "Prometheus",
                              "targets": [{"expr": "sum(rate(http_requests_totl[5m])) by (handler", "refId": "A"}]}]}],
    }),
    "grafana/shop.json": json.dumps({
        "title": "Shop",
        "uid": "shop-old",
        "schemaVersion": 39,
        "panels": [{"id": 1, "type": "timeseries", "title": "Requests", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
                    "targets": [{"expr": "sum by (code) (rate(http_requests_total[5m]))", "refId": "A"}]}],
    }),
}  # fmt: skip
