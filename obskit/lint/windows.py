"""How many samples a window can hold: for a range of samples by the scrape interval, for a subquery by its step."""

from __future__ import annotations

from typing import NamedTuple

from obskit.duration import Duration
from obskit.semantics import Call, Read, Subquery

GROWTH = ("rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear")
"""Functions that answer nothing for fewer than two samples."""
SINGLE = (
    "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "quantile_over_time", "stddev_over_time",
    "stdvar_over_time", "last_over_time", "present_over_time", "first_over_time", "mad_over_time",
)  # fmt: skip
"""Functions that answer for a single sample."""


class Window(NamedTuple):
    """A window and what lies between two samples in it, in milliseconds; `of` says of what, in words."""

    node: Read | Subquery
    length: int
    every: int
    of: str

    @property
    def holds(self) -> float:
        """How many samples, on average."""
        return self.length / self.every

    def times(self, count: int) -> str:
        """The length of `count` intervals, as a duration."""
        return str(Duration(self.every * count))


def window(call: Call) -> Window | None:
    """The window of a function over time, when it is written out and the distance of its samples is known."""
    node = next((part for part in call.parts if part.value.kind == "matrix"), None)
    if isinstance(node, Subquery):
        if node.step is None or node.window.variable or node.step.variable or node.step.milliseconds <= 0:
            return None
        return Window(node, node.window.milliseconds, node.step.milliseconds, f"the step is {Duration(node.step.milliseconds)}")
    if not isinstance(node, Read) or node.window is None or node.window.variable or node.series is None or node.series.interval <= 0:
        return None
    every = Duration(node.series.interval)
    of = f'"{node.name}" is recorded every {every}' if node.series.rule is not None else f'"{node.name}" is scraped every {every}'
    return Window(node, node.window.milliseconds, node.series.interval, of)
