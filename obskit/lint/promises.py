"""What a panel's title promises to compute, and whether a query's text speaks of it."""

from __future__ import annotations

import re

from obskit.lint.tempo import reduces
from obskit.model import Panel

_QUANTILE = re.compile(r"\bp(50|75|80|90|95|98|99|99[.]?9|99[.]?99)\b|\b(\d\d(?:\.\d+)?)(?:st|nd|rd|th)[ -]percentile\b", re.IGNORECASE)
_ANY_QUANTILE = re.compile(r"\b(?:percentiles?|quantiles?|median)\b", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
_MAXIMUM = re.compile(r"\bmax(?:imum)?\b", re.IGNORECASE)
_NAMES = (("a quantile", _ANY_QUANTILE), ("an average", _AVERAGE), ("a maximum", _MAXIMUM))
_SPEAKS = {
    "an average": re.compile(r"avg|mean|average|/|\brate\b|irate|increase|0\.50?\b|_sum\b", re.IGNORECASE),
    "a maximum": re.compile(r"max|topk|quantile|limit", re.IGNORECASE),
    "a quantile": re.compile(r"quantile|percentile|median", re.IGNORECASE),
}
_CALCS = {"an average": {"mean"}, "a maximum": {"max", "allMaxs"}, "a quantile": {"median"}}


def promise(title: str) -> str:
    """`P95`, `a quantile`, `an average`, `a maximum`, or nothing; nothing too for a title that names several or joins words."""
    found = _QUANTILE.findall(title)
    kinds = [name for name, pattern in _NAMES if pattern.search(title)]
    if len(found) == 1 and not set(kinds) - {"a quantile"}:
        number = found[0][0] or found[0][1]
        return f"P{number if '.' in number or len(number) < 3 else f'{number[:2]}.{number[2:]}'}"
    return kinds[0] if len(kinds) == 1 and not found else ""


def computes(promised: str, text: str, panel: Panel) -> bool:
    """Whether the query, or the calculation of the panel, speaks of what is promised."""
    calcs = set(reduces(panel) or ()) if panel.kind != "timeseries" else set()
    if promised.startswith("P"):
        share = float(promised[1:]) / 100
        shares = [float(number) for number in re.findall(r"(?<![\w.])0?\.\d+|(?<![\w.])1(?![\w.])", text)]
        return ("quantile" in text and any(abs(each - share) < 1e-9 for each in shares)) or f"p{promised[1:].replace('.', '')}" in calcs
    return _SPEAKS[promised].search(text) is not None or bool(calcs & _CALCS[promised])
