"""The functions of PromQL and the version of Prometheus each came with.

Source: Prometheus 3.14, `promql/parser/functions.go`, and its changelog for the versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NEWER: Mapping[str, tuple[str, bool]] = {
    "present_over_time": ("2.29", False),
    "mad_over_time": ("2.49", True),
    "sort_by_label": ("2.49", True),
    "sort_by_label_desc": ("2.49", True),
    "histogram_avg": ("2.51", False),
    "info": ("2.55", True),
    "double_exponential_smoothing": ("3.0", True),
    "ts_of_min_over_time": ("3.5", True),
    "ts_of_max_over_time": ("3.5", True),
    "ts_of_last_over_time": ("3.5", True),
    "first_over_time": ("3.7", False),
    "ts_of_first_over_time": ("3.7", True),
    "histogram_quantiles": ("3.11", True),
    "start": ("3.12", True),
    "end": ("3.12", True),
    "range": ("3.12", True),
    "step": ("3.12", True),
    "min_of": ("3.13", True),
    "max_of": ("3.13", True),
    "start_timestamp": ("3.14", True),
}

SINCE: Mapping[str, tuple[str, bool]] = MappingProxyType({**_NEWER, "limitk": ("2.54", True), "limit_ratio": ("2.54", True)})
"""Functions and aggregations that came after 2.28: the first version with them, and whether they need the experimental flag."""

STABLE: Mapping[str, str] = MappingProxyType({"first_over_time": "3.14"})
"""Functions that needed the experimental flag at first: the first version that has them without."""

REMOVED: Mapping[str, str] = MappingProxyType({"holt_winters": "3.0"})
"""Functions that are gone: the first version without them."""

_NAMES = """
    abs absent absent_over_time acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos cosh
    count_over_time day_of_month day_of_week day_of_year days_in_month deg delta deriv exp floor histogram_count histogram_fraction
    histogram_quantile histogram_stddev histogram_stdvar histogram_sum hour idelta increase irate label_join label_replace
    last_over_time ln log10 log2 max_over_time min_over_time minute month pi predict_linear quantile_over_time rad rate resets round
    scalar sgn sin sinh sort sort_desc sqrt stddev_over_time stdvar_over_time sum_over_time tan tanh time timestamp vector year
"""

FUNCTIONS = frozenset(_NAMES.split()) | frozenset(_NEWER)
"""Every function of today."""
