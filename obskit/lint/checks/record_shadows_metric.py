"""A recording rule under the name of a metric that is scraped, or that reads what it records.

Two sources then write one name: queries get the scraped series and the recorded ones together, sums count twice, and where labels
agree the samples are refused as duplicates. A rule that reads its own name takes in what it wrote one evaluation ago. What is
meant to (with `offset`, or over a range) is left alone, and so is a copy of a metric under the name of its `twin`.

Bad:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    total = Record(name="shop_requests_total", expr="sum by (job) (rate(shop_requests_total[5m]))")

Bad:
    total = Record(name="job:up:sum", expr="sum by (job) (up) + job:up:sum")

Good:
    requests = Counter("shop_requests_total", help="Requests served.", service=shop)
    work = Counter("shop_work_time_total_seconds", help="Worked.", service=shop, unit=units.SECONDS, twin="shop_work_seconds_total")
    total = Record(name="job:shop_requests:rate5m", expr="sum by (job) (rate(shop_requests_total[5m]))")
    alias = Record(name="shop_work_seconds_total", expr=work.sum(without=()))
    highest = Record(name="job:up:highest", expr="max by (job) (up) or last_over_time(job:up:highest[1h])")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.records import records
from obskit.lint.telling import told

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Records whose name a signal has, and records that read themselves."""
    recorded = records(analysed)
    if not recorded:
        return
    signals = analysed.project.signals
    copies = {f"{signal.twin}{end}" for signal in signals if signal.twin for end in ("", "_bucket", "_sum", "_count")}
    scraped = {name: signal for signal in signals for name in signal.series_names}
    for name, rules in recorded.items():
        signal = scraped.get(name) if name not in copies and ":" not in name else None
        for asked in rules:
            if signal is not None:
                where = f", declared in {signal.origin}" if signal.origin else ""
                hint = f"name it by what it is, level:metric:operation; the metric is scraped{where}"
                yield told(asked, f'{asked.who} has the name of {signal.kind} "{signal.name}"', None, hint)
                continue
            reads = asked.meaning.reads if asked.meaning is not None else ()
            itself = next((read for read in reads if read.name == name and read.window is None and read.offset is None), None)
            if itself is not None:
                hint = "read what it is made of; where its last value is meant, say so: last_over_time(…[5m])"
                yield told(asked, f"{asked.who} reads itself", asked.span(itself), hint)
