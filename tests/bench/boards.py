"""Writes the projects that are measured: plain grafanalib boards, the same text for obskit and for grafanalib."""

from __future__ import annotations

from pathlib import Path

BOARD = '''\
from grafanalib.core import Dashboard, GridPos, Target, Template, Templating, TimeSeries

dashboard = Dashboard(
    title="Board {number}",
    uid="board-{number}",
    templating=Templating([
        Template(name="datasource", query="prometheus", type="datasource"),
        Template(name="job", query="label_values(up, job)", dataSource="${{datasource}}"),
    ]),
    panels=[
        TimeSeries(
            title=f"Panel {{number}}",
            description="Requests by route.",
            dataSource="${{datasource}}",
            unit="reqps",
            gridPos=GridPos(h=8, w=12, x=12 * (number % 2), y=8 * (number // 2)),
            targets=[
                Target(
                    expr='sum by (route) (rate(http_requests_total'
                    f'{{{{job=~"$job", code="{{{number} * {panels} + number}}"}}}}[$__rate_interval]))',
                    legendFormat="{{{{route}}}}",
                    refId="A",
                )
            ],
        )
        for number in range({panels})
    ],
).auto_panel_ids()
'''
CATALOGUE = '''\
from obskit.catalog import Counter, Label, Service

web = Service("web", job="web")
route, code = Label("route", at_most=4), Label("code", at_most=2000)
requests = Counter("http_requests_total", help="Requests served.", service=web, labels=(route, code))
'''


def write(folder: Path, boards: int, panels: int) -> Path:
    """A project of plain grafanalib boards in `folder`, with a catalogue, so that every check runs."""
    (folder / "dashboards_src").mkdir(parents=True)
    (folder / "rules_src" / "catalog").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.obskit]\n")
    (folder / "rules_src" / "catalog" / "web.py").write_text(CATALOGUE)
    for number in range(boards):
        text = BOARD.format(number=number, panels=panels)
        (folder / "dashboards_src" / f"board_{number:03}.dashboard.py").write_text(text)
    return folder
