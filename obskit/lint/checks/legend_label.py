"""A legend names a label that the query's series do not have.

`{{endpoint}}` prints nothing for series without that label, so that all lines of the panel are called alike. Keep the label in the
aggregation, or write another legend.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", query("sum by (job) (up)", legend="{{instance}}"))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Up", query("sum by (job) (up)", legend="{{job}}"), query("up", legend="{{ instance }} {{__name__}}")),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.naming import did_you_mean, is_label_name

LEVEL: Severity = "warning"

_NAMED = re.compile(r"\{\{\s*(.+?)\s*\}\}")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Labels in legends of PromQL queries, where the result certainly lacks them."""
    for asked in analysed.queries:
        if asked.query is None or asked.meaning is None:
            continue
        legend = asked.query.json.get("legendFormat")
        if not isinstance(legend, str) or "{{" not in legend or asked.query.json.get("format") == "table":
            continue
        labels = asked.meaning.value.labels
        for match in _NAMED.finditer(legend):
            label = match[1]
            if labels.lacks(label) and is_label_name(label):
                hint = did_you_mean(label, labels.names) or "the result has " + (", ".join(labels.names) or "no labels")
                message = f'the legend names label "{label}", which the result does not have'
                yield Problem(message, asked.origin, hint, legend, match.span(1), asked.waive)
