from grafanalib.core import (
    BYTES_FORMAT, Dashboard, GaugePanel, GridPos, RowPanel, Stat, Table, Target, Text, TimeSeries,
)

from dashboards.house_style import SOURCE

dashboard = Dashboard(
    title="Storage",
    description="Written with today's classes.",
    panels=[
        RowPanel(title="Disk", gridPos=GridPos(h=1, w=24, x=0, y=0)),
        TimeSeries(
            title="Free",
            dataSource=SOURCE,
            targets=[Target(expr="node_filesystem_free_bytes", refId="A")],
            unit=BYTES_FORMAT,
            gridPos=GridPos(h=8, w=12, x=0, y=1),
        ),
        Stat(title="Disks", dataSource="default", targets=[Target(expr="count(node_filesystem_free_bytes)", refId="A")],
             gridPos=GridPos(h=8, w=6, x=12, y=1)),
        GaugePanel(title="Full", dataSource=SOURCE, targets=[Target(expr="max(node_filesystem_used_ratio)", refId="A")],
                   gridPos=GridPos(h=8, w=6, x=18, y=1)),
        Text(title="Read me", content="**Hello**", gridPos=GridPos(h=4, w=12, x=0, y=9)),
        Table(title="All", dataSource=SOURCE, targets=[Target(expr="node_filesystem_free_bytes", refId="A", format="table", instant=True)],
              gridPos=GridPos(h=8, w=12, x=12, y=9)),
    ],
).auto_panel_ids()
