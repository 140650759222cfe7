from grafanalib.core import (
    Dashboard, Row, SingleStat, Target, Template, Templating,
)
from house_style import SOURCE, ops_graph

dashboard = Dashboard(
    title="Frontend",
    tags=["frontend"],
    timezone="browser",
    templating=Templating(list=[
        Template(name="instance", dataSource=SOURCE, query="label_values(up, instance)"),
    ]),
    rows=[
        Row(title="Load", panels=[
            ops_graph("Requests", 'sum by (handler) (rate(http_requests_total{instance=~"$instance"}[5m]))'),
            SingleStat(title="Up", dataSource=SOURCE, targets=[Target(expr="sum(up)", refId="A")]),
        ]),
        Row(title="Errors", collapse=True, panels=[
            ops_graph("Errors", 'sum by (handler) (rate(http_requests_total{code=~"5.."}[5m]))'),
        ]),
    ],
).auto_panel_ids()
