"""A small project by which checks of labels are judged."""

from __future__ import annotations

import datetime
from pathlib import Path

from project import write

from obskit import analysis, lint, settings, source
from obskit.finding import Finding

IDS = frozenset(
    {
        "absence-unseen", "absent-labels", "alert-fan-out", "alert-label", "cardinality", "contradictory-matchers", "equals-variable",
        "legend-label", "lost-label", "many-to-many", "nan-in-aggregation", "needless-exclusion", "needless-label", "panel-denominator",
        "ratio-grouping", "ratio-of-same", "static-regex", "topk-in-alert", "unguarded-denominator", "unknown-label",
        "unknown-label-value", "vector-matching",
    }
)  # fmt: skip
TODAY = datetime.date(2027, 1, 31)
CATALOG = """\
from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, units

shop = Service("shop", job="shop", labels=("namespace",), external_labels={"cluster": "eu"})
lone = Service("lone", instances=False)
method = Label("method", values=("GET", "POST"))
code = Label("code", pattern=r"[1-5][0-9][0-9]", zero=("200", "500"))
zone = Label("zone", values=("a", "b"), optional=True)
endpoint = Label("endpoint", at_most=50)
requests = Counter("requests_total", help="R.", service=shop, labels=(method, code, endpoint))
failures = Counter("failures_total", help="F.", service=shop, labels=(method, endpoint))
calls = Counter("calls_total", help="C.", service=shop)
orders = Counter("orders_total", help="O.", service=shop, labels=(zone,))
latency = Histogram("latency_seconds", help="L.", service=shop, unit=units.SECONDS, labels=(method,), buckets=(1, 2))
native = Gauge("queue", help="Q.", service=shop, bounds=(0, None), labels=(endpoint,))
flag = Gauge("reload_successful", help="S.", service=shop, unit=units.BOOLEAN)
build = Info("build_info", help="B.", service=shop, labels=(Label("version", at_most=9),))
idle = Gauge("idle", help="I.", service=lone, bounds=(0, None))
_theirs = Service("theirs", job="theirs")
borrowed = Counter("borrowed_total", help="B.", service=_theirs)
spans = Counter("spans_total", help="S.", service=lone, labels=(zone,))
"""


def found(root: Path, files: dict[str, str]) -> tuple[Finding, ...]:
    project = source.load(settings.load(write(root, {"pyproject.toml": "[tool.obskit]\n", "dashboards_src/.keep": ""}, files)))
    assert project.findings == ()
    return tuple(one for one in lint.run(analysis.run(project), today=TODAY) if one.id in IDS)


def shown(query: str, *, catalog: str = CATALOG, legend: str = "", variables: str = "", extra: str = "{}") -> dict[str, str]:
    """A project with this query on a board."""
    board = f"""\
from obskit.dashboards import dashboard, query, query_variable, timeseries
board = dashboard("B", uid="b", variables=[{variables}], panels=[
    timeseries("P", query({query!r}, legend={legend!r}), extra={extra})])
"""
    return {"rules_src/catalog.py": catalog, "dashboards_src/board.py": board}


def alerting(query: str, **options: str) -> dict[str, str]:
    """A project with this query in an alert."""
    given = "".join(f", {name}={value!r}" for name, value in options.items())
    rules = f"from obskit.rules import Alert\nalert = Alert(name='A', expr={query!r}{given})\n"
    return {"rules_src/catalog.py": CATALOG, "rules_src/rules.py": rules}


def recording(*rules: tuple[str, str]) -> dict[str, str]:
    lines = [f"r{number} = Record(name={name!r}, expr={expr!r})" for number, (name, expr) in enumerate(rules)]
    return {"rules_src/catalog.py": CATALOG, "rules_src/rules.py": "\n".join(["from obskit.rules import Record", *lines, ""])}
