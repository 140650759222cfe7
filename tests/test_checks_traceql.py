"""Checks of TraceQL, by query."""

from __future__ import annotations

from pathlib import Path

import pytest
from traced import BOARD, S, findings, of_queries

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
