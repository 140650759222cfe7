"""A panel of a plugin that does not come with Grafana.

Its options are passed through as they are; nothing tells whether the plugin is installed or understands them.

Bad:
    board = G.Dashboard(title="Shop", uid="shop", panels=[ModernPanel(title="Up", extraJson={"type": "volkovlabs-echarts-panel"})])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[ModernPanel(title="Up", extraJson={"type": "barchart"})])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.noted import noted
from obskit.lint.problem import Problem

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels of kinds that obskit does not know."""
    yield from noted(analysed, "unknown-panel", "is the plugin installed where the dashboard goes? then waive this")
