"""What Grafana's expressions make of the values of a query: a small evaluator of reduce, math, threshold and of the condition.

Written from Grafana's packages `expr`, `expr/mathexp` and `ngalert/eval` (13): an instant query gives numbers, a reduction leaves them
as they are; of two sets of numbers each joins each whose labels are equal, contain the other's or are none; a comparison with "no
number" is "no number"; a condition fires for whatever is not 0, and fails as a whole where two results have the same labels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class Numeral(NamedTuple):
    """A value with labels; without them it is a scalar where `scalar` is set."""

    labels: frozenset[tuple[str, str]]
    value: float
    scalar: bool = False


class SameLabelsError(Exception):
    """Two results of a condition have the same labels: the rule is in error."""


_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b, "<": lambda a, b: a < b, ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip
_EVALUATORS = {"gt": ">", "lt": "<", "gte": ">=", "lte": "<=", "eq": "==", "ne": "!="}
_FUNCTIONS: dict[str, Callable[[float], bool]] = {
    "is_nan": math.isnan, "is_inf": math.isinf, "is_number": math.isfinite,
}  # fmt: skip
_WORDS = re.compile(r"\s*(\|\||[<>=!]=|[<>]|\$\w+|\w+(?=\()|[()]|-?[\d.]+(?:e[+-]?\d+)?)")


def firing(rule: Mapping[str, Any], samples: Iterable[tuple[Mapping[str, str], float]]) -> set[frozenset[tuple[str, str]]]:
    """The labels for which the rule fires when its query A answers with these samples. Raises SameLabelsError."""
    known: dict[str, list[Numeral]] = {"A": [Numeral(frozenset(labels.items()), value) for labels, value in samples]}
    for item in rule["data"][1:]:
        model = item["model"]
        assert (item["datasourceUid"], model["refId"]) == ("__expr__", item["refId"])
        known[item["refId"]] = _evaluated(model, known)
    condition = known[rule["condition"]]
    if len({one.labels for one in condition}) < len(condition):
        raise SameLabelsError
    return {one.labels for one in condition if one.value != 0}  # "no number" is not 0


def _evaluated(model: Mapping[str, Any], known: Mapping[str, list[Numeral]]) -> list[Numeral]:
    if model["type"] == "math":
        words = _WORDS.findall(model["expression"])
        assert "".join(words) == model["expression"].replace(" ", "")
        return _either(words, known)
    of = known[model["expression"]]
    if model["type"] == "reduce":
        assert model["reducer"] == "last"
        return of
    ((evaluator,),) = [condition.values() for condition in model["conditions"]]
    compare, (number,) = _OPERATORS[_EVALUATORS[evaluator["type"]]], evaluator["params"]
    return [one._replace(value=float(compare(one.value, number))) for one in of]


def _either(words: list[str], known: Mapping[str, list[Numeral]]) -> list[Numeral]:
    left = _compared(words, known)
    while words and words[0] == "||":
        words.pop(0)
        right = _compared(words, known)
        left = _joined(left, right, lambda a, b: 1.0 if a else math.nan if math.isnan(b) else float(bool(b)))
    return left


def _compared(words: list[str], known: Mapping[str, list[Numeral]]) -> list[Numeral]:
    left = _value(words, known)
    if words and words[0] in _OPERATORS:
        compare = _OPERATORS[words.pop(0)]
        left = _joined(left, _value(words, known), lambda a, b: math.nan if math.isnan(a) or math.isnan(b) else float(compare(a, b)))
    return left


def _value(words: list[str], known: Mapping[str, list[Numeral]]) -> list[Numeral]:
    word = words.pop(0)
    if word.startswith("$"):
        return known[word[1:]]
    if word in _FUNCTIONS:
        assert words.pop(0) == "("
        inner = _value(words, known)
        assert words.pop(0) == ")"
        return [one._replace(value=float(_FUNCTIONS[word](one.value))) for one in inner]
    return [Numeral(frozenset(), float(word), scalar=True)]


def _joined(one: list[Numeral], other: list[Numeral], join: Callable[[float, float], float]) -> list[Numeral]:
    found = []
    for a in one:
        for b in other:
            if a.labels == b.labels or a.labels > b.labels or b.labels > a.labels:
                found.append(Numeral(a.labels | b.labels, join(a.value, b.value)))
    return found
