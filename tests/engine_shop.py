"""A small catalogue, recording rules on it, and series that obey both: every declared value, a reset, a gap, zeros."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from obskit import analysis
from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, Summary, units
from obskit.model import GroupView, RuleFile, RuleView
from obskit.settings import Settings
from obskit.source import Project

_METHODS = ("GET", "POST", "PUT")
_CODES = ("200", "404", "500")
method = Label("method", values=_METHODS)
shop = Service("shop", job="shop", labels=("pod",))
bank = Service("bank", job="bank")
SIGNALS = (
    Counter("requests_total", help="R.", service=shop, labels=(method, Label("code", pattern=r"[1-5]\d\d", zero=("200", "500")))),
    Counter("failures_total", help="Failed.", service=shop, labels=(method,)),
    Gauge("share", help="Share.", service=shop, unit=units.RATIO, labels=(method,), bounds=(0, 1)),
    Gauge("queue", help="Waiting, under water at times.", service=shop, labels=(Label("zone", values=("a", "b"), optional=True),)),
    Gauge("busy_percent", help="Busy.", service=shop, unit=units.PERCENT, bounds=(0, 100)),
    Gauge("debt", help="Never positive.", service=bank, bounds=(-10, 0)),
    Gauge("ready", help="Ready.", service=shop, unit=units.BOOLEAN),
    Gauge("started", help="Start.", service=shop, unit=units.TIMESTAMP),
    Histogram("latency", help="Latency.", service=shop, unit=units.SECONDS, labels=(method,), buckets=(0.1, 1, 2)),
    Summary("pause", help="Pause.", service=shop, unit=units.SECONDS, quantiles=(0.5, 0.9)),
    Info("build_info", help="Build.", service=shop, labels=(Label("version", at_most=5),)),
)
RECORDS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("job_method:requests:rate5m", "sum by (job, method) (rate(requests_total[5m]))", {}),
    ("job:requests:rate5m", "sum by (job) (job_method:requests:rate5m)", {"team": "a"}),
    ("job:errors:ratio", 'sum by (job) (rate(requests_total{code="500"}[5m])) / on (job) job:requests:rate5m', {}),
    ("job:errors:share", 'sum by (job) (rate(requests_total{code=~"5.."}[5m])) / (sum by (job) (rate(requests_total[5m])) > 0)', {}),
    ("le_method:latency_bucket:rate5m", "sum by (le, method) (rate(latency_bucket[5m]))", {}),
    ("pod:share:max", "max by (pod) (share > 0.2)", {"method": "all"}),
    ("two:things", "share", {"kind": "share"}),
    ("two:things", "busy_percent", {"kind": "busy"}),
    ("bare:queue", "queue", {"pod": ""}),
)
RULES = [{"record": name, "expr": expr, "labels": labels} for name, expr, labels in RECORDS]


def known() -> analysis.Analysed:
    """The catalogue and the rules, understood."""
    views = tuple(RuleView(kind="record", name=str(rule["record"]), expr=str(rule["expr"]), json=rule) for rule in RULES)
    group = GroupView(name="records", rules=views, json={"name": "records", "interval": "1m"})
    file = RuleFile(name="records", module="records.py", groups=(group,))
    return analysis.run(Project(settings=Settings(root=Path("/")), signals=SIGNALS, services=(shop, bank), rule_files=(file,)))


def series() -> dict[str, str]:
    """100 minutes of samples by series: the second pod restarts after 60 and is away from 70 to 80."""
    found: dict[str, str] = {}
    for pod in ("1", "2"):
        target = f'job="shop",instance="shop-{pod}:80",pod="pod-{pod}"'
        turns = int(pod)
        found[f'up{{job="shop",instance="shop-{pod}:80"}}'] = _values(pod, (1, 1, 1)) if pod == "1" else "1x279 0x39 1x80"
        for at, (verb, code) in enumerate(product(_METHODS, _CODES)):
            growth = 0 if (verb, code) == ("PUT", "500") else 2 * at + turns if code == "200" else at
            found[f'requests_total{{{target},method="{verb}",code="{code}"}}'] = _growing(pod, growth)
        for at, verb in enumerate(_METHODS):
            found[f'failures_total{{{target},method="{verb}"}}'] = _growing(pod, at)
            found[f'share{{{target},method="{verb}"}}'] = _values(pod, (0, 0.25 * at, 1 if at else 0.1, 0.5, 0.75))
            for bound, growth in (("0.1", at), ("1", at + 2), ("2", 2 * at + 2), ("+Inf", 2 * at + turns + 1)):
                found[f'latency_bucket{{{target},method="{verb}",le="{bound}"}}'] = _growing(pod, growth)
            found[f'latency_count{{{target},method="{verb}"}}'] = _growing(pod, 2 * at + turns + 1)
            found[f'latency_sum{{{target},method="{verb}"}}'] = _growing(pod, at + 0.5)
        for zone in ("a", "b", ""):
            label = f',zone="{zone}"' if zone else ""
            found[f"queue{{{target}{label}}}"] = _values(pod, (0, -3, 7.5, 2, -1) if zone else (4, 0, -0.5))
        found[f"busy_percent{{{target}}}"] = _values(pod, (0, 100, 33))
        found[f"ready{{{target}}}"] = _values(pod, (1, 1, 0))
        found[f"started{{{target}}}"] = _values(pod, (turns,)) if pod == "1" else "2x239 3600x39 _x40 4800x80"
        for quantile, value in (("0.5", 0.2), ("0.9", 1.5)):
            found[f'pause{{{target},quantile="{quantile}"}}'] = _values(pod, (value, 0))
        found[f"pause_count{{{target}}}"] = _growing(pod, 1)
        found[f"pause_sum{{{target}}}"] = _growing(pod, 0.5)
        found[f'build_info{{{target},version="1.{pod}"}}'] = _values(pod, (1,))
    found['up{job="bank",instance="bank:80"}'] = "1x400"
    found['debt{job="bank",instance="bank:80"}'] = " ".join(("-10", "0", "-2.5") * 133)
    return found


def _growing(pod: str, growth: float) -> str:
    return f"0+{growth}x400" if pod == "1" else f"7+{growth}x239 0+{growth}x39 _x40 0+{growth}x80"


def _values(pod: str, cycle: tuple[float, ...]) -> str:
    turn = [f"{value:g}" for value in cycle]
    every = [turn[at % len(turn)] for at in range(400)]
    return " ".join(every if pod == "1" else (*every[:280], *["_"] * 40, *every[320:]))
