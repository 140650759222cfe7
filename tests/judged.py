"""A tiny project with signals of many units, and what the checks of alerts, thresholds, units and rules say of it."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from obskit import analysis, lint, settings, source
from obskit.finding import Finding

MINE = frozenset(
    [
        "absent-for", "alert-comparison", "alert-description", "alert-for", "alert-runbook", "alert-severity", "alert-summary",
        "always-fires", "dead-branch", "error-rate", "for-interval", "group-interval", "idle-comparison", "label-conflict",
        "never-fires", "raw-value", "record-name", "record-order", "record-window", "severity-value", "shadowed-alert",
        "threshold-bucket", "threshold-scale", "threshold-unit", "unit-mismatch", "unread-record", "unused-signal", "value-format",
        "value-label",
    ]
)  # fmt: skip
PROSE = frozenset(["alert-description", "alert-for", "alert-runbook", "alert-severity", "alert-summary", "unused-signal"])
"""What every alert that is one line of a table lacks."""
PRELUDE = '''\
from obskit.catalog import *
from obskit.dashboards import *
from obskit.rules import *
shop = Service("shop", job="shop", scrape_interval="30s", external_labels={"cluster": "eu-1"})
code = Label("code", values=("200", "404", "500"))
requests = Counter("requests_total", help="Requests.", service=shop, labels=(code,))
sent = Counter("sent_bytes_total", help="Bytes sent.", service=shop, unit=units.BYTES)
cpu_time = Counter("cpu_seconds_total", help="Processor time.", service=shop, unit=units.SECONDS)
cents = Counter("billed_cents_total", help="Billed.", service=shop, unit=units.CENTS)
usd = Counter("paid_usd_total", help="Paid.", service=shop, unit=units.USD)
memory = Gauge("memory_bytes", help="Memory.", service=shop, unit=units.BYTES, bounds=(0, None))
queue = Gauge("queue_length", help="Orders waiting.", service=shop)
users = Gauge("active_users", help="Users.", service=shop, unit=units.USERS, bounds=(0, None))
wait = Gauge("wait_seconds", help="Waited.", service=shop, unit=units.SECONDS)
wait_ms = Gauge("wait_ms", help="Waited.", service=shop, unit=units.MILLISECONDS)
limit = Gauge("limit_per_second", help="Requests a second at most.", service=shop)
disk = Gauge("disk_percent", help="Disk.", service=shop, unit=units.PERCENT, bounds=(0, 100))
fill = Gauge("fill_ratio", help="Pool.", service=shop, unit=units.RATIO, bounds=(0, 1))
growth = Gauge("growth_ratio", help="New over old.", service=shop, unit=units.RATIO)
expiry = Gauge("expiry_timestamp_seconds", help="End.", service=shop, unit=units.TIMESTAMP)
latency = Histogram("latency_seconds", help="Time.", service=shop, unit=units.SECONDS, buckets=(0.1, 0.5, 1, 2.5, 10))
build = Info("build_info", help="Build.", service=shop)
'''
ERRORS = 'sum(rate(requests_total{code="500"}[5m]))'
ALL = "sum(rate(requests_total[5m]))"
RATIO = f"{ERRORS} / ({ALL} > 0)"
P95 = "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m])))"


def findings(text: str, signals: str = PRELUDE) -> list[Finding]:
    """What these checks say of a project with the signals above, or others, and this."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "rules_src").mkdir()
        (root / "dashboards_src").mkdir()
        (root / "pyproject.toml").write_text("[tool.obskit]\n", encoding="utf-8")
        (root / "dashboards_src/example.py").write_text(f"{signals}{text}\n", encoding="utf-8")
        project = source.load(settings.load(root))
        assert project.findings == ()
        return [one for one in lint.run(analysis.run(project), today=datetime.date(2027, 1, 31)) if one.id in MINE]


def of_alert(expr: str, *, signals: str = PRELUDE, **options: object) -> list[Finding]:
    given = "".join(f", {name}={value!r}" for name, value in ({"name": "Odd"} | options).items())
    return [one for one in findings(f"one = Alert(expr={expr!r}{given})", signals) if one.id not in PROSE]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]

BOARD = 'board = dashboard("Shop", uid="shop", panels=[timeseries("Up", {query!r})])'
