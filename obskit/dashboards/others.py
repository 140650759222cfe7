"""Panels without a value of their own: logs, traces, node graph, text, alert list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Unpack

import attr
from grafanalib import core

from obskit.catalog import SpanQuery
from obskit.dashboards.panel import Kind, Options, build
from obskit.dashboards.targets import LokiTarget, TempoTarget
from obskit.errors import DeclarationError
from obskit.model import Json

_LOGS = Kind("logs", 24, 10)
_TRACES = Kind("traces", 24, 10)
_TRACE_LIST = Kind("trace_list", 24, 10)
_NODES = Kind("node_graph", 24, 12)
_TEXT = Kind("text", 24, 3, mute=True)
_ALERTS = Kind("alert_list", 8, 8, mute=True)


@attr.s
class ModernPanel(core.Panel):  # type: ignore[misc]  # grafanalib has no types
    """A panel of any kind; its type and options come by `extraJson`."""

    def to_json_data(self) -> Any:
        """The panel's JSON; grafanalib's encoder calls this."""
        return self.panel_json({})


def logs(title: str, *queries: LokiTarget | str, newest_first: bool = True, **options: Unpack[Options]) -> core.Logs:
    """Log lines from Loki; text is LogQL."""
    lines = [LokiTarget(query) if isinstance(query, str) else query for query in queries]
    return build(
        core.Logs,
        _LOGS,
        title,
        lines,
        options,
        own=("newest_first",),
        extra={
            "options": {
                "dedupStrategy": "none",
                "enableLogDetails": True,
                "prettifyLogMessage": False,
                "showCommonLabels": False,
                "showLabels": False,
                "showTime": True,
                "sortOrder": "Descending" if newest_first else "Ascending",
                "wrapLogMessage": True,
            }
        },
    )


def traces(title: str, query: Annotated[str, '"$trace_id"; a search is shown by trace_list'], **options: Unpack[Options]) -> ModernPanel:
    """One trace as a waterfall: `query` is its id, usually a variable (`"$trace_id"`). A search shows nothing here: `trace_list`."""
    return _modern(_TRACES, "traces", title, [_search(title, query, 1)], options)


def trace_list(title: str, query: SpanQuery | str, *, limit: int = 20, **options: Unpack[Options]) -> core.Table:
    """The traces that a TraceQL search finds, at most `limit`, each linking to its waterfall."""
    return build(
        core.Table,
        _TRACE_LIST,
        title,
        [_search(title, query, limit)],
        options,
        own=("limit",),
        extra={
            "options": {"cellHeight": "sm", "showHeader": True},
            "fieldConfig": {"defaults": {"custom": {"cellOptions": {"type": "auto"}}}},
        },
    )


def node_graph(title: str, *queries: Any, service_map: bool = False, **options: Unpack[Options]) -> ModernPanel:
    """A graph of nodes and edges; text is the id of a trace, usually a variable (`"$trace_id"`), whose spans are drawn.

    That takes a Tempo datasource with its node graph enabled. `service_map` asks Tempo for its map of services. A search shows nothing.
    """
    asked: list[Any] = [TempoTarget(query, metrics=False) if isinstance(query, str) else query for query in queries]
    if service_map:
        asked.append({"refId": "", "datasource": {"type": "tempo", "uid": "${tempo}"}, "queryType": "serviceMap", "filters": []})
    return _modern(_NODES, "nodeGraph", title, asked, options, own=("service_map",))


def text(title: str, content: str, *, mode: Literal["markdown", "html", "code"] = "markdown", **options: Unpack[Options]) -> core.Text:
    """A text panel; `content` is markdown (or html)."""
    extra: Json = {"options": {"content": content, "mode": mode}}
    return build(core.Text, _TEXT, title, [], options, own=("mode",), extra=extra)


def alert_list(
    title: str,
    *,
    labels: str = "",
    states: Iterable[Literal["firing", "pending", "noData", "normal", "error"]] = ("firing", "pending", "noData", "error"),
    limit: int = 20,
    **options: Unpack[Options],
) -> ModernPanel:
    """Alerts and their state; `labels` filters instances by PromQL matchers in braces: `{job="shop"}`."""
    shown = set(states)
    return _modern(
        _ALERTS,
        "alertlist",
        title,
        [],
        options,
        own=("labels", "states", "limit"),
        extra={
            "options": {
                "alertInstanceLabelFilter": labels,
                "alertName": "",
                "dashboardAlerts": False,
                "groupBy": [],
                "groupMode": "default",
                "maxItems": limit,
                "sortOrder": 3,
                "stateFilter": {state: state in shown for state in ("firing", "pending", "noData", "normal", "error")},
                "viewMode": "list",
            }
        },
    )


def _modern(
    kind: Kind, type_: str, title: str, queries: Iterable[Any], options: Options, *, own: Iterable[str] = (), extra: Json | None = None
) -> ModernPanel:
    panel: ModernPanel = build(ModernPanel, kind, title, queries, options, own=own, extra={"type": type_, **(extra or {})})
    return panel


def _search(title: str, query: SpanQuery | str, limit: int) -> TempoTarget:
    if isinstance(query, SpanQuery) and query.metrics:
        hint = "trace_list with .search(), or another kind of panel"
        raise DeclarationError(f'panel "{title}" shows traces, but its query measures', hint=hint)
    return TempoTarget(query, metrics=False, limit=limit)
