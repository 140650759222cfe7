"""A datasource variable that the dashboard does not have.

Grafana finds no datasource of that name and the panel shows an error. `${DS_…}` names of exported dashboards are filled in
by the import dialog alone; a dashboard that is provisioned from a file needs a variable of the kind "datasource".

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[
        G.TimeSeries(title="Up", dataSource={"type": "prometheus", "uid": "${metrics}"}, targets=[G.Target(expr="up")]),
    ])

Bad:
    board = dashboard("Shop", uid="shop", variables=[custom_variable("tempo", ["one"])], panels=[
        timeseries("Spans", spans(shop).rate()),
    ])

Good:
    board = dashboard("Shop", uid="shop", variables=[datasource_variable(name="metrics")], panels=[
        G.TimeSeries(title="Up", dataSource={"type": "prometheus", "uid": "${metrics}"}, targets=[G.Target(expr="up")]),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.sources import asked, variable_of
from obskit.naming import did_you_mean

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Datasources named by a variable that is missing, or of another kind."""
    for board in analysed.project.boards:
        kinds = {variable.name: variable.kind for variable in board.variables}
        sources = {name for name, kind in kinds.items() if kind == "datasource"}
        for source in asked(board, partial(_names_another, sources)):
            name = variable_of(source.uid)
            if name in kinds:
                message = f'datasource variable "{name}" of {source.who} is of the kind "{kinds[name]}"'
            else:
                message = f'datasource variable "{name}" of {source.who} is not on the dashboard'
            hint = did_you_mean(name, sources) or f'variables=[datasource_variable("{source.type or "prometheus"}", name="{name}")]'
            yield Problem(message, source.origin, hint, waive=source.waive)


def _names_another(sources: set[str], uid: str) -> bool:
    """Whether the uid is a variable that is none of the board's datasources."""
    name = variable_of(uid)
    return name != "" and name not in sources
