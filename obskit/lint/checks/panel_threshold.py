"""A threshold of a panel that its values never reach.

A ratio lies between 0 and 1, and the colours change at 70 and 85: the panel stays green whatever happens. The bounds come
from the declared signals.

Bad:
    score = Gauge("shop_score_ratio", help="Score.", service=shop, unit=units.RATIO, bounds=(0, 1))
    board = dashboard("Shop", uid="shop", panels=[stat("Score", "avg(shop_score_ratio)", thresholds=(70, 85))])

Good:
    score = Gauge("shop_score_ratio", help="Score.", service=shop, unit=units.RATIO, bounds=(0, 1))
    board = dashboard("Shop", uid="shop", panels=[
        stat("Score", "avg(shop_score_ratio)", thresholds=(0.7, 0.85)),
        stat("Percent", "100 * avg(shop_score_ratio)", thresholds=(70, 85)),
        stat("Up", "min(up)", thresholds=((1, "green"),), mappings=[value_mapping({"1": "up"})]),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.analysis import Analysed, Asked
from obskit.finding import Severity
from obskit.lint.panels import defaults, drawn
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.model import Panel

LEVEL: Severity = "warning"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Absolute thresholds outside the bounds of every query of the panel."""
    for panel, asked in drawn(analysed):
        known = [one for one, _ in asked if isinstance(one, Asked)]
        if not known or len(asked) != len(panel.queries):
            continue
        for step in _steps(panel):
            highest = [high for one in known if (high := _highest(one)) is not None]
            if len(highest) == len(known) and step > max(highest):
                message = f"{panel.name} has a threshold at {step:g}, and its values are at most {max(highest):g}"
                yield told(known[0], message, None, "thresholds are in the unit of the query")
                break


def _highest(asked: Asked) -> float | None:
    return asked.meaning.value.high if asked.meaning is not None else None


def _steps(panel: Panel) -> list[float]:
    thresholds: Any = defaults(panel).get("thresholds")
    if not isinstance(thresholds, dict) or thresholds.get("mode") == "percentage":
        return []
    steps = thresholds.get("steps")
    values = [step.get("value") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    return [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
