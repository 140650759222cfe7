"""What a whole query means."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.catalog.unit import Quantity
from obskit.semantics.nodes import Aggregate, Binary, Call, Node, Read, Subquery
from obskit.semantics.series import Series
from obskit.semantics.value import Value

_WORDS = {
    "counter": "running total",
    "gauge": "gauge",
    "info": "info",
    "histogram": "native histogram",
    "summary": "summary quantile",
    "rate": "rate",
    "increase": "increase",
    "ratio": "ratio",
    "boolean": "boolean",
    "timestamp": "timestamp",
    "count": "count",
    "absence": "absence",
}


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """A query's tree, and its nodes by kind, each in source order."""

    root: Node
    reads: tuple[Read, ...]
    calls: tuple[Call, ...]
    aggregates: tuple[Aggregate, ...]
    binaries: tuple[Binary, ...]
    subqueries: tuple[Subquery, ...]

    @property
    def value(self) -> Value:
        """What the query yields."""
        return self.root.value

    @property
    def unit(self) -> Quantity | None:
        return self.root.value.unit

    @property
    def series(self) -> tuple[Series, ...]:
        """The metrics it reads of which something is known, each once."""
        return tuple({read.series.name: read.series for read in self.reads if read.series is not None}.values())

    @property
    def result(self) -> str:
        """What its values are, in words; "unknown" when nothing tells."""
        value = self.root.value
        if value.type in ("gauge", "increase") and value.unit is not None and value.unit.unit.suffix in ("seconds", "milliseconds"):
            return "duration"
        return _WORDS.get(value.type, "unknown")
