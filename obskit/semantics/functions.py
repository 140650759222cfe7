"""What each function of PromQL makes of the meaning of its argument.

Label flow and results: the Prometheus documentation of functions, and its engine (`promql/functions.go`, 3.x).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from obskit.catalog import algebra, units
from obskit.catalog.unit import Quantity
from obskit.semantics.labels import NONE, Labels
from obskit.semantics.value import SCALAR, UNKNOWN, Type, Value

COUNT = Quantity(units.COUNT)
RATIO = Quantity(units.RATIO)
TIMESTAMP = Quantity(units.TIMESTAMP)
_NAME = ("__name__",)


def nameless(labels: Labels) -> Labels:
    return labels.without(_NAME) if "__name__" in labels.names else labels


def _made(of: Value, kind: Type, unit: Quantity | None, low: float | None = None, high: float | None = None) -> Value:
    return Value("vector", kind, unit, nameless(of.labels), low, high, (False, False), of.source, of.merged)


def _positive(of: Value) -> float | None:
    return 0 if of.low is not None and of.low >= 0 else None


def _rate(of: Value) -> Value:
    if of.type == "histogram":
        return _made(of, "histogram", of.unit)
    return _made(of, "rate", algebra.per_second(of.unit), _growth(of))


def _increase(of: Value) -> Value:
    return _made(of, "histogram" if of.type == "histogram" else "increase", of.unit, _growth(of) if of.type != "histogram" else None)


def _growth(of: Value) -> float | None:
    """A fall is taken for a restart, and what it fell to for growth: negative only where values are. What is unknown is a counter."""
    unknown = not of.type and of.source is None and of.labels.open
    return 0 if unknown else _positive(of)


def _change(of: Value) -> Value:
    unit = Quantity(units.SECONDS) if of.unit == TIMESTAMP else of.unit
    return _made(of, "histogram" if of.type == "histogram" else "gauge", unit)


def _slope(of: Value) -> Value:
    return _made(of, "gauge", algebra.slope(of.unit))


def _guess(of: Value) -> Value:
    return _made(of, "gauge", of.unit)


def _kept(of: Value) -> Value:
    return Value("vector", of.type, of.unit, of.labels, of.low, of.high, of.inside, of.source, of.merged)


def _within(of: Value) -> Value:
    kind: Type = "gauge" if of.type == "boolean" else of.type
    return Value("vector", kind, of.unit, nameless(of.labels), of.low, of.high, of.inside, of.source, of.merged)


def _total(of: Value) -> Value:
    kind: Type = of.type if of.type in ("histogram", "increase") else "gauge"
    return _made(of, kind, of.unit, _positive(of))


def _spread(of: Value) -> Value:
    return _made(of, "gauge", of.unit, 0)


def _count(low: float) -> Callable[[Value], Value]:
    return lambda of: _made(of, "count", COUNT, low)


def _one(of: Value) -> Value:
    return _made(of, "boolean", Quantity(units.BOOLEAN), 1, 1)


def _same(of: Value) -> Value:
    return Value("vector", of.type, of.unit, nameless(of.labels), of.low, of.high, of.inside, of.source, of.merged)


def _abs(of: Value) -> Value:
    low, high = (of.low, of.high) if of.low is not None and of.low >= 0 else (0, None)
    return Value("vector", of.type, of.unit, nameless(of.labels), low, high, source=of.source, merged=of.merged)


def _rounded(of: Value) -> Value:
    """Never less than 0 where the value is not: 0.4 becomes 0."""
    return Value("vector", of.type, of.unit, nameless(of.labels), _positive(of), None, (False, False), of.source, of.merged)


def _bare(of: Value) -> Value:
    return _made(of, "", None)


def _sign(of: Value) -> Value:
    return _made(of, "", Quantity(units.NONE), -1, 1)


def _calendar(low: float | None, high: float | None) -> Callable[[Value], Value]:
    return lambda of: _made(of, "count", None, low, high)


def _timestamp(of: Value) -> Value:
    return Value("vector", "timestamp", TIMESTAMP, nameless(of.labels), 0)


def _scalar(of: Value) -> Value:
    return Value("scalar", of.type, of.unit, NONE, of.low, of.high, of.inside)


def _vector(of: Value) -> Value:
    return Value("vector", of.type, of.unit, NONE, of.low, of.high, of.inside)


def _observed(of: Value) -> Value:
    return _made(of, "gauge", of.unit)


ON_ONE: Mapping[str, Callable[[Value], Value]] = MappingProxyType(
    {
        "rate": _rate, "irate": _rate, "increase": _increase, "delta": _change, "idelta": _change, "deriv": _slope,
        "predict_linear": _guess, "holt_winters": _guess, "double_exponential_smoothing": _guess,
        "last_over_time": _kept, "first_over_time": _kept, "avg_over_time": _within, "min_over_time": _within,
        "max_over_time": _within, "quantile_over_time": _within, "sum_over_time": _total, "stddev_over_time": _spread,
        "mad_over_time": _spread, "stdvar_over_time": _bare, "count_over_time": _count(1), "present_over_time": _one,
        "changes": _count(0), "resets": _count(0), "abs": _abs, "ceil": _rounded, "floor": _rounded, "round": _rounded,
        "sqrt": _bare, "exp": _bare, "ln": _bare, "log2": _bare, "log10": _bare, "sgn": _sign, "deg": _bare, "rad": _bare,
        "sin": _bare, "cos": _bare, "tan": _bare, "asin": _bare, "acos": _bare, "atan": _bare, "sinh": _bare, "cosh": _bare,
        "tanh": _bare, "asinh": _bare, "acosh": _bare, "atanh": _bare, "sort": _kept, "sort_desc": _kept,
        "sort_by_label": _kept, "sort_by_label_desc": _kept, "timestamp": _timestamp, "scalar": _scalar, "vector": _vector,
        "day_of_month": _calendar(1, 31), "day_of_week": _calendar(0, 6), "day_of_year": _calendar(1, 366),
        "days_in_month": _calendar(28, 31), "hour": _calendar(0, 23), "minute": _calendar(0, 59), "month": _calendar(1, 12),
        "year": _calendar(None, None), "histogram_avg": _observed, "histogram_stddev": _spread, "histogram_stdvar": _bare,
        "ts_of_min_over_time": _timestamp, "ts_of_max_over_time": _timestamp, "ts_of_last_over_time": _timestamp,
        "start_timestamp": _timestamp,
    }
)  # fmt: skip
"""By name, for functions whose result follows from the one series argument."""

SCALARS: Mapping[str, Value] = MappingProxyType(
    {
        "time": Value("scalar", "timestamp", TIMESTAMP, NONE, 0),
        "start": Value("scalar", "timestamp", TIMESTAMP, NONE, 0),
        "end": Value("scalar", "timestamp", TIMESTAMP, NONE, 0),
        "range": Value("scalar", "gauge", Quantity(units.SECONDS), NONE, 0),
        "step": Value("scalar", "gauge", Quantity(units.SECONDS), NONE, 0),
        "pi": SCALAR,
        "min_of": SCALAR,
        "max_of": SCALAR,
    }
)
"""Functions of no series. Without an argument `hour()` and its like are vectors without labels."""

NOW = Value("vector", "count", None, NONE, 0)
ANY = UNKNOWN
