"""Queries on the shop: a table that touches every function and operator, and a grammar of random well-typed ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

TABLE = tuple(Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines())
"""One query a line."""

_LABELS = ("method", "code", "pod", "job", "instance", "zone", "le", "version", "team", "kind", "nothing")
_COMMON = ("method", "pod", "job", "instance")
_GAUGES = ("share", "queue", "busy_percent", "debt", "ready", "up", "started", "build_info", "two:things", "job:errors:ratio")
_COUNTERS = ("requests_total", "failures_total", "latency_bucket", "latency_count", "latency_sum", "pause_count")
_OWN = {
    "share": ("method",), "queue": ("zone",), "requests_total": ("method", "code"), "failures_total": ("method",),
    "latency_bucket": ("le", "method"), "two:things": ("kind",),
}  # fmt: skip
_MATCHERS = {
    "": ('pod="pod-1"', 'job="shop"', 'job=~"shop|bank"', 'instance=~".*-1.*"', 'pod!="pod-1"', 'job="bank"', 'job!=""'),
    "method": (
        'method="GET"', 'method=~"GET|PUT"', 'method!="POST"', 'method=~".*T"', 'method!~"G.*"', 'method="PATCH"', 'method!~"PATCH|"',
    ),
    "code": ('code="500"', 'code=~"5.."', 'code!~"5..|404"', 'code=~"200|500"', 'code="6xx"'),
    "zone": ('zone=""', 'zone!="a"', 'zone=~"a|"', 'zone!=""', 'zone!~"a|b"', 'zone="c"'),
    "le": ('le="1"', 'le=~"1|2"', 'le!="+Inf"', 'le=~".*"', 'le="5"'),
    "kind": ('kind="share"', 'kind!="share"'),
}  # fmt: skip
_NUMBERS = ("0", "1", "-1", "0.5", "2", "100", "-10", "1e6")
_RATES = ("rate", "increase", "irate")
_OVER = (
    "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "last_over_time", "stddev_over_time",
    "present_over_time", "delta", "idelta", "deriv", "changes", "resets", "rate", "increase",
)  # fmt: skip
_PLAIN = ("abs", "ceil", "floor", "round", "sqrt", "exp", "ln", "sgn", "sort", "timestamp", "sin", "day_of_week", "hour")
_AGGREGATIONS = ("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar")
_ARITHMETIC = ("+", "-", "*", "/", "%", "^", "atan2")
_COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
_SETS = ("and", "or", "unless")

Pick = Callable[[tuple[str, ...]], str]


@st.composite
def families(draw: st.DrawFn) -> tuple[str, ...]:
    """A random query, last, and every part of it that is a query too."""
    growing = _Growing(lambda options: draw(st.sampled_from(options)))
    growing.vector(draw(st.integers(min_value=1, max_value=4)))
    return tuple(growing.seen)


class _Growing:
    """A query grown from leaves by random choices; `seen` are its parts."""

    def __init__(self, pick: Pick) -> None:
        self.pick = pick
        self.seen: list[str] = []

    def vector(self, depth: int) -> str:
        """An instant vector in which functions and operators nest at most `depth` deep."""
        grown = {"call": self._call, "over": self._over, "aggregate": self._aggregate, "binary": self._binary, "scaled": self._scaled}
        kind = self.pick(("call", "call", "over", "aggregate", "aggregate", "binary", "binary", "scaled", "special"))
        text = self._leaf() if depth <= 0 else grown.get(kind, self._special)(depth - 1)
        self.seen.append(text)
        return text

    def scalar(self, depth: int) -> str:
        kind = self.pick(("number", "number", "number", "scalar", "scalar", "time", "sum", "bool", "sign"))
        if depth <= 0 or kind == "number":
            return self.pick(_NUMBERS)
        if kind in ("scalar", "time"):
            text = f"scalar({self.vector(depth - 1)})" if kind == "scalar" else "time()"
        elif kind == "sign":
            text = f"-({self.scalar(depth - 1)})"
        else:
            operator = self.pick(_ARITHMETIC) if kind == "sum" else f"{self.pick(_COMPARISONS)} bool"
            text = f"({self.scalar(depth - 1)}) {operator} ({self.scalar(depth - 1)})"
        self.seen.append(text)
        return text

    def _leaf(self) -> str:
        return self._read((*_GAUGES, *_COUNTERS[:3])) + self.pick(("", "", "", "", " offset 11m", " @ 3015"))

    def _read(self, names: tuple[str, ...]) -> str:
        name = self.pick(names)
        own = _OWN.get(name, ())
        labels = [self.pick(("", *own, *own)) for _ in range(int(self.pick(("0", "0", "1", "1", "2"))))]
        if self.pick(("own",) * 9 + ("foreign",)) == "foreign":
            labels.append(self.pick(tuple(_MATCHERS)))
        matchers = ", ".join(self.pick(_MATCHERS[label]) for label in labels)
        return f"{name}{{{matchers}}}" if matchers else name

    def _call(self, depth: int) -> str:
        kind = self.pick(("rate", "rate", "plain", "plain", "sign", "clamp", "bound"))
        if kind == "rate":
            return f"{self.pick(_RATES)}({self._read(_COUNTERS)}[{self.pick(('1m', '5m', '17m'))}])"
        if kind == "plain":
            return f"{self.pick(_PLAIN)}({self.vector(depth)})"
        if kind == "sign":
            return f"-({self.vector(depth)})"
        if kind == "clamp":
            return f"clamp({self.vector(depth)}, {self.scalar(depth)}, {self.scalar(depth)})"
        return f"{self.pick(('clamp_min', 'clamp_max'))}({self.vector(depth)}, {self.scalar(depth)})"

    def _over(self, depth: int) -> str:
        function = self.pick(_OVER)
        if self.pick(("selector", "subquery")) == "selector":
            return f"{function}({self._read(_GAUGES)}[{self.pick(('2m', '12m'))}])"
        return f"{function}(({self.vector(depth)})[{self.pick(('5m:1m', '10m:', '20m:3m'))}])"

    def _aggregate(self, depth: int) -> str:
        of, kind = self.vector(depth), self.pick(("plain", "plain", "plain", "plain", "topk", "count_values", "quantile"))
        grouping = self.pick((f"by ({self._list()})", f"without ({self._list()})", ""))
        if kind == "plain":
            return f"{self.pick(_AGGREGATIONS)} {grouping} ({of})"
        if kind == "topk":
            return f"{self.pick(('topk', 'bottomk'))} {grouping} ({self.pick(('1', '2', '5'))}, {of})"
        if kind == "quantile":
            return f"quantile {grouping} ({self.pick(('0', '0.5', '1', '1.5'))}, {of})"
        return f'count_values {grouping} ("{self.pick(("v", "method"))}", {of})'

    def _binary(self, depth: int) -> str:
        left = self.vector(depth)
        right = self.pick((left, f"{self.pick(_PLAIN)}({left})", f"sum by ({self._list()}) ({left})", "")) or self.vector(depth)
        operator = self.pick((self.pick(_ARITHMETIC), self.pick(_ARITHMETIC), self.pick(_COMPARISONS), self.pick(_SETS)))
        return_bool = self.pick(("", "", "bool")) if operator in _COMPARISONS else ""
        matching = self.pick(("", "", "on", "on", "ignoring"))
        if matching:
            named = self._list()
            matching = f"{matching} ({named})"
            if operator not in _SETS:
                include = ", ".join(name for name in (self.pick(_LABELS),) if name not in named)
                matching += self.pick(("", f" group_left ({include})", f" group_right ({include})", " group_left ()"))
        return f"({left}) {operator} {return_bool} {matching} ({right})"

    def _scaled(self, depth: int) -> str:
        operator = self.pick((self.pick(_ARITHMETIC), self.pick(_COMPARISONS)))
        return_bool = self.pick(("", "", "bool")) if operator in _COMPARISONS else ""
        sides = f"({self.vector(depth)})", f"({self.scalar(depth)})"
        left, right = sides if self.pick(("right", "right", "left")) == "right" else sides[::-1]
        return f"{left} {operator} {return_bool} {right}"

    def _special(self, depth: int) -> str:
        kind = self.pick(("replace", "join", "absent", "vector", "histogram", "share"))
        if kind == "replace":
            return f'label_replace({self.vector(depth)}, "{self.pick(_LABELS)}", "$1", "{self.pick(_LABELS)}", "(.*)")'
        if kind == "join":
            return f'label_join({self.vector(depth)}, "{self.pick(_LABELS)}", "-", "{self.pick(_LABELS)}", "{self.pick(_LABELS)}")'
        if kind == "absent":
            return f"absent({self.vector(depth)})"
        if kind == "vector":
            return f"vector({self.scalar(depth)})"
        grouping = self.pick(("by", "without"))
        if kind == "histogram":
            labels = f"le, {self._list()}" if grouping == "by" else self._list()
            rates = f"rate({self._read(('latency_bucket',))}[5m])"
            return f"histogram_quantile({self.pick(('0.5', '0.99'))}, sum {grouping} ({labels}) ({rates}))"
        labels, added, metric = self._list(), self.pick(("sum", "count")), self.pick(("requests_total", "latency_bucket"))
        wide = metric if metric == "requests_total" else "latency_count"
        whole = f"{added} {grouping} ({labels}) (rate({self._read((wide,))}[5m]){self.pick(('', '', ' > 0', ' > 0.1'))})"
        part = f"{added} {grouping} ({labels}) (rate({self._read((metric,))}[5m]))"
        matching = self.pick(("", "", f"on ({labels})", "on ()", "ignoring (method)", "on () group_left ()", "on () group_right ()"))
        return f"({part}) / {matching} ({whole}{self.pick(('', ' > 0', ' < 0.9'))})"

    def _list(self) -> str:
        return ", ".join(sorted({self.pick((*_LABELS, *_COMMON, *_COMMON)) for _ in range(int(self.pick(("0", "1", "2", "3"))))}))
