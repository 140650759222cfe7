"""Grafana's unit ids by what they measure, so that a panel's unit can be held against that of its query.

Ids: Grafana's value format registry. An id that is not here says nothing (`short`, `none`, `suffix:…`, custom ones).
"""

from __future__ import annotations

from typing import NamedTuple

from obskit.catalog import units
from obskit.catalog.algebra import COUNTS
from obskit.catalog.unit import Quantity, Unit


class Measure(NamedTuple):
    """What a unit measures, and how many base units one of it is (seconds, bytes, ratio, per second)."""

    of: str
    scale: float = 1.0


def _all(of: str, ids: dict[str, float]) -> dict[str, Measure]:
    return {name: Measure(of, scale) for name, scale in ids.items()}


MEASURES: dict[str, Measure] = {
    **_all("time", {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86_400, "dtdurationms": 1e-3, "dtdurations": 1,
                    "clockms": 1e-3, "clocks": 1}),
    **_all("data", {"bits": 1 / 8, "decbits": 1 / 8, "bytes": 1, "decbytes": 1, "kbytes": 1024, "deckbytes": 1000, "mbytes": 1024**2,
                    "decmbytes": 1e6, "gbytes": 1024**3, "decgbytes": 1e9, "tbytes": 1024**4, "dectbytes": 1e12}),
    **_all("data rate", {"Bps": 1, "binBps": 1, "bps": 1 / 8, "binbps": 1 / 8, "KBs": 1000, "KiBs": 1024, "MBs": 1e6, "MiBs": 1024**2,
                         "GBs": 1e9, "GiBs": 1024**3, "Kbits": 125, "Mbits": 125_000, "Gbits": 125_000_000}),
    **_all("ratio", {"percentunit": 1, "percent": 0.01}),
    **_all("rate", {"cps": 1, "ops": 1, "reqps": 1, "rps": 1, "wps": 1, "iops": 1, "eps": 1, "mps": 1, "recps": 1, "rowsps": 1,
                    "cpm": 1 / 60, "opm": 1 / 60, "reqpm": 1 / 60, "rpm": 1 / 60, "wpm": 1 / 60, "mpm": 1 / 60, "epm": 1 / 60}),
    **_all("date", dict.fromkeys(("dateTimeAsIso", "dateTimeAsUS", "dateTimeAsLocal", "dateTimeAsSystem", "dateTimeFromNow",
                                  "dateTimeAsIsoNoDateIfToday", "dateTimeAsUSNoDateIfToday", "dateTimeAsLocalNoDateIfToday"), 1.0)),
    **_all("temperature", {"celsius": 1, "fahrenheit": 1, "kelvin": 1}),
}  # fmt: skip

_BASES: dict[Unit, Measure] = {
    units.SECONDS: Measure("time"),
    units.MILLISECONDS: Measure("time", 1e-3),
    units.MINUTES: Measure("time", 60),
    units.HOURS: Measure("time", 3600),
    units.DAYS: Measure("time", 86_400),
    units.BYTES: Measure("data"),
    units.BITS: Measure("data", 1 / 8),
    units.RATIO: Measure("ratio"),
    units.PERCENT: Measure("ratio", 0.01),
    units.TIMESTAMP: Measure("date", 1000),
    units.TIMESTAMP_MS: Measure("date"),
    units.USD: Measure("currencyUSD"),
    units.CENTS: Measure("currencyUSD", 0.01),
}
_RATES = {"time": "ratio", "data": "data rate"}
_CURRENCY = "currency"


def of_panel(unit: str) -> Measure | None:
    """What a panel's unit id measures, None where it says nothing."""
    if unit.startswith(_CURRENCY):
        return Measure(unit)
    return MEASURES.get(unit)


def of_query(quantity: Quantity) -> Measure | None:
    """What a query's values measure, None where no unit id could say it wrongly."""
    unit, per = quantity.unit, quantity.per
    if unit in COUNTS:
        return {"": Measure("count"), "s": Measure("rate")}.get(per)
    base = _BASES.get(unit)
    if base is None or not per:
        return base
    if per == "s" and base.of in _RATES:
        return Measure(_RATES[base.of], base.scale)
    return base if base.of.startswith(_CURRENCY) else None


def told(quantity: Quantity) -> str:
    """A query's unit as messages call it."""
    return quantity.unit.name + ({"s": " per second", "h": " per hour"}.get(quantity.per, ""))
