"""Correct questions to spans that look unusual: no check has anything to say above info."""

from __future__ import annotations

import pytest
from quiet import grave

S = 'resource.service.name = "shop"'
COST = f"{{ {S} && span.cost.usd != nil }}"
CHARTS = [
    # (what it is, the question of a chart)
    ("a rate", f"{{ {S} }} | rate()"),
    ("a rate by a label", f"{{ {S} && kind = server }} | rate() by (name)"),
    ("errors", f"{{ {S} && status = error }} | rate() by (resource.service.name)"),
    ("a count", f"{{ {S} }} | count_over_time()"),
    ("two groups", f"{{ {S} }} | count_over_time() by (span.cost.model, status)"),
    ("a sum with its filter", f"{COST} | sum_over_time(span.cost.usd)"),
    ("a sum of what is above zero", f"{{ {S} && span.cost.usd > 0 }} | sum_over_time(span.cost.usd) by (span.cost.model)"),
    ("a mean", f"{COST} | avg_over_time(span.cost.usd)"),
    ("the least and the greatest", f"{COST} | min_over_time(span.cost.usd)"),
    ("quantiles of durations", f"{{ {S} }} | quantile_over_time(duration, .5, .9, .99)"),
    ("quantiles of a whole number", f"{{ {S} && span.queue.ms != nil }} | quantile_over_time(span.queue.ms, .9) by (name)"),
    ("the duration of traces", f"{{ {S} }} | quantile_over_time(traceDuration, .9)"),
    ("a histogram of durations", f"{{ {S} }} | histogram_over_time(duration)"),
    ("a histogram of a whole number", f"{{ {S} && span.queue.ms > 0 }} | histogram_over_time(span.queue.ms)"),
    ("a comparison of two sets", f"{{ {S} }} | compare({{ status = error }})"),
    ("a comparison with its limits", f"{{ {S} }} | compare({{ duration > 1s }}, 20)"),
    ("the top of groups", f"{{ {S} }} | rate() by (name) | topk(5)"),
    ("the bottom of groups", f"{COST} | avg_over_time(span.cost.usd) by (name) | bottomk(3)"),
    ("a hint", f"{{ {S} }} | rate() with (exemplars = true)"),
    ("a hint of sampling", f"{{ {S} }} | rate() by (name) with (sample = true)"),
    ("children of a span", f'{{ {S} && name = "GET /" }} > {{ status = error }} | rate()'),
    ("descendants", f"{{ {S} }} >> {{ kind = client }} | rate() by (name)"),
    ("descendants without", f"{{ {S} }} !>> {{ kind = client }} | rate()"),
    ("siblings", f"{{ {S} }} ~ {{ status = error }} | count_over_time()"),
    ("both in one trace", f'{{ {S} }} && {{ resource.service.name = "billing-api" }} | rate()'),
    ("either", f'{{ {S} }} || {{ resource.service.name = "billing-api" }} | rate()'),
    ("roots", f"{{ {S} && nestedSetParent < 0 }} | rate()"),
    ("roots by their names", "{ rootServiceName = \"shop\" } | rate() by (rootName)"),
    ("what is not there", f"{{ {S} && span.cost.usd = nil }} | count_over_time()"),
    ("a bool", f"{{ {S} && span.cached = true }} | rate()"),
    ("a bool as it is", f"{{ {S} && span.cached }} | rate()"),
    ("arithmetic", f"{{ {S} && span.queue.ms * 1000 > 5 }} | rate()"),
    ("a regex", f'{{ {S} && span.cost.model =~ "gpt-.*" }} | rate()'),
    ("one of several services", '{ resource.service.name =~ "shop|billing-api" } | rate() by (resource.service.name)'),
    ("a declared value", '{ resource.service.name = "billing-api" && span.stage = "sent" } | rate()'),
    ("semantic conventions", f"{{ {S} && span.http.response.status_code >= 500 }} | rate() by (span.http.route)"),
    ("the scope of instrumentation", f'{{ {S} && instrumentation:name = "http" }} | rate()'),
    ("events and links", f'{{ {S} && event:name = "exception" }} | rate()'),
    ("a name with an odd letter", f'{{ {S} && span."http.request.header.x id" != nil }} | rate()'),
    ("and, and or, with parentheses", f"{{ {S} && (status = error || duration > 5s) }} | rate()"),
    ("many lines", f"{{\n  {S} // ours\n  && duration > 10ms\n}}\n| rate() by (name)"),
    ("a variable", '{ resource.service.name =~ "$service" } | rate()'),
    ("a variable with a format", '{ resource.service.name =~ "${service:regex}" } | rate()'),
    ("a duration by a variable", f"{{ {S} && duration > $slow }} | rate()"),
    ("everything", "{ } | rate()"),
]  # fmt: skip
SEARCHES = [
    # (what it is, the question of a table of traces)
    ("slow ones", f"{{ {S} && duration > 2s }}"),
    ("dear ones", f"{{ {S} && span.cost.usd > 0.5 }}"),
    ("more spans than ten", f"{{ {S} && status = error }} | count() > 10"),
    ("a mean duration", f"{{ {S} }} | avg(duration) > 1s"),
    ("the sum of costs in a trace", f"{COST} | sum(span.cost.usd) > 1"),
    ("fields to show", f"{{ {S} }} | select(span.cost.model, span.cost.usd)"),
    ("grouped", f"{{ {S} }} | by(name) | count() > 2"),
    ("joined", f"({{ {S} }} | count() > 2) && ({{ status = error }} | count() > 1)"),
    ("the latest first", f"{{ {S} }} with (most_recent = true)"),
    ("parents of errors", f"{{ {S} }} < {{ status = error }}"),
    ("ancestors, both kept", f"{{ {S} }} &>> {{ status = error }}"),
    ("a trace by its id", '{ trace:id = "0123456789abcdef0123456789abcdef" }'),
    ("all", "{}"),
]  # fmt: skip
VARIABLES = 'custom_variable("service", ["shop", "billing-api"], multi=True), custom_variable("slow", ["1s", "5s"])'


def of_panel(panel: str) -> list[str]:
    board = f"board = dashboard('B', uid='b', tags=('shop',), description='B.', panels=[{panel}], variables=[{VARIABLES}])"
    return [one for one in grave(board) if "is used nowhere" not in one]


@pytest.mark.parametrize("question", [one[1] for one in CHARTS], ids=[one[0] for one in CHARTS])
def test_correct_chart_of_spans_is_left_in_peace(question: str) -> None:
    assert of_panel(f"timeseries('Spans', traceql({question!r}), unit='short', description='What it shows.')") == []


@pytest.mark.parametrize("question", [one[1] for one in SEARCHES], ids=[one[0] for one in SEARCHES])
def test_correct_search_for_traces_is_left_in_peace(question: str) -> None:
    assert of_panel(f"trace_list('Traces', {question!r}, description='What it shows.')") == []


def test_faulty_chart_of_spans_is_not() -> None:
    faulty = f"{{ {S} }} | sum_over_time(span.cost.usd)"
    found = of_panel(f"timeseries('Spans', traceql({faulty!r}), unit='short', description='What it shows.')")
    assert [one.split(":")[0] for one in found] == ["sum-without-nil"]
