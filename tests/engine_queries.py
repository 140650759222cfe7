"""Queries on the shop: a table that touches every function and operator, and a grammar of random well-typed ones."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

TABLE = r"""
requests_total
requests_total{method="GET", code=~"2.."}
requests_total{method="PATCH"}
requests_total{method!~"GET|POST|PUT"}
share{method!="GET"}
share{method=~"P.*"}
share{method=~"GET|PATCH"}
share{method=~"PATCH|"}
share{method="GET", method!="GET"}
share{zone="a"}
queue{zone=""}
queue{zone!=""}
queue{zone=~"a|"}
queue{zone!~"a|b"}
queue{zone!="a", zone!="b"}
queue{zone=~"|c"}
latency_bucket{le="1"}
latency_bucket{le="5"}
latency_bucket{le=~"1|2"}
{job="shop", __name__="share"}
{__name__=~"sha.+"}
nobody_knows
up
up{job="shop"}
up == 2
up == 0
up != 1
rate(requests_total[5m])
irate(requests_total[5m])
increase(requests_total{code="500"}[10m])
rate(queue[10m])
increase(queue[10m])
irate(debt[5m])
rate(share[5m])
delta(queue[5m])
idelta(queue[5m])
deriv(debt[5m])
predict_linear(queue[10m], 3600)
holt_winters(busy_percent[10m], 0.5, 0.5)
avg_over_time(share[5m])
min_over_time(share[5m])
max_over_time(share[5m])
sum_over_time(share[5m])
sum_over_time(debt[5m])
count_over_time(queue[5m])
quantile_over_time(0.5, share[5m])
quantile_over_time(1.5, share[5m])
quantile_over_time(-1, share[5m])
quantile_over_time(scalar(queue{zone="a", pod="pod-1"}), share[5m])
stddev_over_time(queue[5m])
stdvar_over_time(queue[5m])
last_over_time(share[5m])
present_over_time(queue[5m])
changes(ready[10m])
resets(requests_total[1h])
abs(queue)
abs(debt)
ceil(share)
floor(share)
round(share)
round(share, 5)
round(debt, 0.3)
round(queue, -1)
sqrt(queue)
exp(queue)
ln(share)
log2(share)
log10(share)
sgn(queue)
sgn(debt)
deg(share)
rad(busy_percent)
sin(queue)
cos(queue)
tan(queue)
asin(share)
acos(share)
atan(queue)
sinh(share)
cosh(share)
tanh(queue)
asinh(queue)
acosh(busy_percent)
atanh(share)
clamp(queue, 0, 1)
clamp(queue, 3, 1)
clamp(share, 2, 5)
clamp(share, -2, -1)
clamp_min(share, 5)
clamp_max(share, -1)
clamp_min(queue, 1)
clamp_max(queue, 1)
clamp_min(share, scalar(queue{zone="a", pod="pod-1"}))
clamp_max(share, scalar(queue{zone="a", pod="pod-1"}))
clamp_max(share, -time())
clamp_min(debt, time())
clamp(share, 0, scalar(debt))
sort(share)
sort_desc(share)
timestamp(share)
timestamp(share offset 5m)
scalar(queue{zone="a", pod="pod-1"})
scalar(share)
scalar(debt) + time()
vector(1)
vector(time())
vector(scalar(debt))
vector(NaN)
time()
pi()
time() - pi() * 2
1 / 0
-1 / (0 * 1)
1 == bool 2
-(1 + 2) ^ 2
hour()
minute(started)
day_of_month()
day_of_week(vector(0))
day_of_year(queue)
days_in_month()
month(started)
year(queue)
absent(share)
absent(nobody_knows{method="GET", code=~"5..", a="b"})
absent(share{method="PATCH", pod="a", pod!="b"})
absent((share{method="PATCH", pod="x"}))
absent(share{method="PATCH", method="GET"})
absent(sum(share{method="PATCH"}))
absent(share{method="PATCH"} > 1)
absent_over_time(share{method="PATCH", pod=""}[5m])
absent_over_time(sum(share{pod="x"})[5m:])
absent(share) or share
label_replace(share, "host", "$1", "instance", "(.*):.*")
label_replace(share, "method", "all", "", "")
label_replace(sum by (method) (share), "pod", "x-$1", "method", "P(.*)")
label_replace(sum by (job) (share), "job", "", "job", ".*")
label_join(share, "both", "-", "pod", "method")
label_join(share, "method", "/", "method", "job", "none")
label_replace(latency_bucket{le="+Inf"}, "le", "all", "le", ".*")
label_replace(share, "__name__", "other", "", "")
sum(share)
sum by (method) (share)
sum by (method, nothing) (share)
sum by (zone) (queue)
sum by (__name__, job) (queue)
count by (__name__) ({job="bank"})
sum without (method, pod) (share)
sum without () (share)
avg by (pod) (busy_percent)
min(share)
max without (instance) (debt)
sum(debt)
sum by () (ready)
count(queue)
count(share > 2)
group by (pod) (share)
stddev(queue)
stdvar by (pod) (queue)
quantile(0.9, share)
quantile(2, share)
quantile(-0.5, share)
quantile(scalar(debt), share)
quantile by (method) (0.5, debt)
topk(2, share)
topk by (pod) (1, share)
bottomk(1, share) by (method)
topk(0, share)
count_values("v", share)
count_values by (pod) ("v", queue)
count_values by (method) ("method", share)
count_values without (pod) ("instance", ready)
histogram_quantile(0.9, rate(latency_bucket[5m]))
histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m])))
histogram_quantile(0, sum by (le, method) (rate(latency_bucket[5m])))
histogram_quantile(1, latency_bucket)
histogram_quantile(1.1, latency_bucket)
histogram_quantile(-0.1, latency_bucket)
histogram_quantile(0.9, sum by (method) (rate(latency_bucket[5m])))
histogram_quantile(0.9, latency_bucket{le="1"})
histogram_quantile(0.9, le_method:latency_bucket:rate5m)
histogram_quantile(0.5, sum without (method) (increase(latency_bucket[10m])))
histogram_quantile(0.9, label_replace(latency_bucket, "le", "100", "le", "2"))
histogram_quantile(0.9, latency_bucket - latency_count)
histogram_quantile(0.9, latency_bucket * -1)
histogram_quantile(0.9, deriv(latency_bucket[20m]))
pause
pause{quantile="0.5"}
rate(pause_sum[5m]) / rate(pause_count[5m])
rate(latency_sum[5m]) / rate(latency_count[5m])
rate(latency_bucket{le="1"}[5m]) / ignoring (le) rate(latency_count[5m])
sum(rate(latency_bucket{le="1"}[5m])) / sum(rate(latency_count[5m]))
sum(rate(latency_bucket{le="+Inf"}[5m])) / sum(rate(latency_count[5m]))
sum(rate(latency_bucket[5m])) / sum(rate(latency_count[5m]))
sum(rate(latency_bucket{le=~"1|2"}[5m])) / sum(rate(latency_count[5m]))
sum without (le) (rate(latency_bucket{le!="2"}[5m])) / sum without (le) (rate(latency_count[5m]))
count(latency_bucket) / count(latency_count)
rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])
sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))
sum by (pod) (rate(requests_total{code="500"}[5m])) / (sum by (pod) (rate(requests_total[5m])) > 0)
sum by (pod) (rate(requests_total{code="200"}[5m])) / on () group_right () sum by (pod, x) (rate(requests_total[5m]))
sum by (code) (rate(requests_total{code="200"}[5m])) / on () group_right () sum by (code) (rate(requests_total[5m]))
sum by (code) (rate(requests_total[5m])) / on () group_left () (sum by (code) (rate(requests_total[5m])) < 0.95)
sum by (code) (rate(requests_total{code="200"}[5m])) / ignoring (code) (sum by (code) (rate(requests_total[5m])) < 0.95)
count(share) / count(share > 0.5)
count(share{method="GET"}) / count(share)
count(queue{zone="a"}) / count(queue)
requests_total{code="200"} - requests_total
share - share
share - on (pod, method) group_left (version) build_info
share * on (pod) group_left (version) build_info
build_info * on (pod) group_right (version) share
share * on (pod) group_left (nothing) build_info
share * on (pod) group_left (method) busy_percent
queue{zone=""} * on (pod) group_left (zone) label_replace(build_info, "zone", "z", "", "")
share / busy_percent
share / ignoring (method) group_left () busy_percent
share / ignoring (method) busy_percent
share / on (pod) share
share * on (job) group_left () busy_percent
sum by (method) (share) / sum by (method) (failures_total)
sum by (method) (share) / sum(share)
sum by (method) (share) / on () sum(share)
sum by (method) (share) / on () group_left () sum(share)
up / share
up{job="shop"} / up{job="bank"}
up{job="shop"} / ignoring (instance, job) up{job="bank"}
up * on (instance) group_right () share
share{method="GET"} + ignoring (method) share{method="PUT"}
share{method="GET"} + share{method="PUT"}
share and share > 0.5
share and busy_percent
share and on (pod) busy_percent > 50
share unless busy_percent
share unless share > 0.5
share unless on (pod) build_info
share or busy_percent
share or vector(7)
debt or share
sum by (pod) (share) or sum by (method) (share)
sum by (job) (debt) or share
up{job="shop"} == 0 and hour() > 8
up{job="shop"} == 1 and on () hour() >= 0
share > 0.5
0.5 < share
0.5 >= share
share > 1
share >= 1
share < 0
share == 0.5
share == 3
share != 0.5
share > NaN
queue > NaN
queue < Inf
queue != NaN
queue > 1 < 5
queue > 5 < 1
queue == -1
-queue > 1
share > bool 0.5
share > bool share
share > busy_percent
share * 100 > on (pod) group_left () busy_percent
busy_percent < on (pod) group_right () share
share > scalar(debt)
debt < 0 > -10
time() > bool 5
time() - started
time() - timestamp(share)
(time() - started) / 3600 > 2
-share
-debt
- -debt
-(share > 0.5)
share + 1
1 - share
share * -2
debt * debt
debt * share
share * debt * -1
share ^ 2
2 ^ debt
debt % 3
share % 0
share atan2 debt
debt atan2 debt
share / 2
share / -2
2 / share
1 / debt
share / share
share / debt
share / (0 * -1)
busy_percent / 100
busy_percent * 0
debt * 0
queue * 0
(share > 0.5) * 2
sum(share > 0.5)
avg(share > 0.5)
max_over_time((share > 0.5)[10m:1m])
sum_over_time(up[5m])
sum(up) / count(up)
avg(up) < 1
1 - avg(ready)
sum(ready) - count(ready)
share offset 20m
share offset -1m
share @ 3000
rate(requests_total[5m] offset 10m)
avg_over_time(rate(requests_total[5m])[30m:5m])
max_over_time(sum by (method) (share)[10m:])
min_over_time(-share[10m:1m])
rate(sum(queue)[10m:1m])
deriv(share[10m:1m])
quantile_over_time(0.3, (debt * 2)[10m:30s] offset 5m)
last_over_time(share[1h:5m] @ 4000)
changes(up[1h:])
sum_over_time(time()[5m:1m])
job_method:requests:rate5m
job_method:requests:rate5m{method="PATCH"}
job:requests:rate5m
job:requests:rate5m{team="b"}
job:errors:ratio
job:errors:share
job:errors:share > 1
1 - job:errors:share
pod:share:max
pod:share:max{method="GET"}
two:things
two:things{kind="share"}
bare:queue
bare:queue{pod="pod-1"}
sum by (pod) (bare:queue)
share * on (pod) group_left (team) job:requests:rate5m
job_method:requests:rate5m / on (job) group_left (team) job:requests:rate5m
sum by (job) (job_method:requests:rate5m) / job:requests:rate5m
sum by (job) (job_method:requests:rate5m) / on (job) job:requests:rate5m
absent(job:requests:rate5m{team="b"})
""".strip().splitlines()
"""One query a line."""

_LABELS = ("method", "code", "pod", "job", "instance", "zone", "le", "version", "team", "kind", "nothing")
_GAUGES = ("share", "queue", "busy_percent", "debt", "ready", "up", "started", "build_info", "two:things", "job:errors:ratio")
_COUNTERS = ("requests_total", "failures_total", "latency_bucket", "latency_count", "latency_sum", "pause_count")
_MATCHERS = (
    "", "", "", "", "", '{method="GET"}', '{method=~"GET|PUT"}', '{method!="POST"}', '{method=~".*T"}', '{pod="pod-1"}', '{job="shop"}',
    '{job=~"shop|bank"}', '{code="500"}', '{code=~"5.."}', '{zone=""}', '{zone!="a"}', '{le="1"}', '{le=~"1|2"}', '{method="PATCH"}',
    '{method!~"G.*"}', '{instance=~".*-1.*"}',
)  # fmt: skip
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
        kinds = (self._call, self._call, self._over, self._aggregate, self._aggregate, self._binary, self._binary, self._scaled, self._special)
        text = self._leaf() if depth <= 0 else kinds[int(self.pick(tuple(map(str, range(len(kinds))))))](depth - 1)
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
        name, matchers = self.pick((*_GAUGES, *_COUNTERS[:3])), self.pick(_MATCHERS)
        return f"{name}{matchers}{self.pick(('', '', '', '', ' offset 11m', ' @ 3015'))}"

    def _call(self, depth: int) -> str:
        kind = self.pick(("rate", "rate", "plain", "plain", "sign", "clamp", "bound"))
        if kind == "rate":
            return f"{self.pick(_RATES)}({self.pick(_COUNTERS)}{self.pick(_MATCHERS)}[{self.pick(('1m', '5m', '17m'))}])"
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
            return f"{function}({self.pick(_GAUGES)}{self.pick(_MATCHERS)}[{self.pick(('2m', '12m'))}])"
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
        right = self.pick((left, f"{self.pick(_PLAIN)}({left})", "")) or self.vector(depth)
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
            return f"histogram_quantile({self.pick(('0.5', '0.99'))}, sum {grouping} ({labels}) (rate(latency_bucket{self.pick(_MATCHERS)}[5m])))"
        rates = [f"sum {grouping} ({{}}) (rate(requests_total{matchers}[5m]))" for matchers in (self.pick(_MATCHERS), self.pick(("", '{code="500"}')))]
        labels = self._list()
        return f"({rates[0].format(labels)}) / ({rates[1].format(labels)})".replace("{}", labels)

    def _list(self) -> str:
        return ", ".join(sorted({self.pick(_LABELS) for _ in range(int(self.pick(("0", "1", "2", "3"))))}))
