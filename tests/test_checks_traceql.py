"""Checks of TraceQL and of the panels that ask Tempo, by query and panel."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from obskit import analysis, lint, settings, source
from obskit.finding import Finding
from obskit.naming import file_id

CHECKS = frozenset(
    file_id(name)
    for name in (
        "attribute_alias", "attribute_scope", "attribute_type", "constant_filter", "deprecated_attribute", "duration_unit",
        "float_quantile", "grafana_tempo_version", "metrics_in_traces", "mixed_logic", "name_arithmetic", "number_field",
        "quantile_threshold", "quoted_field", "search_in_chart", "sum_without_nil", "tempo_mixed_targets", "tempo_target",
        "tempo_version", "title_aggregation", "traceql_equals_variable", "traceql_hint", "traceql_instant", "traceql_range",
        "traceql_repeated", "traceql_syntax", "traceql_unsupported", "unknown_attribute", "unknown_attribute_value",
        "unknown_service", "unscoped_attribute",
    )
)  # fmt: skip
CATALOG = """
from obskit.catalog import *
from obskit.rules import Record, RuleGroup
guard = Service("guard", job="guard", trace_name="pr-guard")
web = Service("web", job="web")
cost = SpanAttribute("cost.usd", help="Cost.", service=guard, type="float", unit=units.USD, aliases=("ai.cost",),
                     semantic="gen_ai.usage.cost")
latency = SpanAttribute("latency.ms", help="Latency.", service=guard, type="int", unit=units.MILLISECONDS)
step = SpanAttribute("step", help="Step.", service=guard, type="string", values=("plan", "patch"))
model = SpanAttribute("cost.model", help="Model.", service=guard, type="string")
cached = SpanAttribute("cached", help="Whether.", service=guard, type="bool")
old = SpanAttribute("price", help="Cost.", service=guard, type="float", deprecated="use cost.usd")
size = SpanAttribute("size", help="Size.", service=guard, type="float")
size_of_web = SpanAttribute("size", help="Size.", service=web, type="int")
requests = Counter("requests_total", help="Requests.", service=web)
queue = Gauge("queue", help="Waiting.", service=web)
seconds = Histogram("seconds", help="Latency.", service=web, unit=units.SECONDS, buckets=(1, 2))
"""
S = 'resource.service.name = "pr-guard"'
BOARD = """from obskit.dashboards import *
own = [custom_variable("one", ["x", "y"]), custom_variable("many", ["x", "y"], multi=True), textbox_variable("free")]
b = dashboard("B", uid="b", variables=own, panels=[{}])
"""


def findings(root: Path, text: str, *, catalog: str = CATALOG, tempo: str = "3.0", grafana: str = "13.0") -> tuple[Finding, ...]:
    for folder in ("dashboards_src", "rules_src"):
        (root / folder).mkdir(exist_ok=True)
    targets = f'[tool.obskit.targets]\ntempo = "{tempo}"\ngrafana = "{grafana}"\n'
    (root / "pyproject.toml").write_text(f'[tool.obskit.lint]\nexternal = ["ours.*", "up", "price-net"]\n{targets}', encoding="utf-8")
    (root / "rules_src" / "catalog.py").write_text(catalog, encoding="utf-8")
    (root / "dashboards_src" / "b.py").write_text(text, encoding="utf-8")
    project = source.load(settings.load(root))
    assert project.findings == ()
    return tuple(found for found in lint.run(analysis.run(project), today=datetime.date(2027, 1, 31)) if found.id in CHECKS)


def of_queries(root: Path, queries: list[str], catalog: str = CATALOG) -> dict[str, list[str]]:
    """The findings by query, each in a table of its own."""
    panels = "".join(f"table('Panel {number}', traceql({query!r}))," for number, query in enumerate(queries))
    told: dict[str, list[str]] = {}
    for found in findings(root, BOARD.format(panels), catalog=catalog):
        told.setdefault(found.query, []).append(found.id)
    return told


QUERIES: list[tuple[str, list[str]]] = [
    # what is right
    ("{ } | rate()", []),
    ("{ true } | rate()", []),
    (f"{{ {S} && span.cost.usd != nil }} | sum_over_time(span.cost.usd) by (span.cost.model)", []),
    (f"{{ {S} && span.latency.ms > 3000 }} | count_over_time() by (span.step)", []),
    (f"{{ {S} }} >> {{ span.step = `plan` }} | select(span.cost.usd, span:duration)", []),
    ('{ resource.service.name =~ "$one" && span.step =~ "$many" && duration > ${free} } | rate()', []),
    ("{ $free } | rate()", []),
    ("$free", []),
    ("$one", []),
    ("2f3e0cee77ae5dc9c17ade3689eb2e54", []),
    ("{ name = `GET /` && kind = server && span:childCount > 2 } | by(span.step) | count() > 2", []),
    # traceql-syntax, traceql-unsupported, tempo-version
    ('{ service.name = "x" } | rate()', ["traceql-syntax"]),
    ("{ span.step = 1 } | group_by(span.step)", ["traceql-syntax"]),
    ("{ } | select(latency.ms)", ["traceql-syntax"]),
    ("{ } | sum(span.cost.usd)", ["traceql-syntax"]),
    ('{ status = "error" }', ["traceql-syntax"]),
    ("{ parent.span.a = 1 }", ["traceql-unsupported"]),
    ("({ } | rate()) / ({ } | rate())", ["tempo-version"]),
    # unknown-attribute, attribute-alias, deprecated-attribute, name-arithmetic, attribute-scope
    (f"{{ {S} && span.cost.us > 1 }} | rate()", ["unknown-attribute"]),
    ("{ span.thing > 1 && span.thing < 3 } | rate()", ["unknown-attribute"]),
    ("{ span.ours.thing > 1 } | rate()", []),
    ('{ span.http.method = "GET" && span.db.system = "x" } | rate()', []),
    ("{ span.gen_ai.usage.costs > 1 } | rate()", ["unknown-attribute"]),
    ("{ span.gen_ai.usage.cost > 1 } | rate()", []),
    ("{ span.gen_ai.usage.input > 1 } | rate()", []),
    ("{ event.anything = 1 && resource.anything = 1 && link.anything = 1 } | rate()", []),
    ('{ resource.service.name = "web" && span.cost.usd > 1 } | rate()', ["unknown-attribute"]),
    ('{ resource.service.name = "ours" && span.whatever > 1 } | rate()', []),
    ("{ span.$one > 1 && span.x${one} > 1 } | rate()", []),
    ("{ span.ai.cost > 1 } | avg_over_time(span.ai.cost)", ["attribute-alias"]),
    ("{ span.price > 1 } | avg_over_time(span.price)", ["deprecated-attribute"]),
    ("{ span.latency.ms/1000 > 3 } | rate()", ["name-arithmetic"]),
    ("{ span.cost.usd-span.price > 3 } | rate()", ["name-arithmetic"]),
    ("{ span.ours.a-b > 3 || span.price-net > 3 } | rate()", []),
    ('{ span.service.name = "pr-guard" } | rate()', ["attribute-scope"]),
    ("{ resource.latency.ms > 3 } | rate()", ["attribute-scope"]),
    ('{ resource.step = "plan" && resource.k8s.pod.name = "x" } | rate()', []),
    # unknown-service
    ('{ resource.service.name = "pr_guard" } | rate()', ["unknown-service"]),
    ('{ resource.service.name =~ "pr-guard|guard" } | rate()', ["unknown-service"]),
    ('{ resource.service.name =~ "pr.*" } | rate()', []),
    ('{ resource.service.name != "health" } | rate()', []),
    # unknown-attribute-value, attribute-type
    ('{ span.step = "patches" } | rate()', ["unknown-attribute-value"]),
    ('{ span.step =~ "plan|deploy" } | rate()', ["unknown-attribute-value"]),
    ('{ span.step =~ "pla" } | rate()', []),
    ('{ span.step =~ "pla." && span.step != "deploy" && span.cost.model = "x" } | rate()', []),
    ('{ span.latency.ms = "5" } | rate()', ["attribute-type"]),
    ('{ span.latency.ms > "$one" } | rate()', ["attribute-type"]),
    ("{ span.latency.ms > $free && span.step = $free } | rate()", []),
    ("{ span.step = 5 } | rate()", ["attribute-type"]),
    ('{ "true" = span.cached } | rate()', ["attribute-type"]),
    ("{ span.cached = true && span.cost.usd > 1 && span.latency.ms < 2.5 } | rate()", []),
    ("{ span.cost.usd = error } | rate()", ["attribute-type"]),
    # unscoped-attribute, quoted-field, constant-filter, mixed-logic
    ('{ .service.name = "pr-guard" } | rate()', ["unscoped-attribute"]),
    ("{ .latency.ms > 5 && .other > 5 } | rate()", ["unscoped-attribute"]),
    ("{ .latency.m > 5 } | rate()", ["unknown-attribute", "unscoped-attribute"]),
    ('{ "service.name" = "x" } | rate()', ["quoted-field"]),
    ('{ "status" = "x" } | rate()', ["quoted-field"]),
    ('{ "$one" = "x" || span.step = "plan" } | rate()', []),
    ('{ "resource.$one" = "x" } | rate()', []),
    ('{ "web" = "x" } | rate()', ["constant-filter"]),
    ("{ 1 = 2 && span.step = nil } | rate()", ["constant-filter"]),
    ("{ kind = client || kind = server && duration > 1s } | rate()", ["mixed-logic"]),
    ("{ kind = client && duration > 1s || kind = server } | rate()", []),
    ("{ kind = client || (kind = server && duration > 1s) } | rate()", []),
    # sum-without-nil
    (f"{{ {S} }} | sum_over_time(span.cost.usd)", ["sum-without-nil"]),
    ("{ span.cost.usd > 1 || span.latency.ms > 1 } | sum_over_time(span.cost.usd)", ["sum-without-nil"]),
    ("{ span.cost.usd > 1 || span.cost.usd = 0 } | sum_over_time(span.cost.usd)", []),
    ("{ } | { span.cost.usd != nil } | sum_over_time(span.cost.usd)", []),
    ("{ span.cost.usd != nil } >> { } | sum_over_time(span.cost.usd)", ["sum-without-nil"]),
    ("{ $free } | sum_over_time(span.cost.usd)", []),
    ("{ span.$one != nil } | sum_over_time(span.$one)", []),
    ("{ span.cost.usd != nil } | sum_over_time(.cost.usd)", ["unscoped-attribute"]),
    ("{ } | sum_over_time(duration)", []),
    ("{ } | max_over_time(span.cost.usd)", []),
    # float-quantile, number-field
    ("{ } | quantile_over_time(span.cost.usd, .5)", ["float-quantile"]),
    ("{ } | histogram_over_time(span.cost.usd)", ["float-quantile"]),
    ("{ } | quantile_over_time(span.size, .5)", []),
    (f"{{ {S} }} | quantile_over_time(span.size, .5)", ["float-quantile"]),
    ('{ resource.service.name = "web" } | quantile_over_time(span.size, .5)', []),
    ("{ } | quantile_over_time(span.step, .5)", ["number-field"]),
    ("{ } | avg_over_time(span.cached)", ["number-field"]),
    ("{ } | max_over_time(status)", ["number-field"]),
    ("{ } | avg(span.step) > 1", ["number-field"]),
    ("{ } | avg(span.cost.usd) > 1 | max(duration) > 1s", []),
    # duration-unit
    ("{ duration > 100 } | rate()", ["duration-unit"]),
    ("{ 0.5 < traceDuration } | rate()", ["duration-unit"]),
    ("{ duration > 100ms && duration != 0 && duration < 1000000000 } | rate()", []),
    ("{ span.latency.ms > 3s } | rate()", ["duration-unit"]),
    ("{ span.size > 3s } | rate()", []),
    # traceql-equals-variable
    ('{ span.cost.model = "$many" } | rate()', ["traceql-equals-variable"]),
    ('{ span.cost.model != "$many" } | rate()', ["traceql-equals-variable"]),
    ('{ span.cost.model = "$one" && span.cost.model =~ "$many" } | rate()', []),
    # traceql-repeated, traceql-hint
    ("{ } | rate() by (duration, span:duration)", ["traceql-repeated"]),
    ("{ } | quantile_over_time(duration, .5, 0.50)", ["traceql-repeated"]),
    ("{ } | rate() with (sampel=true)", ["traceql-hint"]),
    ("{ } | rate() with (debug_x=true)", ["traceql-hint"]),
    ("{ } | rate() with (exemplars=false)", []),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return of_queries(tmp_path_factory.mktemp("queries"), [query for query, _ in QUERIES])


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[row[0] for row in QUERIES])
def test_query_is_told(told: dict[str, list[str]], query: str, expected: list[str]) -> None:
    assert sorted(told.get(query, [])) == sorted(expected)


BY_CATALOGUE = {
    "attribute-scope", "attribute-type", "attribute-alias", "deprecated-attribute", "float-quantile", "name-arithmetic",
    "unknown-attribute", "unknown-attribute-value", "unknown-service",
}  # fmt: skip


def test_without_catalogue_only_the_text_is_judged(tmp_path: Path) -> None:
    found = of_queries(tmp_path, [query for query, _ in QUERIES], catalog="")
    assert not {name for names in found.values() for name in names} & BY_CATALOGUE


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


SAID = [
    (f"{{ {S} }} | sum_over_time(span.cost.usd)", "span.cost.usd", f"write {{ {S} && span.cost.usd != nil }}"),
    ("{ kind = client || kind = server } | sum_over_time(span.size)", "span.size",
     "write { (kind = client || kind = server) && span.size != nil }"),
    ("{ } | sum_over_time(span.size)", "span.size", "write { span.size != nil }"),
    ("{ kind = client || kind = server && name = `a` } | rate()", "&&",
     "Tempo reads (kind = client || kind = server) && name = `a`; write the parentheses you mean"),
    ('{ resource.service.name = "pr_guard" } | rate()', '"pr_guard"', 'did you mean "pr-guard"?'),
    ('{ span.latency.ms = "5" } | rate()', '"5"', "write span.latency.ms = 5"),
    ('{ span.cached = "true" } | rate()', '"true"', "write span.cached = true"),
    ("{ span.step = 5 } | rate()", "5", 'write span.step = "5"'),
    ('{ span.step = "patches" } | rate()', '"patches"', 'did you mean "patch"?'),
    ("{ span.latency.ms/1000 > 3 } | rate()", "span.latency.ms/1000", "write span.latency.ms / 1000"),
    ('{ "service.name" = "x" } | rate()', '"service.name"', "write resource.service.name without quotes"),
    ('{ .service.name = "pr-guard" } | rate()', ".service.name", "write resource.service.name"),
    ('{ .http.route = "/" && .shop = "x" } | rate()', ".http.route", "write span.http.route, span.shop or resource.shop"),
    ("{ } | rate() with (sampel=true)", "sampel=true", 'did you mean "sample"?'),
]  # fmt: skip


@pytest.mark.parametrize(("query", "caret", "hint"), SAID, ids=[row[0] for row in SAID])
def test_finding_shows_the_place_and_what_to_write(tmp_path: Path, query: str, caret: str, hint: str) -> None:
    (found,) = findings(tmp_path, BOARD.format(f"table('P', traceql({query!r}))"))
    assert found.span is not None
    assert (query[found.span[0] : found.span[1]], found.hint) == (caret, hint)
