"""A small project of span attributes by which checks of TraceQL are judged."""

from __future__ import annotations

import datetime
from pathlib import Path

from obskit import analysis, lint, settings, source
from obskit.finding import Finding
from obskit.naming import file_id

CHECKS = frozenset(
    file_id(name)
    for name in (
        "attribute_alias", "attribute_scope", "attribute_type", "constant_filter", "deprecated_attribute", "duration_unit",
        "float_quantile", "grafana_tempo_version", "metrics_in_traces", "mixed_logic", "name_arithmetic", "number_field",
        "quantile_threshold", "quoted_field", "search_in_chart", "search_in_trace", "sum_without_nil", "tempo_mixed_targets",
        "tempo_target", "tempo_version", "title_aggregation", "traceql_equals_variable", "traceql_hint", "traceql_instant", "traceql_range",
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
