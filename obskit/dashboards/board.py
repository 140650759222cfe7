"""Boards and rows: what panels are put together with."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

from grafanalib import core

from obskit.catalog import Expr, Signal
from obskit.catalog.printing import BOARD
from obskit.catalog.rewriting import signals
from obskit.dashboards.fields import MADE_BY, Parts, parts
from obskit.dashboards.notes import annotate
from obskit.dashboards.targets import PrometheusTarget
from obskit.dashboards.variables import DATASOURCES, datasource_variable, query_variable
from obskit.errors import DeclarationError
from obskit.model import Json, references
from obskit.naming import UID_LONGEST, is_uid, slug
from obskit.waiver import Waivers

_TOOLTIP = {"off": 0, "crosshair": 1, "shared": 2}
_HISTORY: Json = {
    "builtIn": 1,
    "datasource": {"type": "grafana", "uid": "-- Grafana --"},
    "enable": True,
    "hide": True,
    "iconColor": "rgba(0, 211, 255, 1)",
    "name": "Annotations & Alerts",
    "type": "dashboard",
}


def dashboard(
    title: str,
    *,
    panels: Annotated[Iterable[Any], '[row("Traffic", […]), stat("Errors", query)]'],
    uid: str = "",
    folder: str = "",
    description: str = "",
    tags: Annotated[Iterable[str], '("shop",)'] = (),
    time: str = "1h",
    refresh: str = "1m",
    timezone: str = "browser",
    tooltip: Literal["off", "crosshair", "shared"] = "crosshair",
    variables: Annotated[Any | Iterable[Any], '[textbox_variable("trace")]'] = (),
    links: Annotated[Parts, MADE_BY["links"]] = (),
    annotations: Annotated[Parts, MADE_BY["annotations"]] = (),
    editable: bool = False,
    waive: Waivers = (),
) -> core.Dashboard:
    """A dashboard of rows and panels.

    `time` is how far back it looks (`6h`, `7d`), `refresh` how often it reloads (empty: never). The datasource variables
    of the panels' queries and the `job` variable of their services come by themselves; `variables` adds more, and one of
    the same name replaces them. `uid` is derived from module and title when empty. Raises DeclarationError on an
    illegal uid, an empty title, or something that is no panel.
    """
    if not isinstance(title, str) or not title.strip():
        raise DeclarationError("a dashboard has a title", hint='dashboard("Shop operations", panels=[…])')
    if uid and not is_uid(uid):
        hint = f'letters, digits, - and _, at most {UID_LONGEST}; for example "{slug(uid, UID_LONGEST)}"'
        raise DeclarationError(f'uid "{uid[:60]}" of dashboard "{title}" is not a uid', hint=hint)
    given = list(variables) if isinstance(variables, Iterable) and not isinstance(variables, (str, dict)) else [variables]
    for variable in given:
        if not isinstance(getattr(variable, "name", None), str):
            hint = 'query_variable("route", "label_values(…)")'
            raise DeclarationError(f'{variable!r} in dashboard "{title}" is not a variable', hint=hint)
    names = {variable.name for variable in given}
    shown = [_for_board(panel, title, names) for panel in panels]
    asked = [target for panel in _leaves(shown) for target in panel.targets]
    standard = [variable for variable in _standard(asked) if variable.name not in names]
    board = core.Dashboard(
        title=title,
        uid=uid or None,
        description=description,
        tags=list(tags),
        panels=shown,
        time=core.Time(f"now-{time}", "now"),
        refresh=refresh,
        timezone=timezone,
        graphTooltip=_TOOLTIP[tooltip],
        templating=core.Templating(list=[*standard, *given]),
        links=[_board_link(link) for link in parts("links", links, f'dashboard "{title}"')],
        annotations=core.Annotations(list=[_HISTORY, *parts("annotations", annotations, f'dashboard "{title}"')]),
        editable=editable,
    )
    annotate(board, folder=folder, waive=waive)
    return board


def row(
    title: str,
    panels: Annotated[Iterable[Any], "[stat(…), timeseries(…)]"],
    *,
    collapsed: bool = False,
    repeat: str = "",
    key: str = "",
) -> core.RowPanel:
    """A titled row of panels; a collapsed one loads its panels only when it is opened.

    `repeat` is the variable it is repeated for.
    """
    if not isinstance(title, str) or not title:
        raise DeclarationError("a row has a title", hint='row("Traffic", [panel, panel])')
    made = core.RowPanel(
        title=title,
        panels=list(panels),
        collapsed=collapsed,
        maxDataPoints=None,
        repeat=core.Repeat(variable=repeat) if repeat else core.Repeat(),
    )
    annotate(made, key=key)
    return made


def tag_links(title: str, tag: str) -> Json:
    """A menu of all boards that carry a tag, for `dashboard(links=…)`; keeps the time range and the variables."""
    return {"type": "dashboards", "title": title, "tags": [tag], "asDropdown": True, "includeVars": True, "keepTime": True}


def annotation(name: str, expr: str | Expr, *, title: str = "", color: str = "blue", step: str = "") -> Json:
    """Marks on every graph where a PromQL expression has samples (deploys, restarts); `title` may use `{{label}}`."""
    text = expr if isinstance(expr, str) else expr.promql()
    return {
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "enable": True,
        "expr": text,
        "iconColor": color,
        "name": name,
        "titleFormat": title or name,
        **({"step": step} if step else {}),
    }


def _for_board(panel: Any, title: str, names: set[str]) -> Any:
    """The panel as it stands on this board: a copy whose typed queries know the board's variables."""
    if not isinstance(panel, (core.Panel, core.AlertList)):
        hint = "panels are made with timeseries(…), stat(…), row(…) or grafanalib's classes"
        raise DeclarationError(f'{panel!r} in dashboard "{title}" is not a panel', hint=hint)
    here = copy.copy(panel)
    if isinstance(panel, core.RowPanel):
        here.panels = [_for_board(inner, title, names) for inner in panel.panels]
    if getattr(panel, "targets", None):
        here.targets = [_in_context(target, names) for target in panel.targets]
    return here


def _in_context(target: Any, names: set[str]) -> Any:
    if not isinstance(target, PrometheusTarget) or "instance" not in names:
        return target
    here = copy.copy(target)
    here.context = replace(BOARD, by_instance=True)
    return here


def _leaves(panels: Iterable[Any]) -> Iterator[Any]:
    for panel in panels:
        if isinstance(panel, core.RowPanel):
            yield from _leaves(panel.panels)
        elif isinstance(panel, core.Panel):
            yield panel


def _standard(targets: list[Any]) -> Iterator[Any]:
    """The variables that the targets need: their datasources, and the job of their services."""
    texts = [_json(target) for target in targets]
    used = {(text.get("datasource") or {}).get("uid") for text in texts if isinstance(text.get("datasource"), dict)}
    for kind, (name, _) in DATASOURCES.items():
        if f"${{{name}}}" in used:
            yield datasource_variable(kind)
    if any("job" in references(str(text.get("expr", ""))) for text in texts):
        metric = _anchor(targets)
        if metric:
            yield query_variable("job", f"label_values({metric}, job)", label="Job")


def _json(target: Any) -> Json:
    made: Json = target if isinstance(target, dict) else target.to_json_data()
    return made


def _anchor(targets: list[Any]) -> str:
    """A metric that tells which jobs there are: an info metric of the services asked, else the first of theirs."""
    read = [signal for target in targets if isinstance(getattr(target, "expr", None), Expr) for signal in signals(target.expr)]
    of_jobs: list[Signal] = [signal for signal in read if signal.service.job]
    own = [signal for signal in of_jobs if signal.name.startswith(signal.service.name.replace("-", "_"))]
    informing = [signal for signal in of_jobs if signal.kind == "info"]
    chosen = next(iter(informing or own or of_jobs), None)
    return "" if chosen is None else chosen.series_names[0]


def _board_link(link: Json) -> Json:
    """A plain link becomes the form that links have on a board."""
    if "type" in link:
        return link
    return {"type": "link", "title": link["title"], "url": link["url"], "targetBlank": link.get("targetBlank", True), "icon": "doc"}
