"""A rule whose label replaces one that its series already have.

What the expression kept is lost: series that differ in that label only become one, which Prometheus refuses at evaluation. An
external label that a rule writes keeps the rule's value, and routes of several Prometheus servers no longer tell them apart.

Bad:
    late = Record(name="job:scrape_duration_seconds:max", expr="max by (job) (scrape_duration_seconds)", labels={"job": "all"})

Bad:
    far = Service("far", job="far", external_labels={"cluster": "eu-1"})
    queue = Gauge("far_queue_length", help="Orders waiting.", service=far)
    long = Alert(name="FarQueueLong", expr="far_queue_length > 100", labels={"cluster": "eu"})

Good:
    late = Record(name="job:scrape_duration_seconds:max", expr="max by (job) (scrape_duration_seconds)", labels={"team": "shop"})
    down = Alert(name="ShopDown", expr='up{job="shop"} == 0', labels={"job": "shop", "instance": "{{ $labels.instance }}"})
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.analysis.placed import Placed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Labels of rules that their series, or their Prometheus, carry."""
    for asked in analysed.queries:
        if asked.rule is None or asked.file is None or asked.group is None or asked.meaning is None:
            continue
        external = {name for series in asked.meaning.series if series.service is not None for name in series.service.external_labels}
        labels = Placed(asked.file, asked.group, asked.rule).labels
        outside = [name for name in labels if name in external]
        inside = [name for name, text in labels.items() if name not in external and _replaces(asked, name, text)]
        if outside:
            message = f"{asked.who} sets {_listed(outside)}, which Prometheus adds to all it sends"
            yield told(asked, message, None, "leave it to Prometheus, or name the label otherwise")
        if inside:
            hint = "name the label otherwise, or aggregate the other one away"
            yield told(asked, f"{asked.who} sets {_listed(inside)}, which tells its series apart", None, hint)


def _listed(names: list[str]) -> str:
    return ("the labels " if len(names) > 1 else "the label ") + ", ".join(f'"{name}"' for name in names)


def _replaces(asked: Asked, name: str, text: str) -> bool:
    """Whether the series have the label, with any value or with several others. A template may repeat it."""
    assert asked.meaning is not None
    labels = asked.meaning.value.labels
    if "{{" in text or name not in labels.names:
        return False
    values = labels.names[name]
    return values is None or (len(values) > 1 and text not in values)
