"""What a number counts: a unit, with its Grafana ids and its Prometheus suffix."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from obskit.errors import DeclarationError
from obskit.shape import shaped

_REQUESTS = re.compile(r"(?<![a-z])(?:requests?|http|g?rpc|calls?|query|queries)(?![a-z])", re.IGNORECASE)
"""Words in the name of a metric that speak of requests."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    `grafana` is the panel unit id for the amount, `rate` for the amount per second (empty: Grafana has none), `requests` for that
    where what is counted are requests (empty: as `rate`).
    `suffix` is the word that ends a metric's name in this unit by Prometheus convention, empty for bare counts.
    Raises DeclarationError on an empty name or Grafana id.
    """

    name: str
    _: KW_ONLY
    grafana: str
    rate: str = ""
    requests: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        shaped(self, "unit")
        if not self.name or not self.grafana:
            raise DeclarationError("a unit has a name and a Grafana unit id", hint='Unit("seconds", grafana="s", suffix="seconds")')


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit, taken as it is (`per=""`) or per second or hour (`per="s"`, `per="h"`).

    `requests` says that it counts requests: for the unit id only, a quantity of others is the same.
    """

    unit: Unit
    per: Literal["", "s", "h"] = ""
    requests: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        shaped(self, "quantity")

    @property
    def grafana(self) -> str:
        """The panel unit id, or an empty string where Grafana has none that fits."""
        rate = self.unit.requests if self.requests and self.unit.requests else self.unit.rate
        return {"": self.unit.grafana, "s": rate}.get(self.per, "")


def counted(name: str, unit: Unit) -> Quantity:
    """What the metric `name` holds that is declared in `unit`; its name tells whether requests are counted."""
    return Quantity(unit, requests=bool(unit.requests) and _REQUESTS.search(name) is not None)


def agreed(ids: Collection[str]) -> str:
    """The panel unit id that fits all of `ids`: the one there is, counts per second for requests among others, else empty."""
    found = set(ids)
    if len(found) == 2 and found == {"reqps", "cps"}:
        return "cps"
    return next(iter(found)) if len(found) == 1 else ""
