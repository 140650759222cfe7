"""Checks of windows and time ranges, by query and panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import obskit
from typed_project import ids, of_stats, panel, said

WINDOWS = [
    # range-too-short, range-narrow
    ("rate(requests_total[20s])", ["range-too-short"]),
    ("rate(requests_total[30s])", ["range-narrow"]),
    ("rate(requests_total[1m])", []),
    ("rate(requests_total[1m] offset 1d)", []),
    ("rate(native[20s])", ["range-too-short"]),
    ("max_over_time(queue[10s])", ["range-too-short"]),
    ("max_over_time(queue[15s])", []),
    ("avg_over_time(job:requests:rate5m[30s])", ["range-too-short"]),
    ("deriv(queue[1m:40s])", ["range-too-short"]),
    ("deriv(queue[1m:30s])", []),
    ("deriv(queue[1m:])", []),
    ("deriv(queue[$__range:30s])", []),
    ("deriv(queue[1m:$step])", []),
    ("rate(up_unknown[1s])", ["unknown-metric"]),
    ("rate(requests_total[$__rate_interval])", []),
    ("rate(requests_total[$window])", []),
    # range-beyond-retention
    ("increase(requests_total[30d])", ["range-beyond-retention"]),
    ("queue offset 30d", ["range-beyond-retention"]),
    ("increase(requests_total[10d] offset 10d)", ["range-beyond-retention"]),
    ("max_over_time(max_over_time(queue[5d])[11d:1d])", ["range-beyond-retention"]),
    ("increase(requests_total[15d])", []),
    ("avg_over_time(job:requests:rate5m[30d])", []),
    ("queue @ 1700000000 offset 30d", []),
    ("increase(unknown[30d])", ["unknown-metric"]),
    # irate-in-rule, fixed-range: not here
    ("irate(requests_total[5m])", []),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return of_stats(tmp_path_factory.mktemp("stats"), (query for query, _ in WINDOWS))


@pytest.mark.parametrize(("query", "expected"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_query_of_a_stat_is_told(told: dict[str, list[str]], query: str, expected: list[str]) -> None:
    assert told.get(query, []) == expected


PANELS = [
    ("table", "requests_total", "", "", "", []),
    ("stat", "requests_total", "", ", calc='diff'", "", []),
    ("stat", "requests_total", ", hide=True", "", "", []),
    ("timeseries", "requests_total", "", ", transformations=[{'id': 'calculateField', 'options': {}}]", "", []),
    ("timeseries", "requests_total", "", ", transformations=[{'id': 'organize', 'options': {}}]", "", ["counter-without-rate"]),
    ("timeseries", "rate(requests_total[5m])", "", "", "", ["fixed-range"]),
    ("timeseries", "sum(irate(requests_total[5m])) or vector(0)", "", "", "", ["fixed-range"]),
    ("timeseries", "rate(requests_total[5m])", "", ", interval='1m'", "", []),
    ("timeseries", "rate(requests_total[5m])", ", instant=True", "", "", []),
    ("timeseries", "rate(requests_total[1h])", "", "", "", []),
    ("timeseries", "max_over_time(rate(requests_total[5m])[1h:])", "", "", "", []),
    ("timeseries", "rate(requests_total[$__rate_interval])", "", "", "", []),
    ("timeseries", "rate(requests_total[$__interval])", "", "", "", ["rate-over-interval"]),
    ("timeseries", "rate(requests_total[${__interval}])", "", "", "", ["rate-over-interval"]),
    ("timeseries", "rate(requests_total[$__interval])", ", interval='1h'", "", "", []),
    ("timeseries", "avg_over_time(queue[$__interval])", "", "", "", []),
    ("timeseries", "rate(requests_total[$__range]) + $__interval_ms", "", "", "", []),
    ("timeseries", "histogram_quantile(0.9, rate(latency_bucket[1h]))", ", legend='{{ code }}'", "", "", []),
    ("table", "histogram_quantile(0.9, rate(latency_bucket[1h]))", "", "", "", []),
    ("timeseries", "queue", "", "", ", time='30d'", ["range-beyond-retention"]),
    ("timeseries", "queue", "", "", ", time='4w'", ["range-beyond-retention"]),
    ("timeseries", "queue", "", "", ", time='15d'", []),
    ("timeseries", "queue", "", ", time_from='7d'", ", time='30d'", []),
    ("timeseries", "queue", "", ", time_from='30d'", "", ["range-beyond-retention"]),
    ("timeseries", "job:requests:rate5m", "", "", ", time='30d'", []),
    ("stat", "queue", "", "", ", time='30d'", []),
    ("stat", "avg_over_time(queue[$__range])", "", "", ", time='30d'", ["range-beyond-retention"]),
]


@pytest.mark.parametrize(("kind", "query", "more", "options", "board", "expected"), PANELS)
def test_panel_is_told(tmp_path: Path, kind: str, query: str, more: str, options: str, board: str, expected: list[str]) -> None:
    assert ids(tmp_path, panel(query, kind, more, options, board)) == expected


def test_board_beyond_the_retention_is_told_once(tmp_path: Path) -> None:
    panels = '[timeseries(f"P {n}", "queue") for n in range(9)]'
    text = f'from obskit.dashboards import *\nb = dashboard("B", uid="b", time="30d", panels={panels})'
    assert [found.message for found in said(tmp_path, text)] == [
        'dashboard "B" shows 30d in panel "P 0" and 8 more, and samples of "queue" are kept 15d'
    ]


@pytest.mark.parametrize(("charts", "told"), [(3, 3), (4, 1)])
def test_many_charts_of_fixed_range_are_shown_once(tmp_path: Path, charts: int, told: int) -> None:
    panels = f'[timeseries(f"P {{n}}", "rate(requests_total[5m])") for n in range({charts})]'
    text = f'from obskit.dashboards import *\nb = dashboard("B", uid="b", panels={panels})'
    assert ids(tmp_path, text) == ["fixed-range"] * charts
    shown = obskit(tmp_path, "lint", "--select", "fixed-range").out
    assert (shown.count("[fixed-range]"), shown.count("(as in 3 more of this dashboard)")) == (told, told == 1)
