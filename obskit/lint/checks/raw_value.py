"""An annotation that prints a calculated value with all its digits.

`{{ $value }}` of a rate, a ratio or a mean reads 0.03333333333333333: whoever is woken by it reads it twice. The functions of
templates make 3.333%, 1m 2s or 1.5Ki of it.

Bad:
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9", description="{{ $value }} processors in use.")

Bad:
    memory = Gauge("shop_memory_bytes", help="Memory in use.", service=shop, unit=units.BYTES)
    large = Alert(name="ShopLarge", expr="shop_memory_bytes > 1e9", description="Uses {{$value}} bytes.")

Good:
    down = Alert(name="ShopDown", expr="count(up == 0) > 2", description="{{ $value }} instances are down.")
    busy = Alert(name="ShopBusy", expr="rate(process_cpu_seconds_total[5m]) > 0.9", description='{{ printf "%.1f" $value }} in use.')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import written
from obskit.catalog import units
from obskit.catalog.unit import Unit
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.values import values
from obskit.semantics import Call, Value

LEVEL: Severity = "info"

_FUNCTIONS: dict[Unit, str] = {units.RATIO: "humanizePercentage", units.SECONDS: "humanizeDuration", units.BYTES: "humanize1024"}
_BROKEN = ("rate", "ratio", "increase")
_BARE = re.compile(r"\$value\s*-?\}\}")
_PRINTS = "{{ $value | %s }}"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Values with many digits that are printed as they are; each alert once."""
    for asked in analysed.alerts:
        if asked.rule is None or asked.meaning is None or not _has_digits(asked.meaning.value, asked.meaning.root):
            continue
        unit = asked.meaning.unit
        function = _FUNCTIONS.get(unit.unit, "humanize") if unit is not None and not unit.per else "humanize"
        for name, text in written(asked.rule.json.get("annotations")).items():
            found = next((shown for shown in values(text) if not shown.function), None) if _BARE.search(text) else None
            if found is not None:
                message = f'annotation "{name}" of {asked.who} prints the value with all its digits'
                yield Problem(message, asked.origin, "write " + _PRINTS % function, text, found.span, asked.waive)
                break


def _has_digits(value: Value, root: object) -> bool:
    if value.low is not None and value.low == value.high:
        return False
    unit = value.unit.unit if value.unit is not None else None
    return value.type in _BROKEN or unit in _FUNCTIONS or (isinstance(root, Call) and root.function == "histogram_quantile")
