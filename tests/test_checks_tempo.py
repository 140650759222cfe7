"""Checks of the panels that ask Tempo: kinds, versions, time ranges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from foreign import checked
from traced import BOARD, findings

COUNT, SEARCH, P95 = "{ } | count_over_time()", "{ status = error }", "{ } | quantile_over_time(duration, 0.95)"
PANELS: list[tuple[str, list[str]]] = [
    # traceql-instant
    (f"stat('P', traceql({COUNT!r}))", ["traceql-instant"]),
    (f"stat('P', traceql({COUNT!r}, instant=True))", []),
    (f"stat('P', traceql({COUNT!r}), calc='sum')", []),
    (f"stat('P', traceql({COUNT!r}), transformations=[{{'id': 'reduce', 'options': {{}}}}])", []),
    (f"pie('P', traceql({COUNT!r}))", ["traceql-instant"]),
    ("gauge('P', traceql('{ } | rate()'))", []),
    (f"table('P', traceql({COUNT!r}))", []),
    (f"timeseries('P', traceql({COUNT!r}, instant=True))", ["traceql-instant"]),
    (f"timeseries('P', traceql({COUNT!r}))", []),
    # search-in-chart, metrics-in-traces, tempo-mixed-targets
    (f"timeseries('P', traceql({SEARCH!r}, metrics=False))", ["search-in-chart"]),
    (f"table('P', traceql({SEARCH!r}, metrics=False))", []),
    (f"trace_list('P', {SEARCH!r})", []),
    (f"stat('P', traceql({SEARCH!r}, metrics=False), transformations=[{{'id': 'reduce', 'options': {{}}}}])", []),
    ("timeseries('P', traceql('$free'))", []),
    (f"traces('P', {COUNT!r})", ["metrics-in-traces"]),
    ("traces('P', '$one')", []),
    # search-in-trace
    (f"traces('P', {SEARCH!r})", ["search-in-trace"]),
    ("traces('P', '{ trace:id = \"$one\" }')", ["search-in-trace"]),
    ("traces('P', '2f3e0cee77ae5dc9c17ade3689eb2e54')", []),
    ("traces('P', '${one:raw}')", []),
    (f"node_graph('P', {SEARCH!r})", ["search-in-trace"]),
    (f"node_graph('P', {SEARCH!r}, transformations=[{{'id': 'organize', 'options': {{}}}}])", []),
    (f"node_graph('P', traceql({SEARCH!r}, metrics=False), service_map=True)", ["search-in-trace"]),
    ("node_graph('P', '$one')", []),
    ("node_graph('P', service_map=True)", []),
    ("traces('P', '{ broken')", ["traceql-syntax"]),
    (f"table('P', traceql({COUNT!r}), traceql({SEARCH!r}, metrics=False))", ["tempo-mixed-targets"]),
    (f"table('P', traceql({COUNT!r}), traceql({COUNT!r}))", []),
    (f"table('P', traceql({COUNT!r}), traceql('$free'))", []),
    # quantile-threshold
    (f"timeseries('P', traceql({P95!r}), thresholds=(3,))", ["quantile-threshold"]),
    (f"timeseries('P', traceql({P95!r}), thresholds=(2.147,))", []),
    (f"stat('P', traceql({P95!r}), thresholds=(3,))", ["quantile-threshold"]),
    (f"timeseries('P', traceql({P95!r}), thresholds=(3,), threshold_style='off')", []),
    (f"timeseries('P', traceql({P95!r}))", []),
    # tempo-target
    ("table('P', {'refId': 'A', 'datasource': {'type': 'tempo', 'uid': '${tempo}'}, 'expr': '{ }'})", ["tempo-target"]),
    ("table('P', {'refId': 'A', 'datasource': {'type': 'tempo', 'uid': '${tempo}'}, 'query': '{ }', 'step': 10})", ["tempo-target"]),
    ("table('P', {'refId': 'A', 'datasource': {'type': 'tempo', 'uid': '${tempo}'}, 'queryType': 'tracql'})", ["tempo-target"]),
    ("table('P', {'refId': 'A', 'datasource': {'type': 'tempo', 'uid': '${tempo}'}, 'query': '{ }', 'spss': 101})", ["tempo-target"]),
    ("table('P', {'refId': 'A', 'datasource': {'type': 'tempo', 'uid': '${tempo}'}, 'queryType': 'serviceMap'})", []),
    # title-aggregation
    ("timeseries('P95 latency', traceql('{ span.latency.ms > 0 } | avg_over_time(span.latency.ms)'))", ["title-aggregation"]),
    (f"timeseries('P99 latency', traceql({P95!r}))", ["title-aggregation"]),
    (f"timeseries('P95 latency', traceql({P95!r}))", []),
    ("timeseries('95th percentile', traceql('{ } | quantile_over_time(duration, .95)'))", []),
    ("timeseries('Average cost', traceql('{ } | avg_over_time(span.cost.usd)'))", []),
    ("timeseries('Average cost', traceql('{ } | max_over_time(span.cost.usd)'))", ["title-aggregation"]),
    ("stat('Average requests', 'sum(rate(requests_total[1h]))')", []),
    ("timeseries('P95', 'sum(rate(seconds_sum[1h])) / sum(rate(seconds_count[1h]))')", ["title-aggregation"]),
    ("timeseries('P95', 'histogram_quantile(0.95, sum by (le) (rate(seconds_bucket[1h])))')", []),
    ("timeseries('P95', 'histogram_quantile($free, sum by (le) (rate(seconds_bucket[1h])))')", []),
    ("timeseries('P95 of the queue', 'queue')", []),
    ("timeseries('P95', 'up')", []),
    ("timeseries('Average and P95', 'queue')", []),
    ("timeseries('Max and mean', traceql('{ } | rate()'))", []),
    ("stat('Maximum', 'sum(rate(requests_total[1h]))')", ["title-aggregation"]),
    ("stat('Maximum', 'sum(rate(requests_total[1h]))', calc='max')", []),
    # traceql-equals-variable
    ("timeseries('P', traceql('{ span.cost.model = \"$many\" } | rate()'), repeat='many')", []),
]


@pytest.mark.parametrize(("panel", "expected"), PANELS, ids=[row[0] for row in PANELS])
def test_panel_is_told(tmp_path: Path, panel: str, expected: list[str]) -> None:
    assert [found.id for found in findings(tmp_path, BOARD.format(panel))] == expected


TEMPO = {"type": "tempo", "uid": "${tempo}"}
FOREIGN: list[tuple[str, dict[str, object], list[str]]] = [
    ("traces", {"queryType": "traceql", "query": "{ status = error }"}, ["is a search"]),
    ("traces", {"query": "{ status = error }"}, ["is a search"]),
    ("traces", {"queryType": "traceqlSearch", "filters": []}, ["is a search"]),
    ("traces", {"queryType": "traceqlSearch", "query": "{ }", "hide": True}, []),
    ("traces", {"queryType": "traceql", "query": "${traceId}"}, []),
    ("traces", {"queryType": "traceql", "query": " 2f3e0cee77ae5dc9c17ade3689eb2e54 "}, []),
    ("traces", {"queryType": "traceql", "query": ""}, []),
    ("traces", {"queryType": "upload"}, []),
    ("traces", {"queryType": "serviceMap"}, ["asks for the map of services"]),
    ("nodeGraph", {"queryType": "traceqlSearch", "filters": []}, ["is a search"]),
    ("nodeGraph", {"queryType": "serviceMap"}, []),
    ("nodeGraph", {"queryType": "traceql", "query": "[[traceId]]"}, []),
    ("table", {"queryType": "traceqlSearch", "filters": []}, []),
]


@pytest.mark.parametrize(("kind", "target", "expected"), FOREIGN)
def test_panel_of_one_trace_is_told_in_a_foreign_board(kind: str, target: dict[str, object], expected: list[str]) -> None:
    panel = {"id": 1, "type": kind, "title": "P", "datasource": TEMPO, "targets": [{"refId": "A", **target}]}
    told = checked(json.dumps({"title": "B", "schemaVersion": 41, "panels": [panel]}))
    assert [found.message.rpartition("its query ")[2] for found in told if found.id == "search-in-trace"] == expected


VERSIONS: list[tuple[str, str, str, list[str]]] = [
    ("2.7", "13.0", "{ span.cost.usd > 1 } | sum_over_time(span.cost.usd)", ["tempo-version"]),
    ("2.8", "13.0", "{ span.cost.usd > 1 } | sum_over_time(span.cost.usd)", []),
    ("2.8", "11.6", "{ span.cost.usd > 1 } | sum_over_time(span.cost.usd)", ["grafana-tempo-version"]),
    ("2.8", "10.4", "{ span.cost.usd > 1 } | avg_over_time(span.cost.usd)", []),
    ("2.3", "13.0", "{ } | rate()", ["tempo-version"]),
]


@pytest.mark.parametrize(("tempo", "grafana", "query", "expected"), VERSIONS)
def test_version_is_told(tmp_path: Path, tempo: str, grafana: str, query: str, expected: list[str]) -> None:
    found = findings(tmp_path, BOARD.format(f"table('P', traceql({query!r}))"), tempo=tempo, grafana=grafana)
    assert [one.id for one in found] == expected


@pytest.mark.parametrize(("grafana", "expected"), [("11.5", ["grafana-tempo-version"]), ("11.6", [])])
def test_instant_query_needs_its_grafana(tmp_path: Path, grafana: str, expected: list[str]) -> None:
    found = findings(tmp_path, BOARD.format(f"stat('P', traceql({COUNT!r}, instant=True))"), grafana=grafana)
    assert [one.id for one in found] == expected


RANGES: list[tuple[str, str, str, list[str]]] = [
    ("24h", "3.0", f"timeseries('P', traceql({COUNT!r}))", []),
    ("2d", "3.0", f"timeseries('P', traceql({COUNT!r}))", ["traceql-range"]),
    ("2d", "3.0", f"timeseries('P', traceql({COUNT!r}), time_from='1h')", []),
    ("6h", "2.9", f"timeseries('P', traceql({COUNT!r}))", ["traceql-range"]),
    ("3h", "2.9", f"timeseries('P', traceql({COUNT!r}))", []),
    ("7d", "3.0", f"trace_list('P', {SEARCH!r})", []),
    ("8d", "3.0", f"trace_list('P', {SEARCH!r})", ["traceql-range"]),
    ("30d", "3.0", "traces('P', '$free')", []),
    ("2d", "3.0", f"*[timeseries(f'P {{n}}', traceql({COUNT!r})) for n in range(9)]", ["traceql-range"]),
]


@pytest.mark.parametrize(("time", "tempo", "panels", "expected"), RANGES)
def test_time_range_is_told_once_a_board(tmp_path: Path, time: str, tempo: str, panels: str, expected: list[str]) -> None:
    found = findings(tmp_path, BOARD.format(panels).replace('uid="b"', f'uid="b", time="{time}"'), tempo=tempo)
    assert [one.id for one in found] == expected
