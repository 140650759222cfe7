"""A recording rule whose name does not say what it is.

By convention it is `level:metric:operations`: the labels that are left, what was read, and what was done to it. The colon tells
a recorded series from a scraped one, and the first word which labels to expect. A rule that copies a metric to the name that
the catalogue says it should have is named like a metric on purpose, and so is one that holds labels only (`shop_info`).

Bad:
    total = Record(name="up_sum", expr="sum by (job) (up)")

Bad:
    total = Record(name="instance:up:sum", expr="sum by (job) (up)")

Good:
    total = Record(name="job:up:sum", expr="sum by (job) (up)")
    work = Counter("shop_work_time_total_seconds", help="Worked.", service=shop, unit=units.SECONDS, twin="shop_work_seconds_total")
    alias = Record(name="shop_work_seconds_total", expr=work.sum(without=()))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import Placed, written
from obskit.finding import Severity
from obskit.lint.alerts import alike
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"

_LEVELS = ("job", "instance", "namespace", "cluster", "pod", "node")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Records without a colon, or with the wrong level."""
    metrics = {name for signal in analysed.project.signals for name in (*signal.series_names, *signal.aliases, signal.twin)}
    metrics |= {f"{signal.twin}{end}" for signal in analysed.project.signals if signal.twin for end in ("_bucket", "_sum", "_count")}
    plain = []
    for asked in analysed.queries:
        if asked.rule is None or asked.rule.kind != "record" or asked.file is None or asked.group is None:
            continue
        name = asked.rule.name
        if ":" not in name:
            if name not in metrics and not name.endswith("_info"):
                plain.append(Placed(asked.file, asked.group, asked.rule))
            continue
        level = name.partition(":")[0]
        added = {**written(asked.group.json.get("labels")), **written(asked.rule.json.get("labels"))}
        if level in _LEVELS and level not in added and asked.meaning is not None and asked.meaning.value.labels.lacks(level):
            left = [label for label in asked.meaning.value.labels.names if label != "__name__"]
            hint = f'"{"_".join(left)}{name[len(level) :]}"' if left else 'leave the level empty: ":metric:operation"'
            yield told(asked, f'record "{name}" has no label "{level}"', None, f"name it by the labels that are left: {hint}")
    yield from alike(plain, "is named like a scraped metric", "level:metric:operation, for example job:requests:rate5m")
