"""Times what one query costs: parse, meaning, every check. `python tests/bench/queries.py [QUERIES] [RUNS]`.

Distinct queries of the kinds that boards and alerts hold, over a catalogue of six services; processor time, median of the
runs. Beside it the parser library alone on the same texts, without variables, as the least that anything can cost.
"""

from __future__ import annotations

import datetime
import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import promql_parser

from obskit import analysis, lint
from obskit.analysis import Analysed
from obskit.catalog import Counter, Gauge, Histogram, Label, Service, Signal, SpanAttribute, units
from obskit.model import GroupView, RuleFile, RuleView, view
from obskit.origin import Origin
from obskit.promql import Parsed, parse, substitute, tokenize
from obskit.semantics import Knowledge, meaning
from obskit.settings import Settings
from obskit.source import Project
from obskit.traceql import parse as parse_spans

TODAY = datetime.date(2027, 1, 31)
PANELS = 20
BOARD = (
    'sum by (endpoint) (rate({s}_requests_total{{job=~"$job"}}[$__rate_interval]))',
    'sum by (job) (rate({s}_requests_total{{job=~"$job",code=~"5.."}}[$__rate_interval])) '
    '/ (sum by (job) (rate({s}_requests_total{{job=~"$job"}}[$__rate_interval])) > 0)',
    'histogram_quantile(0.{n:03d}, sum by (le, endpoint) (rate({s}_latency_seconds_bucket{{job=~"$job"}}[$__rate_interval])))',
    "max by (instance) ({s}_queue_length{{job=~\"$job\"}})",
    'sum(increase({s}_sold_cents_total{{job=~"$job"}}[$__range])) / 100 + {n}',
    'sum(rate({s}_latency_seconds_sum{{endpoint="/{n}"}}[$__rate_interval])) '
    '/ sum(rate({s}_latency_seconds_count{{endpoint="/{n}"}}[$__rate_interval]))',
    'topk({n}, sum by (endpoint) (rate({s}_requests_total{{job=~"$job",method="GET"}}[$__rate_interval])))',
    "time() - {s}_last_success_seconds > {n}",
)
RULES = (
    'sum by (job) (rate({s}_requests_total{{job="{s}",endpoint="/{n}",code=~"5.."}}[5m])) '
    '/ (sum by (job) (rate({s}_requests_total{{job="{s}",endpoint="/{n}"}}[5m])) > 0) > 0.05',
    '{s}_queue_length{{job="{s}"}} > 5 and on (job) sum by (job) (rate({s}_requests_total{{job="{s}",endpoint="/{n}"}}[5m])) > 1',
)
SPANS = '{{ resource.service.name = "{s}" && span.cost.usd != nil && span.step > {n} }} | sum_over_time(span.cost.usd) by (span.model)'


def signals() -> tuple[tuple[Signal, ...], tuple[SpanAttribute, ...]]:
    found: list[Signal] = []
    spans: list[SpanAttribute] = []
    endpoint, code = Label("endpoint", at_most=50), Label("code", pattern=r"[1-5]\d\d")
    method = Label("method", values=("GET", "POST"))
    for number in range(6):
        name = f"shop{number}"
        service = Service(name, job=name)
        found += [
            Counter(f"{name}_requests_total", help="Requests.", service=service, labels=(endpoint, code, method)),
            Counter(f"{name}_sold_cents_total", help="Sold.", service=service, unit=units.CENTS),
            Gauge(f"{name}_queue_length", help="Queue.", service=service),
            Gauge(f"{name}_last_success_seconds", help="Success.", service=service, unit=units.TIMESTAMP),
            Histogram(
                f"{name}_latency_seconds", help="Latency.", service=service, unit=units.SECONDS, labels=(endpoint,), buckets=(0.1, 1, 2)
            ),
        ]
        spans += [
            SpanAttribute("cost.usd", help="Cost.", service=service, type="float", unit=units.USD),
            SpanAttribute("model", help="Model.", service=service, type="string"),
            SpanAttribute("step", help="Step.", service=service, type="int"),
        ]
    return tuple(found), tuple(spans)


def texts(count: int) -> tuple[list[str], list[str], list[str]]:
    """Distinct queries of boards, of rules and of traces: 8 of 10, 1 of 10, 1 of 10."""
    board, rules, spans = [], [], []
    for number in range(count):
        service, kind, n = f"shop{number % 6}", number % 10, number + 1
        if kind == 8:
            rules.append(RULES[number // 10 % len(RULES)].format(s=service, n=n))
        elif kind == 9:
            spans.append(SPANS.format(s=service, n=n))
        else:
            text = BOARD[kind].format(s=service, n=n)
            board.append(text if str(n) in text else f"({text}) * {n}")
    return board, rules, spans


def project(board: list[str], rules: list[str], spans: list[str]) -> Project:
    targets = [("expr", "prometheus", text) for text in board] + [("query", "tempo", text) for text in spans]
    boards = []
    for start in range(0, len(targets), PANELS):
        panels = [
            {
                "type": "timeseries", "title": f"Panel {number}", "description": "D.", "id": number + 1,
                "gridPos": {"x": 0, "y": number * 8, "w": 24, "h": 8}, "fieldConfig": {"defaults": {"unit": "short"}, "overrides": []},
                "datasource": {"type": kind, "uid": "${datasource}"},
                "targets": [{"refId": "A", key: text, "datasource": {"type": kind, "uid": "${datasource}"}}],
            }
            for number, (key, kind, text) in enumerate(targets[start : start + PANELS])
        ]  # fmt: skip
        variables = [{"name": "datasource", "type": "datasource", "query": "prometheus"}, {"name": "job", "type": "query", "query": ""}]
        boards.append(
            view(
                {"title": f"Board {start}", "uid": f"b{start}", "tags": ["shop"], "panels": panels, "templating": {"list": variables}},
                origin=Origin("dashboards_src/bench.py", start + 1),
            )
        )
    views = tuple(
        RuleView(
            kind="alert",
            name=f"Alert{number}",
            expr=text,
            json={"alert": f"Alert{number}", "expr": text, "for": "5m", "labels": {"severity": "warning"}},
            origin=Origin("rules_src/bench.py", number + 1),
        )
        for number, text in enumerate(rules)
    )
    file = RuleFile(name="bench", module="rules_src/bench.py", groups=(GroupView(name="bench", rules=views, json={"name": "bench"}),))
    declared, attributes = signals()
    return Project(
        settings=Settings(root=Path.cwd()), signals=declared, attributes=attributes, boards=tuple(boards), rule_files=(file,), modules=2
    )


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(count: int = 10_000, runs: int = 5) -> None:
    gc.disable()  # as the command does
    board, rules, spans = texts(count)
    assert len({*board, *rules, *spans}) == count
    plain = [substitute(text, tokenize(text), {}).text for text in [*board, *rules]]
    lint.run(analysis.run(project(*texts(100))), today=TODAY)  # what is imported once is not a cost of queries
    phases: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        phases.setdefault(name, []).append(seconds / count * 1000)

    for _ in range(runs):
        _run(board, rules, spans, plain, note)
    print(f"{count} distinct queries, {runs} runs; milliseconds a query: median (least-greatest)")
    for name, seconds in phases.items():
        print(f"{name:26} {statistics.median(seconds):.3f} ({min(seconds):.3f}-{max(seconds):.3f})")


def _run(board: list[str], rules: list[str], spans: list[str], plain: list[str], note: Callable[[str, float], None]) -> None:
    """Each phase once."""
    note("the parser library alone", timed(lambda: [promql_parser.parse(text) for text in plain]))
    knowledge = Knowledge.of(signals()[0], (), parse)
    parsed: list[Parsed] = []
    note("parse PromQL", timed(lambda: parsed.extend(parse(text) for text in [*board, *rules])))
    note("meaning", timed(lambda: [meaning(one, knowledge) for one in parsed]))
    note("parse TraceQL", timed(lambda: [parse_spans(text) for text in spans]))
    given = project(board, rules, spans)
    analysed: list[Analysed] = []
    whole = timed(lambda: analysed.append(analysis.run(given)))
    checks = timed(lambda: lint.run(analysed[0], today=TODAY))
    note("analysis as a whole", whole)
    note("checks", checks)
    note("all", whole + checks)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
