"""A small project whose queries are told about metric types, histograms and time ranges."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from obskit import analysis, lint, settings, source
from obskit.finding import Finding
from obskit.naming import file_id

CHECKS = frozenset(
    file_id(name)
    for name in (
        "bucket_bound", "bucket_spelling", "buckets_not_summed", "counter_without_rate", "delta_on_counter", "deriv_on_counter",
        "fixed_range", "irate_in_rule", "metric_suffix", "parameter_range", "quantile_aggregated", "quantile_of_raw_buckets",
        "quantile_per_series", "quantile_without_le", "range_beyond_retention", "range_narrow", "range_too_short", "rate_of_sum",
        "rate_on_gauge", "rate_over_interval", "unknown_metric",
    )
)  # fmt: skip
CATALOG = """
from obskit.catalog import *
from obskit.rules import Record, RuleGroup
shop = Service("shop", job="shop", scrape_interval="15s", retention="15d")
code = Label("code", pattern=r"[1-5]\\d\\d")
requests = Counter("requests_total", help="Requests.", service=shop, labels=(code,))
steps = Counter("steps_total", help="Steps.", service=Service("one", job="one", instances=False))
moved = Counter("moved_total", help="Moved.", service=shop, aliases=("moved",))
queue = Gauge("queue", help="Waiting.", service=shop)
share = Gauge("share", help="Share.", service=shop, unit=units.RATIO, bounds=(0, 1))
started = Gauge("started_seconds", help="Start.", service=shop, unit=units.TIMESTAMP)
ok = Gauge("ok", help="Whether.", service=shop, unit=units.BOOLEAN)
build = Info("build_info", help="Build.", service=shop, labels=(Label("version", at_most=5),))
pod = Gauge("pod_node", help="1 for each pod, with its node.", service=shop)
latency = Histogram("latency", help="Latency.", service=shop, unit=units.SECONDS, labels=(code,), buckets=(0.1, 0.5, 1, 2.5, 10))
plain = Histogram("plain", help="Plain.", service=shop, unit=units.SECONDS, buckets=(0.00001, 0.0001, 1))
large = Histogram("large", help="Large.", service=shop, unit=units.BYTES, buckets=(1000000, 1048576))
change = Histogram("change", help="Change.", service=shop, unit=units.RATIO, buckets=(-1, 0, 1))
native = Histogram("native", help="Native.", service=shop, unit=units.SECONDS, labels=(code,), native=True)
pause = Summary("pause", help="Pause.", service=shop, unit=units.SECONDS, quantiles=(0.5,))
bare = Summary("bare", help="Bare.", service=shop, unit=units.SECONDS)
rules = RuleGroup("rules", interval="1m", rules=(
    Record(name="job:requests:rate5m", expr="sum by (job) (rate(requests_total[5m]))"),
    Record(name="job:requests:total", expr="sum by (job) (requests_total)"),
    Record(name="job:requests:again", expr="job:requests:total"),
    Record(name="requests:copy", expr="sum without () (requests_total)"),
    Record(name="requests:max", expr="max without (replica) (requests_total)"),
    Record(name="requests:node", expr="requests_total * on (pod) group_left (node) pod_node"),
    Record(name="requests:either", expr="requests_total or queue"),
    Record(name="le:latency_bucket:rate5m", expr="sum by (le) (rate(latency_bucket[5m]))"),
    Record(name="le:latency_bucket:sum", expr="sum by (le) (latency_bucket)"),
    Record(name="code:latency:p95", expr="histogram_quantile(0.95, sum by (le, code) (rate(latency_bucket[5m])))"),
))
"""
PANEL = 'from obskit.dashboards import *\nb = dashboard("B", uid="b", panels=[{kind}("P", query({query!r}{more}){options})]{board})'


def said(root: Path, text: str, prometheus: str = "3.0") -> tuple[Finding, ...]:
    for folder in ("dashboards_src", "rules_src"):
        (root / folder).mkdir(exist_ok=True)
    (root / "pyproject.toml").write_text(f'[tool.obskit.targets]\nprometheus = "{prometheus}"\n', encoding="utf-8")
    (root / "rules_src" / "catalog.py").write_text(CATALOG, encoding="utf-8")
    (root / "dashboards_src" / "b.py").write_text(text, encoding="utf-8")
    project = source.load(settings.load(root))
    assert project.findings == ()
    found = lint.run(analysis.run(project), today=datetime.date(2027, 1, 31))
    return tuple(one for one in found if one.id in CHECKS and one.origin is not None and one.origin.path.startswith("dashboards_src"))


def ids(root: Path, text: str, prometheus: str = "3.0") -> list[str]:
    return [found.id for found in said(root, text, prometheus)]


def by_query(found: tuple[Finding, ...]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(one.query, []).append(one.id)
    return told


def panel(query: str, kind: str = "stat", more: str = "", options: str = "", board: str = "") -> str:
    return PANEL.format(kind=kind, query=query, more=more, options=options, board=board)


def of_stats(root: Path, queries: Iterable[str]) -> dict[str, list[str]]:
    """The findings by query, each in a panel of one board."""
    panels = "".join(f"stat('P {number}', {query!r})," for number, query in enumerate(queries))
    return by_query(said(root, f"from obskit.dashboards import *\nb = dashboard('B', uid='b', panels=[{panels}])"))


def of_alerts(root: Path, queries: Iterable[str]) -> dict[str, list[str]]:
    alerts = "".join(f"Alert(name='A{number}', expr={query!r})," for number, query in enumerate(queries))
    return by_query(said(root, f"from obskit.rules import Alert\na = [{alerts}]"))
