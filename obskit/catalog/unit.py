"""What a number counts: a unit, with its Grafana ids and its Prometheus suffix."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from obskit.errors import DeclarationError
from obskit.shape import shaped


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    `grafana` is the panel unit id for the amount, `rate` for the amount per second (empty: Grafana has none).
    `suffix` is the word that ends a metric's name in this unit by Prometheus convention, empty for bare counts.
    Raises DeclarationError on an empty name or Grafana id.
    """

    name: str
    _: KW_ONLY
    grafana: str
    rate: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        shaped(self, "unit")
        if not self.name or not self.grafana:
            raise DeclarationError("a unit has a name and a Grafana unit id", hint='Unit("seconds", grafana="s", suffix="seconds")')


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit, taken as it is (`per=""`) or per second or hour (`per="s"`, `per="h"`)."""

    unit: Unit
    per: Literal["", "s", "h"] = ""

    def __post_init__(self) -> None:
        shaped(self, "quantity")

    @property
    def grafana(self) -> str:
        """The panel unit id, or an empty string where Grafana has none that fits."""
        return {"": self.unit.grafana, "s": self.unit.rate}.get(self.per, "")
