"""A panel whose unit is a word that Grafana does not know.

Grafana puts what it does not know behind the number: with `seconds` 0.002 is shown as "0.002 seconds" and never as "2 ms", with
`percentage` 0.95 stays 0.95. Its ids are short: `s`, `ms`, `percent` (0 to 100), `percentunit` (0 to 1). Only words that stand
for a unit it has are told; others may be meant (`suffix:orders` says so).

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Scrapes", "scrape_duration_seconds", unit="seconds")])

Bad:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Scrapes", "scrape_duration_seconds", unit="s", overrides=[override("slow", unit="milliseconds")]),
    ])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Scrapes", "scrape_duration_seconds", unit="s"),
        timeseries("Orders", "up", unit="suffix:orders"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Panel

LEVEL: Severity = "warning"

_RIGHT = {
    "nanoseconds": "ns", "microseconds": "µs", "us": "µs", "milliseconds": "ms", "millis": "ms", "seconds": "s", "second": "s", "sec": "s",
    "minutes": "m", "hours": "h", "days": "d", "percentage": "percent", "pct": "percent", "dollars": "currencyUSD", "usd": "currencyUSD",
    "euros": "currencyEUR", "eur": "currencyEUR", "kilobytes": "kbytes", "megabytes": "mbytes", "gigabytes": "gbytes",
    "unix time": "dateTimeAsIso", "us dollars": "currencyUSD",
}  # fmt: skip
"""Words, in lower case, that are taken for units, and the ids that Grafana has for them."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Panels, and overrides of their fields, with a well-known wrong unit."""
    for board in analysed.project.boards:
        for panel in board.panels:
            for unit in dict.fromkeys(_units(panel)):
                right = _RIGHT.get(unit.lower())
                if right is not None:
                    also = ' (0 to 100), or "percentunit" (0 to 1)' if right == "percent" else ""
                    yield Problem(
                        f'{panel.name} has unit "{unit}", which Grafana does not know', panel.origin, f'write unit="{right}"{also}',
                        waive=panel.waive + board.waive,
                    )  # fmt: skip


def _units(panel: Panel) -> Iterator[str]:
    config = panel.json.get("fieldConfig") or {}
    found = [(config.get("defaults") or {}).get("unit")]
    for override in config.get("overrides") or ():
        found += [item.get("value") for item in override.get("properties") or () if item.get("id") == "unit"]
    return (unit for unit in found if isinstance(unit, str))
