"""What the value of one node of a query is: its kind, type, unit, labels and bounds. What is not known is said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from obskit.catalog.unit import Quantity
from obskit.promql import ValueKind
from obskit.semantics.labels import NONE, OPEN, Labels

if TYPE_CHECKING:
    from obskit.semantics.series import Series

Type = Literal[
    "", "counter", "gauge", "info", "histogram", "summary", "rate", "increase", "ratio", "boolean", "timestamp", "count", "absence",
]  # fmt: skip
"""counter: a running total · summary: a quantile the client computed · histogram: a native one · rate: per second of a
counter · increase: of a counter, over a range · ratio: a part of a whole or of another · boolean: 0 or 1 · count: how many
series or samples · absence: 1 where nothing is · empty: unknown."""


class Value(NamedTuple):
    """What a node yields.

    `unit` is None where unknown. `low` and `high` are the least and greatest value it can have, None where unknown;
    `inside` says that it never is one of them itself. `source` is the one metric it was made from by functions and
    aggregations; `merged` says that series were aggregated on the way.
    """

    kind: ValueKind
    type: Type = ""
    unit: Quantity | None = None
    labels: Labels = OPEN
    low: float | None = None
    high: float | None = None
    inside: tuple[bool, bool] = (False, False)
    source: Series | None = None
    merged: bool = False


UNKNOWN = Value("vector")
SCALAR = Value("scalar", labels=NONE)
TEXT = Value("string", labels=NONE)
