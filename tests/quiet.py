"""A rich catalogue of correct signals, and what the checks say above info of queries, rules and boards over it."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from obskit import analysis, lint, settings, source

SETTINGS = """\
[tool.obskit.lint]
external = ["up", "scrape_.*", "process_.*", "ALERTS.*", "absent_job.*", "my\\\\.metric", "kube_.*", "node_.*", "[a-z_]+:.*"]
"""
CATALOG = '''\
from obskit.catalog import *
from obskit.dashboards import *
from obskit.rules import *
import grafanalib.core as G
shop = Service("shop", job="shop", scrape_interval="15s", retention="90d", labels=("namespace", "pod"), external_labels={"cluster": "eu-1"})
bills = Service("billing", job="billing", scrape_interval="30s", retention="90d", trace_name="billing-api")
code = Label("code", pattern=r"[1-5]\\d\\d")
method = Label("method", values=("GET", "POST", "PUT"))
path = Label("path", at_most=50)
mode = Label("mode", values=("idle", "user", "system"))
requests = Counter("shop_requests_total", help="Requests.", service=shop, labels=(code, method, path))
errors = Counter("shop_errors_total", help="Errors.", service=shop, labels=(path,))
sent = Counter("shop_sent_bytes_total", help="Bytes sent.", service=shop, unit=units.BYTES)
cpu = Counter("shop_cpu_seconds_total", help="Processor time.", service=shop, unit=units.SECONDS, labels=(mode,))
memory = Gauge("shop_memory_bytes", help="Memory.", service=shop, unit=units.BYTES, bounds=(0, None))
limit = Gauge("shop_memory_limit_bytes", help="Memory at most.", service=shop, unit=units.BYTES, bounds=(1, None))
queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop, labels=(path,))
fill = Gauge("shop_pool_ratio", help="Pool in use.", service=shop, unit=units.RATIO, bounds=(0, 1))
drift = Gauge("shop_clock_drift_seconds", help="Clock ahead, or behind.", service=shop, unit=units.SECONDS)
expiry = Gauge("shop_certificate_expiry_timestamp_seconds", help="End.", service=shop, unit=units.TIMESTAMP)
ready = Gauge("shop_ready", help="Whether it is.", service=shop, unit=units.BOOLEAN)
latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, labels=(path,),
                    buckets=(0.1, 0.5, 1, 2.5, 10))
size = Histogram("shop_order_bytes", help="Size of orders.", service=shop, unit=units.BYTES, labels=(path,), native=True)
pause = Summary("shop_pause_seconds", help="Pauses.", service=shop, unit=units.SECONDS, quantiles=(0.5, 0.99))
build = Info("shop_build_info", help="Build.", service=shop, labels=(Label("version", at_most=9),))
invoices = Counter("billing_invoices_total", help="Invoices.", service=bills, labels=(Label("state", values=("paid", "open")),))
revenue = Counter("billing_revenue_usd_total", help="Paid.", service=bills, unit=units.USD)
late = Gauge("billing_oldest_open_seconds", help="Age.", service=bills, unit=units.SECONDS, bounds=(0, None))
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
took = SpanAttribute("queue.ms", help="Waited.", service=shop, type="int", unit=units.MILLISECONDS)
model = SpanAttribute("cost.model", help="Model.", service=shop, type="string")
cached = SpanAttribute("cached", help="Whether.", service=shop, type="bool")
stage = SpanAttribute("stage", help="Stage.", service=bills, type="string", values=("draft", "sent"))
'''
TODAY = datetime.date(2027, 1, 31)


def grave(text: str) -> list[str]:
    """What is said above info of a project with these signals and this module."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("rules_src", "dashboards_src"):
            (root / name).mkdir()
        (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
        (root / "dashboards_src/example.py").write_text(f"{CATALOG}{text}\n", encoding="utf-8")
        project = source.load(settings.load(root))
        found = [*project.findings, *lint.run(analysis.run(project), today=TODAY)]
        return [f"{one.id}: {one.message}" for one in found if one.severity != "info"]


def of_query(query: str, *, variables: str = "") -> list[str]:
    """What is said of a chart of it, which wants for nothing else."""
    chart = f"timeseries('Chart', query({query!r}, legend='__auto'), unit='short', description='What it shows.')"
    return grave(f"board = dashboard('Board', uid='b', tags=('shop',), description='B.', panels=[{chart}], variables=[{variables}])")


def of_alert(expr: str, **options: object) -> list[str]:
    """What is said of an alert on it, which wants for nothing else."""
    given: dict[str, object] = {"name": "Odd", "for_": "5m", "severity": "warning", "summary": "It is odd.", "description": "Look."}
    written = "".join(f", {name}={value!r}" for name, value in (given | options).items())
    return grave(f"odd = Alert(expr={expr!r}{written})")
