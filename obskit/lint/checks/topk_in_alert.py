"""An alert takes the greatest or least few series.

Which series are among them changes with every evaluation: a series that drops out of `topk` resolves its alert, and one that comes
in starts its `for` anew. Compare all series with the threshold.

Bad:
    busy = Alert(name="Busy", expr="topk(3, process_open_fds) > 1000", for_="5m")

Good:
    busy = Alert(name="Busy", expr="process_open_fds > 1000", for_="5m")
    together = Alert(name="Together", expr="sum by (job) (topk by (job) (3, process_open_fds)) > 1000", for_="5m")
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Aggregate, Node
from obskit.semantics.aggregates import PICKS
from obskit.semantics.nodes import walk

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Picks in alerts whose series become alerts."""
    for asked, node in analysed.aggregates:
        if node.operation in PICKS and asked.in_alert and asked.meaning is not None and not _merged(asked.meaning.root, node):
            message = f'"{node.operation}" in an alert: its series change from one evaluation to the next, and "for" starts again'
            yield told(asked, message, asked.span(node), "compare all series with the threshold")


def _merged(root: Node, pick: Node) -> bool:
    """Whether an aggregation around the pick makes one of what it picked."""
    around = (node for node in walk(root) if isinstance(node, Aggregate) and node.operation not in PICKS)
    return any(any(below is pick for below in walk(node)) for node in around)
