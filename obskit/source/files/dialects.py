"""Queries that are sent to a datasource of Prometheus's kind and are not PromQL: LogQL by its looks, MetricsQL by its functions."""

from __future__ import annotations

import re
from dataclasses import replace

from obskit.model import Board, Query
from obskit.promql import parse, tokenize

_LOGQL = re.compile(r"""\}\s*(?:\|[=~>]?\s*["`\w]|!(?:=|~|>)\s*["`])""")
_METRICSQL = re.compile(
    r"""\b(?:(?:top|bottom)k_(?:avg|last|max|median|min)|rollup\w*|range_(?!query)\w+|running_\w+|keep_(?:last|next)_value|label_(?!replace|join)\w+
    |(?:median|mode|distinct|tfirst|tlast|tmin|tmax|lag|lifetime|duration|geomean|hoeffding\w*|iqr|mad|sum2|zscore|range|rate|increases|decreases|
    ascent|descent|changes_prometheus|(?:share|count)_(?:eq|gt|le|ne))_over_time|increase_pure|increase_prometheus|rate_prometheus|
    delta_prometheus|ideriv|integrate|interpolate|remove_resets|smooth_exponential|histogram_share|buckets_limit|prometheus_buckets|
    quantiles(?:_over_time)?|outliersk|limit_offset|union|alias|WITH)\s*\(|[\w)\]}"']\s*\b(?:ifnot|default)\s""",
    re.VERBOSE,
)
"""Functions and words that Prometheus has not; a broken query with one of them is not known to be PromQL."""
_VMRANGE = re.compile(r"\bvmrange\b")
"""The label of VictoriaMetrics's histograms, which are no histograms to Prometheus."""

NAMES = {"logql": "LogQL", "metricsql": "MetricsQL"}
"""Languages that are told apart from PromQL, and how messages call them."""


def dialect(text: str) -> str:
    """The language of a text that passes for PromQL: `logql`, `metricsql`, or an empty string. What PromQL's parser reads is PromQL."""
    if not (_LOGQL.search(text) or _METRICSQL.search(text)):
        return ""  # as of nearly all
    bare = _bare(text)
    found = "logql" if _LOGQL.search(bare) else "metricsql" if _METRICSQL.search(bare) else ""
    return "" if found and _is_promql(text) else found


def told_apart(board: Board) -> Board:
    """The board with the languages of its queries as they look.

    One query in MetricsQL tells that what its datasource gets besides is MetricsQL too where it is no PromQL: `rate(up)`, say.
    """
    passing = [query for _, query in board.queries() if query.language == "promql"]
    languages = {query.text: dialect(query.text) or _by_label(query.text) for query in passing}
    if not any(languages.values()):
        return board
    others = {query.datasource for query in passing if languages[query.text] == "metricsql"}

    def told(query: Query) -> Query:
        if query.language != "promql":
            return query
        language = languages[query.text]
        if not language and query.datasource in others and query.text.strip() and not _is_promql(query.text):
            language = "metricsql"
        return replace(query, language=language) if language else query

    return replace(board, panels=tuple(replace(panel, queries=tuple(map(told, panel.queries))) for panel in board.panels))


def _by_label(text: str) -> str:
    """A dashboard that shows VictoriaMetrics's histograms is not judged by those of Prometheus, also where it is PromQL."""
    return "metricsql" if _VMRANGE.search(text) and _VMRANGE.search(_bare(text)) else ""


def _bare(text: str) -> str:
    """The text without its comments and without what stands in its strings, of which the quotes stay."""
    parts, at = [], 0
    for token in tokenize(text):
        if token.kind in ("string", "unterminated", "comment"):
            quotes = {"string": token.text[0] * 2, "unterminated": token.text[0]}
            parts += [text[at : token.start], quotes.get(token.kind, "")]
            at = token.end
    return "".join((*parts, text[at:]))


def _is_promql(text: str) -> bool:
    return parse(text).problem is None
