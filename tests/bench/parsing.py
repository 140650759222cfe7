"""Measures the parse of PromQL by phase, on distinct queries as boards and alerts have them; half hold Grafana variables.

    python tests/bench/parsing.py [QUERIES]

Microseconds a query: median, and the tenth and ninetieth hundredth. *parser* is promql-parser alone, *requires* comes after
the parse, *places* asks every selector for its span, which only findings do.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import promql_parser

from obskit.promql import parse, requires

VALUES = {"job": "api", "instance": "$__all", "cluster": "prod", "k": "5"}
ALERTS = (
    'sum by (job) (rate({m}_total{{job="{j}", code=~"5.."}}[5m])) / sum by (job) (rate({m}_total{{job="{j}"}}[5m])) > 0.0{n}',
    'histogram_quantile(0.99, sum by (le, job) (rate({m}_bucket{{job="{j}"}}[5m]))) > {n}',
    '{m}_up{{job="{j}"}} == 0',
    '(1 - avg by (instance) (rate({m}_cpu_seconds_total{{mode="idle", job="{j}"}}[5m]))) * 100 > {n}',
    'predict_linear({m}_free_bytes{{job="{j}", fstype!~"tmpfs|overlay"}}[6h], 4 * 3600) < 0 and on (instance) {m}_readonly == 0',
    'sum by (pod) ({m}_restarts{{job="{j}"}}) * on (pod) group_left (node) max by (pod, node) ({m}_info{{job="{j}"}}) > {n}',
)
BOARDS = (
    'sum by (job) (rate({m}_total{{job=~"$job"}}[$__rate_interval]))',
    'sum(rate({m}_total{{job=~"$job", instance=~"$instance", code=~"5.."}}[$__rate_interval])) / {n}',
    'histogram_quantile(0.95, sum by (le) (rate({m}_bucket{{job=~"$job", handler="{j}"}}[$__rate_interval])))',
    'topk($k, sum by (handler) (increase({m}_total{{job="{j}"}}[$__range])))',
    'sum by ($group) ({m}_current{{cluster="$cluster", job="{j}"}})',
    'avg_over_time({m}_ratio{{cluster="$cluster", namespace="{j}"}}[$__interval]) * 100 > $limit',
)


def main() -> None:
    """Prints one row a phase."""
    texts = _queries(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    parsed = [parse(text, VALUES) for text in texts]
    _row("parser", promql_parser.parse, [one.edited.text for one in parsed])
    _row("parse", lambda text: parse(text, VALUES), texts)
    _row("requires", requires, [parse(text, VALUES) for text in texts])
    _row("places", lambda one: [selector.span for selector in one.selectors], parsed)


def _queries(count: int) -> list[str]:
    chance = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        form = chance.choice(ALERTS if len(found) % 2 else BOARDS)
        found[form.format(m=f"metric_{chance.randrange(count)}", j=f"service-{chance.randrange(60)}", n=chance.randrange(1, 99))] = None
    return list(found)


def _row(name: str, work: Callable[[Any], object], given: Sequence[Any]) -> None:
    taken = []
    for one in given:
        began = time.perf_counter()
        work(one)
        taken.append((time.perf_counter() - began) * 1e6)
    tenths = statistics.quantiles(taken, n=10)
    print(f"{name:10} {statistics.median(taken):6.1f} ({tenths[0]:.1f}-{tenths[-1]:.1f})")


if __name__ == "__main__":
    main()
