"""Targets as Grafana 13 wants them; grafanalib has none for Tempo and Loki, and an outdated one for Prometheus.

Keys: the query models of Grafana's Prometheus, Tempo and Loki datasource plugins.
"""

from __future__ import annotations

from typing import Any

import attr

from obskit.catalog import Expr, SpanQuery
from obskit.catalog.printing import BOARD, Context, printed
from obskit.errors import DeclarationError
from obskit.model import Json
from obskit.shape import shaped

PROMETHEUS = {"type": "prometheus", "uid": "${datasource}"}
TEMPO = {"type": "tempo", "uid": "${tempo}"}
LOKI = {"type": "loki", "uid": "${loki}"}


@attr.s(auto_attribs=True, eq=False)
class PrometheusTarget:
    """A PromQL query. `expr` is a typed expression or text; `instant` asks for one value instead of a range.

    `format` is `time_series`, `table` or `heatmap`; `legendFormat` may use `{{label}}`; `interval` is the least step.
    """

    expr: Expr | str
    legendFormat: str = ""  # noqa: N815  # grafanalib's spelling
    refId: str = ""  # noqa: N815  # grafanalib's spelling
    instant: bool = False
    format: str = ""
    interval: str = ""
    exemplar: bool = False
    hide: bool = False
    datasource: Json = attr.Factory(lambda: dict(PROMETHEUS))
    context: Context = BOARD

    def __attrs_post_init__(self) -> None:
        shaped(self, "query")

    def to_json_data(self) -> Json:
        """The target's JSON; grafanalib's encoder calls this."""
        text = self.expr if isinstance(self.expr, str) else printed(self.expr, self.context)
        optional = {
            "legendFormat": self.legendFormat,
            "format": self.format,
            "interval": self.interval,
            "exemplar": self.exemplar,
            "hide": self.hide,
        }
        return {
            "refId": self.refId,
            "datasource": self.datasource,
            "editorMode": "code",
            "expr": text,
            **({"instant": True, "range": False} if self.instant else {"range": True}),
            **{key: value for key, value in optional.items() if value},
        }


@attr.s(auto_attribs=True, eq=False)
class TempoTarget:
    """A TraceQL query: a metrics query (`instant`: one value over the whole range) or, with `metrics=False`, a search."""

    query: SpanQuery | str
    refId: str = ""  # noqa: N815  # grafanalib's spelling
    metrics: bool = True
    instant: bool = False
    limit: int = 20
    step: str = ""
    hide: bool = False
    datasource: Json = attr.Factory(lambda: dict(TEMPO))

    def __attrs_post_init__(self) -> None:
        shaped(self, "query")

    def to_json_data(self) -> Json:
        """The target's JSON; grafanalib's encoder calls this."""
        kind: Json = {"metricsQueryType": "instant" if self.instant else "range"} if self.metrics else {"limit": self.limit}
        return {
            "refId": self.refId,
            "datasource": self.datasource,
            "queryType": "traceql",
            "query": str(self.query),
            "filters": [],
            **kind,
            "tableType": "traces",
            **({"step": self.step} if self.step else {}),
            **({"hide": True} if self.hide else {}),
        }


@attr.s(auto_attribs=True, eq=False)
class LokiTarget:
    """A LogQL query; `instant` asks for one value instead of a range."""

    expr: str
    refId: str = ""  # noqa: N815  # grafanalib's spelling
    legendFormat: str = ""  # noqa: N815  # grafanalib's spelling
    instant: bool = False
    hide: bool = False
    datasource: Json = attr.Factory(lambda: dict(LOKI))

    def __attrs_post_init__(self) -> None:
        shaped(self, "query")

    def to_json_data(self) -> Json:
        """The target's JSON; grafanalib's encoder calls this."""
        return {
            "refId": self.refId,
            "datasource": self.datasource,
            "editorMode": "code",
            "expr": self.expr,
            "queryType": "instant" if self.instant else "range",
            **({"legendFormat": self.legendFormat} if self.legendFormat else {}),
            **({"hide": True} if self.hide else {}),
        }


def query(
    expr: Expr | str | SpanQuery,
    *,
    legend: str = "",
    ref: str = "",
    instant: bool | None = None,
    format: str = "",  # noqa: A002  # Grafana's word
    interval: str = "",
    exemplars: bool | None = None,
    hide: bool = False,
) -> Query:
    """A query with its own options; what is None or empty is filled in by the panel it is put in."""
    return Query(expr, legend, ref, instant, format, interval, exemplars, hide)


@attr.s(auto_attribs=True, frozen=True, eq=False)
class Query:
    """A query on its way into a panel."""

    expr: Expr | str | SpanQuery
    legend: str = ""
    ref: str = ""
    instant: bool | None = None
    format: str = ""
    interval: str = ""
    exemplars: bool | None = None
    hide: bool = False


def traceql(text: str, *, metrics: bool = True, instant: bool = False, ref: str = "", limit: int = 20, step: str = "") -> TempoTarget:
    """A TraceQL query as text, left as it is."""
    return TempoTarget(text, ref, metrics, instant, limit, step)


def logql(text: str, *, legend: str = "", ref: str = "", instant: bool = False) -> LokiTarget:
    """A LogQL query as text, left as it is."""
    return LokiTarget(text, ref, legend, instant)


def is_target(value: Any) -> bool:
    """Whether grafanalib would take `value` as a target."""
    return isinstance(value, dict) or hasattr(value, "to_json_data")


def refuse(value: Any, panel: str) -> DeclarationError:
    """The error for something that is no query."""
    if isinstance(value, (list, tuple)):
        return DeclarationError(f"{panel} is given a {type(value).__name__} of queries", hint="give the queries one after another: q1, q2")
    hint = 'give an expression, PromQL text, query(…), traceql("…") or a grafanalib target'
    if isinstance(value, bool):
        hint = "== and != compare Python values: write .eq(…) or .ne(…)"
    return DeclarationError(f"{value!r} in {panel} is not a query", hint=hint)
