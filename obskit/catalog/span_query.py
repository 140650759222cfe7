"""A question to Tempo, and its comparison with a number, which is what an alert on spans asks."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from obskit.catalog.matcher import number
from obskit.catalog.measured import in_unit_of
from obskit.catalog.param import Param
from obskit.catalog.unit import Unit
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.shape import shaped

if TYPE_CHECKING:
    from obskit.catalog.service import Service
    from obskit.catalog.spans import SpanAttribute

Comparing = Literal["<", ">", "<=", ">=", "==", "!="]
WINDOW = "10m"
"""What an alert looks back where its query names no window: Grafana's own default for rules."""


@dataclass(frozen=True, slots=True)
class SpanQuery:
    """A TraceQL query. `unit` is that of its values, `labels` the attributes that tell its series apart; a metrics query
    gives series, any other finds spans. `reads` are the attributes it asks about, `service` is whose spans they are, where
    one is named. `window` is how far back an alert looks (empty: 10 minutes); a board has its time range for that.

    Compared with a number it is the condition of an alert: `slow.count_over_time().over("5m") > 0`; equality is `.eq()`, `.ne()`.
    """

    text: str
    _: KW_ONLY
    metrics: bool = True
    unit: Unit | None = None
    labels: tuple[str, ...] = ()
    reads: tuple[SpanAttribute, ...] = ()
    service: Service | None = None
    window: str = ""

    def __post_init__(self) -> None:
        shaped(self, "span query")

    def __str__(self) -> str:
        return self.text

    @property
    def services(self) -> tuple[Service, ...]:
        """The services whose spans it asks about."""
        own = (self.service,) if self.service is not None else ()
        return tuple(dict.fromkeys((*own, *(attribute.service for attribute in self.reads))))

    def on_board(self) -> str:
        """The text that stands in a board's JSON."""
        return self.text

    def over(self, window: str) -> SpanQuery:
        """The same question about the last `window` ("5m"), for an alert. Raises DeclarationError on what is no length of time."""
        if not Duration.parse(window, "window").milliseconds >= 1000:
            raise DeclarationError(f'window "{window}" is under a second', hint='over("5m")')
        return replace(self, window=window)

    def __lt__(self, other: Any) -> SpanComparison:
        return SpanComparison(self, "<", other)

    def __gt__(self, other: Any) -> SpanComparison:
        return SpanComparison(self, ">", other)

    def __le__(self, other: Any) -> SpanComparison:
        return SpanComparison(self, "<=", other)

    def __ge__(self, other: Any) -> SpanComparison:
        return SpanComparison(self, ">=", other)

    def eq(self, other: Any) -> SpanComparison:
        return SpanComparison(self, "==", other)

    def ne(self, other: Any) -> SpanComparison:
        return SpanComparison(self, "!=", other)


@dataclass(frozen=True, slots=True)
class SpanComparison:
    """A metrics query compared with a number: what an alert on spans fires for, one alert a series.

    `limit` is a finite number or a parameter that holds one. Raises DeclarationError on anything else, and on a search, which
    has no values.
    """

    query: SpanQuery
    operator: Comparing
    limit: float | Param[float] | Param[int]

    def __post_init__(self) -> None:
        value = self.limit.value if isinstance(self.limit, Param) else self.limit
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise DeclarationError(f"spans are compared with {value!r}", hint="a number: slow.count_over_time() > 0")
        shaped(self, "a condition on spans")
        if not self.query.metrics:
            hint = "measure the spans: .count_over_time(), .rate(), attribute.avg_over_time()"
            raise DeclarationError("a search for spans has no value to compare", hint=hint)
        if isinstance(self.limit, Param):
            in_unit_of(self.limit, self.query.unit)

    def __bool__(self) -> bool:
        raise DeclarationError("a comparison of spans has no truth value in Python", hint="one comparison at a time, in an Alert's expr")

    def __str__(self) -> str:
        return f"{self.query.text} {self.operator} {number(self.number)}"

    @property
    def number(self) -> float:
        """The number that the values are compared with."""
        return self.limit.value if isinstance(self.limit, Param) else self.limit

    @property
    def window(self) -> str:
        """How far back it looks, as a duration."""
        return self.query.window or WINDOW
