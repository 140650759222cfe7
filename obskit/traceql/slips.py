"""Words that people bring from other languages, and what TraceQL has for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from obskit.traceql.words import AGGREGATES, FIELDS, FIRSTS, KEYWORDS, KINDS, SECONDS, STATUSES

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "and": "write &&", "or": "write ||", "not": "write ! in front of a condition, or != between two values",
        "in": 'match alternatives by a regex: =~ "a|b"', "like": 'match by a regex: =~ ".*a.*"',
        "contains": 'match by a regex: =~ ".*a.*"',
        "null": "write nil", "none": "write nil", "is": "write = nil or != nil", "exists": "write span.name != nil",
        "true": "write true", "false": "write false", "nan": "TraceQL has no NaN",
        "inf": "TraceQL has no infinity; maxInt is the largest integer",
        "where": "write the conditions in braces: { span.name = 1 }", "filter": "write the conditions in braces: { span.name = 1 }",
    }
)  # fmt: skip
"""In lower case."""

PROMETHEUS: Mapping[str, str] = MappingProxyType(
    {
        "group_by": "write by (…) after a metrics function: | rate() by (span.name)",
        "groupby": "write by (…) after a metrics function: | rate() by (span.name)",
        "group": "write by (…) after a metrics function: | rate() by (span.name)",
        "histogram_quantile": "write quantile_over_time(span:duration, 0.95)",
        "quantile": "write quantile_over_time(span:duration, 0.95)",
        "percentile": "write quantile_over_time(span:duration, 0.95)",
        "p95": "write quantile_over_time(span:duration, 0.95)",
        "p99": "write quantile_over_time(span:duration, 0.99)",
        "increase": "write count_over_time()",
        "limit": "write topk(10) after a metrics function",
        "head": "write topk(10) after a metrics function",
        "sort": "write topk(10) after a metrics function",
        "where": "a further filter stands in braces: | { span.name = 1 }",
        "filter": "a further filter stands in braces: | { span.name = 1 }",
        "average": "write avg_over_time(span.name)",
        "mean_over_time": "write avg_over_time(span.name)",
    }
)
"""Functions and stages that TraceQL does not have, as they follow a `|`."""

RENAMED: Mapping[str, str] = MappingProxyType(
    {
        "childCount": "span:childCount", "rootService": "rootServiceName or trace:rootService", "id": "span:id or trace:id",
        "traceID": "trace:id", "spanID": "span:id", "parentID": "span:parentID", "timeSinceStart": "event:timeSinceStart",
        "version": "instrumentation:version",
    }
)  # fmt: skip
"""Keywords that are fields only with a scope."""

CALLS: Mapping[str, str] = MappingProxyType(
    {
        "count": "count spans that have it: { span.name != nil } | count() > 0",
        "rate": "choose the spans before the |: { span.name = 1 } | rate()",
        "count_over_time": "choose the spans before the |: { span.name = 1 } | count_over_time()",
        "coalesce": "write coalesce()",
    }
)
"""Functions that take nothing."""


def close(word: str, in_braces: bool, after_pipe: bool) -> str:
    """The keyword that a misspelt word looks like, or an empty text."""
    import difflib

    if in_braces:
        known: frozenset[str] = frozenset({name for name in FIELDS if ":" not in name} | STATUSES | KINDS | {"true", "false", "nil"})
    elif after_pipe:
        known = AGGREGATES | FIRSTS | SECONDS | {"by", "select", "coalesce"}
    else:
        known = KEYWORDS
    lower = {name.lower(): name for name in sorted(known)}
    near = difflib.get_close_matches(word[:60].lower(), lower, n=1, cutoff=0.75)
    return lower[near[0]] if near else ""
