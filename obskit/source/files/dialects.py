"""Queries that are sent to a datasource of Prometheus's kind and are not PromQL: LogQL by its looks, MetricsQL by its functions."""

from __future__ import annotations

import re
from dataclasses import replace

from obskit.model import Board, Panel

_LOGQL = re.compile(r"""\}\s*(?:\|[=~>]?\s*["`\w]|!(?:=|~|>)\s*["`])""")
_METRICSQL = re.compile(
    r"""\b(?:(?:top|bottom)k_(?:avg|last|max|median|min)|rollup\w*|range_(?!query)\w+|running_\w+|keep_(?:last|next)_value|label_(?!replace|join)\w+
    |(?:median|mode|distinct|tfirst|tlast|tmin|tmax|lag|lifetime|duration|geomean|hoeffding\w*|iqr|mad|sum2|zscore|range|rate|increases|decreases|
    ascent|descent|changes_prometheus|(?:share|count)_(?:eq|gt|le|ne))_over_time|increase_pure|increase_prometheus|rate_prometheus|
    delta_prometheus|ideriv|integrate|interpolate|remove_resets|smooth_exponential|histogram_share|buckets_limit|prometheus_buckets|
    quantiles(?:_over_time)?|outliersk|limit_offset|union|alias|WITH)\s*\(|\b(?:ifnot|default)\s
    |\bvmrange\b""",
    re.VERBOSE,
)
"""Functions and words that Prometheus has not, so that no PromQL is taken for MetricsQL that would work; `vmrange` is the label of
VictoriaMetrics's histograms, which are no histograms to Prometheus."""


NAMES = {"logql": "LogQL", "metricsql": "MetricsQL"}
"""Languages that are told apart from PromQL, and how messages call them."""


def dialect(text: str) -> str:
    """The language of a text that passes for PromQL: `logql`, `metricsql`, or an empty string."""
    if _LOGQL.search(text):
        return "logql"
    return "metricsql" if _METRICSQL.search(text) else ""


def told_apart(board: Board) -> Board:
    """The board with the languages of its queries as they look; one query in MetricsQL tells that all that pass for PromQL are."""
    found = {dialect(query.text) for _, query in board.queries() if query.language == "promql"}
    if not found & NAMES.keys():
        return board
    other = "metricsql" if "metricsql" in found else "promql"
    return replace(board, panels=tuple(_panel(panel, other) for panel in board.panels))


def _panel(panel: Panel, other: str) -> Panel:
    languages = (dialect(query.text) or other if query.language == "promql" else query.language for query in panel.queries)
    return replace(panel, queries=tuple(replace(query, language=name) for query, name in zip(panel.queries, languages, strict=True)))
