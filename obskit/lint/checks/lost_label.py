"""A query uses a label that an operation before it has removed.

After `sum by (job)` only `job` is left: grouping by `instance` on top of it gives one series without an instance, `on
(instance)` compares nothing with nothing, `group_left (version)` empties the label it was to fill. Keep the label in the inner
operation, or leave it out of the outer one.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "max by (instance) (sum by (job) (up))")])

Bad:
    down = Alert(name="ShopDown", expr="sum by (job) (up) == on (instance) group_left () absent(up)")

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "max by (job) (sum by (job, instance) (up))")])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.label_lists import wanted
from obskit.lint.problem import Problem
from obskit.lint.telling import told

LEVEL: Severity = "error"

_THEN = {
    "by": "all series become one group",
    "on": "it decides nothing",
    "group_left": "there is nothing to copy",
    "group_right": "there is nothing to copy",
    "label_replace": "there is nothing to read",
    "label_join": "there is nothing to read",
}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Labels that metrics below had, and the operand has no more."""
    for lacking in wanted(analysed):
        if lacking.had:
            remover = lacking.remover
            message = f'label "{lacking.label}" is gone: "{remover}" removed it, so in "{lacking.word}" {_THEN[lacking.word]}'
            yield told(lacking.asked, message, lacking.span, f'keep "{lacking.label}" in "{remover}", or leave it out here')
