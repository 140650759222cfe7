"""An alert whose label holds its value.

Labels are what an alert is: with each new value the alert is a new one, the old one is resolved, the timer of `for` starts
again, and a silence catches none of them. The value belongs into an annotation. To decide by the value which of a few texts a
label gets is another matter.

Bad:
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9", labels={"load": "{{ $value }}"})

Bad:
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9", labels={"load": "{{ $value | humanize }}"})

Good:
    busy = Alert(
        name="ShopBusy",
        expr="rate(process_cpu_seconds_total[5m]) > 0.9",
        labels={"severity": "{{ if gt $value 1.5 }}critical{{ else }}warning{{ end }}"},
        description="{{ $value | humanize }} processors in use.",
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import written
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.values import values

LEVEL: Severity = "error"

_DECIDING = ("eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Labels that change with the value, unless it never changes."""
    for asked in analysed.alerts:
        value = asked.meaning.value if asked.meaning is not None else None
        if asked.rule is None or (value is not None and value.low is not None and value.low == value.high):
            continue
        for name, text in written(asked.rule.json.get("labels")).items():
            for shown in values(text):
                if shown.function not in _DECIDING:
                    message = f'label "{name}" of {asked.who} holds the value: each new value is a new alert'
                    yield Problem(message, asked.origin, "put it into an annotation", text, shown.span, asked.waive)
