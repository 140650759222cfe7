"""What the boards of an existing project share."""

from grafanalib.core import OPS_FORMAT, Graph, Target, YAxes, YAxis

SOURCE = "prometheus"


def ops_graph(title, expr):
    return Graph(
        title=title,
        dataSource=SOURCE,
        targets=[Target(expr=expr, legendFormat="{{handler}}", refId="A")],
        yAxes=YAxes(YAxis(format=OPS_FORMAT), YAxis(format="short")),
    )
