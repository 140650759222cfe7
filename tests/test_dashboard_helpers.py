"""The helpers: they return grafanalib objects, fill in what follows from signals, and refuse what cannot work."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import grafanalib.core as core
import pytest
from grafanalib._gen import DashboardEncoder
from jsonschema import Draft202012Validator
from official_model import dropped, require_model

from obskit import dashboards as d
from obskit.catalog import Counter, Gauge, Histogram, Label, Service, SpanAttribute, Waive, spans, units
from obskit.dashboards.neutral import neutral
from obskit.errors import DeclarationError
from obskit.model import Board, Json
from obskit.render.boards import arranged
from obskit.render.validate import schema_file

shop = Service("shop", job="shop")
route = Label("route", at_most=9)
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(route,))
errors = Counter("shop_errors_total", help="Requests failed.", service=shop, labels=(route,))
queue = Gauge("shop_queue", help="Orders waiting.", service=shop)
latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, buckets=(0.1, 1, 2))
cost = SpanAttribute("cost.usd", help="Cost of a call.", service=shop, type="float", unit=units.USD)
model = SpanAttribute("cost.model", help="Model.", service=shop, type="string", at_most=9)
SCHEMA = Draft202012Validator(json.loads(schema_file("dashboards").read_text("utf-8")))

PANELS: dict[str, tuple[Any, type, str]] = {
    "timeseries": (lambda: d.timeseries("T", requests.rate().sum(by="route")), core.TimeSeries, "timeseries"),
    "bars": (lambda: d.timeseries("T", queue.sum(), draw="bars", stack=True, legend="hidden"), core.TimeSeries, "timeseries"),
    "stat": (lambda: d.stat("T", queue.sum(), thresholds=(1, 2), trend=True), core.Stat, "stat"),
    "gauge": (lambda: d.gauge("T", errors.rate().sum() / requests.rate().sum().guarded()), core.GaugePanel, "gauge"),
    "bar_gauge": (lambda: d.bar_gauge("T", requests.increase().sum(by="route")), core.BarGauge, "bargauge"),
    "pie": (lambda: d.pie("T", requests.increase().sum(by="route")), core.PieChartv2, "piechart"),
    "table": (lambda: d.table("T", queue, rename={"Value": "Orders"}), core.Table, "table"),
    "heatmap": (lambda: d.heatmap("T", latency.heatmap(), unit=units.SECONDS), core.Heatmap, "heatmap"),
    "histogram": (lambda: d.histogram("T", queue, bucket_size=5), core.Histogram, "histogram"),
    "state_timeline": (
        lambda: d.state_timeline("T", queue, mappings=[d.value_mapping({"0": ("Idle", "green")})]), core.StateTimeline, "state-timeline",
    ),
    "logs": (lambda: d.logs("T", '{app="shop"}'), core.Logs, "logs"),
    "traces": (lambda: d.traces("T", "$trace_id"), core.Panel, "traces"),
    "trace_list": (lambda: d.trace_list("T", spans(shop, cost > 0.01).search()), core.Table, "table"),
    "node_graph": (lambda: d.node_graph("T", service_map=True), core.Panel, "nodeGraph"),
    "text": (lambda: d.text("T", "# Words"), core.Text, "text"),
    "alert_list": (lambda: d.alert_list("T", labels='{job="shop"}'), core.Panel, "alertlist"),
}  # fmt: skip


def board(*panels: Any, **options: Any) -> Board:
    options.setdefault("variables", (d.textbox_variable("trace_id"),))
    made = d.dashboard("B", uid="b", panels=list(panels), **options)
    return neutral(made, module="m", path="dashboards_src/m.py", folder="General")


def first(panel: Any, **options: Any) -> Json:
    return board(panel, **options).panels[0].json


@pytest.mark.parametrize("name", PANELS)
def test_helper_returns_a_grafanalib_object(name: str) -> None:
    make, cls, _ = PANELS[name]
    assert isinstance(make(), cls)


@pytest.mark.parametrize("name", PANELS)
def test_helper_s_panel_has_the_kind_and_passes_the_schema(name: str) -> None:
    make, _, kind = PANELS[name]
    made = board(make())
    assert (made.panels[0].kind, [error.message for error in SCHEMA.iter_errors(arranged(made.json))]) == (kind, [])


@pytest.mark.parametrize("name", PANELS)
def test_helper_s_panel_loses_nothing_in_the_official_model(name: str) -> None:
    require_model()
    assert dropped(arranged(board(PANELS[name][0]()).json)) == []


def test_helper_s_board_is_written_by_grafanalib_s_own_encoder() -> None:
    made = d.dashboard("B", panels=[make() for make, _, _ in PANELS.values()])
    assert json.loads(json.dumps(made.to_json_data(), cls=DashboardEncoder))["title"] == "B"


@pytest.mark.parametrize(
    ("panel", "path", "value"),
    [
        (d.timeseries("T", requests.rate().sum(by="route")), "fieldConfig.defaults.unit", "reqps"),
        (d.timeseries("T", requests.rate().sum(by="route")), "description", "Requests served."),
        (d.timeseries("T", requests.rate().sum(by="route")), "targets.0.legendFormat", "{{route}}"),
        (d.timeseries("T", requests.rate().sum()), "targets.0.legendFormat", "T"),
        (d.timeseries("T", requests.rate()), "targets.0.legendFormat", "__auto"),
        (d.timeseries("T", requests.rate(), unit="ops", description="Mine."), "fieldConfig.defaults.unit", "ops"),
        (d.timeseries("T", requests.rate(), unit="ops", description="Mine."), "description", "Mine."),
        (d.timeseries("T", latency.quantile(0.9)), "targets.0.exemplar", True),
        (d.timeseries("T", latency.quantile(0.9)), "targets.0.range", True),
        (d.timeseries("T", d.query(latency.share_below(1), ref="A")), "targets.0", {
            "refId": "A", "datasource": {"type": "prometheus", "uid": "${datasource}"}, "editorMode": "code", "range": True,
            "legendFormat": "T",
            "expr": 'sum(rate(shop_latency_seconds_bucket{job=~"$job",le=~"1(\\\\.0)?"}[$__rate_interval]))'
                    ' / (sum(rate(shop_latency_seconds_count{job=~"$job"}[$__rate_interval])) > 0)',
        }),
        (d.stat("T", latency.quantile(0.9)), "targets.0.instant", True),
        (d.stat("T", queue), "options.graphMode", "none"),
        (d.stat("T", queue, trend=True), "targets.0.range", True),
        (d.table("T", queue), "targets.0.format", "table"),
        (d.heatmap("T", latency.heatmap()), "targets.0.format", "heatmap"),
        (d.heatmap("T", latency.heatmap()), "options.yAxis.unit", "s"),
        (d.heatmap("T", latency.heatmap(), unit="ms"), "options.yAxis.unit", "ms"),
        (d.heatmap("T", latency.heatmap()), "targets.0.legendFormat", "{{le}}"),
        (d.gauge("T", errors.rate().sum() / requests.rate().sum().guarded()), "fieldConfig.defaults.max", 1),
        (d.stat("T", queue, thresholds=(5, 9)), "fieldConfig.defaults.thresholds.steps", [
            {"color": "green", "value": None}, {"color": "yellow", "value": 5}, {"color": "red", "value": 9},
        ]),
        (d.stat("T", queue, thresholds=(5, 9), high_is_good=True), "fieldConfig.defaults.thresholds.steps.0.color", "red"),
        (d.stat("T", queue, thresholds=((5, "blue"),)), "fieldConfig.defaults.thresholds.steps.1.color", "blue"),
        (d.timeseries("T", queue, thresholds=(5,)), "fieldConfig.defaults.custom.thresholdsStyle.mode", "dashed"),
        (d.stat("T", cost.sum_over_time(by=model)), "targets.0.metricsQueryType", "instant"),
        (d.stat("T", cost.sum_over_time(by=model)), "fieldConfig.defaults.unit", "currencyUSD"),
        (d.stat("T", cost.sum_over_time(by=model)), "datasource.uid", "${tempo}"),
        (d.timeseries("T", cost.avg_over_time()), "targets.0.metricsQueryType", "range"),
        (d.timeseries("T", queue, d.traceql("{ } | rate()")), "datasource.uid", "-- Mixed --"),
        (d.timeseries("T", "rate(x[$__rate_interval])"), "targets.0.expr", "rate(x[$__rate_interval])"),
        (d.timeseries("T", queue, extra={"options": {"tooltip": {"mode": "none"}}}), "options.tooltip.mode", "none"),
        (d.bar_gauge("T", queue, min=-1), "fieldConfig.defaults.min", -1),
        (d.timeseries("T", errors.rate().sum() / requests.rate().sum()), "description", "Computed from: Requests failed. Requests served."),
        (d.stat("T", queue.sum() / 2), "description", "Orders waiting."),
        (d.node_graph("T", "$trace_id"), "targets.0.queryType", "traceql"),
    ],
)  # fmt: skip
def test_panel_is_filled_in(panel: Any, path: str, value: object) -> None:
    found: Any = first(panel)
    for key in path.split("."):
        found = found[int(key)] if key.isdigit() else found[key]
    assert found == value


@pytest.mark.parametrize("name", ["bar_gauge", "gauge"])
def test_dial_has_no_limit_and_no_colour_that_nobody_asked_for(name: str) -> None:
    defaults = first(getattr(d, name)("T", queue, color="blue"))["fieldConfig"]["defaults"]
    assert ("max" in defaults, defaults["thresholds"]["steps"]) == (False, [{"color": "blue", "value": None}])


def test_queries_get_their_letters_in_order() -> None:
    panel = first(d.timeseries("T", queue, d.query(requests.rate(), ref="C"), requests.rate()))
    assert [target["refId"] for target in panel["targets"]] == ["A", "C", "B"]


def test_board_has_the_variables_that_its_queries_need() -> None:
    made = board(d.stat("T", queue), d.stat("C", cost.sum_over_time()), d.logs("L", "{}"), variables=())
    assert [(variable.name, variable.kind) for variable in made.variables] == [
        ("datasource", "datasource"), ("tempo", "datasource"), ("loki", "datasource"), ("job", "query"),
    ]  # fmt: skip


def test_variable_of_the_author_replaces_the_one_that_would_come_by_itself() -> None:
    made = board(d.stat("T", queue), variables=(d.query_variable("job", "label_values(up, job)"),))
    assert [variable.query for variable in made.variables if variable.name == "job"] == ["label_values(up, job)"]


def test_board_with_an_instance_variable_asks_by_instance() -> None:
    made = board(d.stat("T", queue), variables=(d.instance_variable("up"),))
    assert made.panels[0].queries[0].text == 'shop_queue{job=~"$job",instance=~"$instance"}'


def test_panel_on_two_boards_asks_as_each_board_does() -> None:
    panel = d.stat("T", queue)
    texts = [board(panel, variables=given).panels[0].queries[0].text for given in ((d.instance_variable("up"),), ())]
    assert texts == ['shop_queue{job=~"$job",instance=~"$instance"}', 'shop_queue{job=~"$job"}']


def ids(*panels: Any) -> dict[str, int]:
    return {panel.title: panel.id for panel in board(*panels).panels}


def test_panel_keeps_its_id_when_another_is_inserted() -> None:
    before, after = ids(d.stat("A", queue), d.stat("B", queue)), ids(d.stat("A", queue), d.stat("New", queue), d.stat("B", queue))
    assert (before["A"], before["B"]) == (after["A"], after["B"])


def test_panel_with_a_key_keeps_its_id_when_it_moves_and_is_renamed() -> None:
    before = ids(d.row("Old", [d.stat("A", queue, key="a")]))["A"]
    assert ids(d.row("New", [d.stat("B", queue, key="a")]))["B"] == before


def test_ids_of_auto_panel_ids_are_replaced_and_others_kept() -> None:
    def made(**options: Any) -> list[int]:
        panels = [core.Stat(title="A", targets=[], **options), core.Stat(title="B", targets=[])]
        auto = core.Dashboard("D", panels=panels).auto_panel_ids()
        return [panel.id for panel in neutral(auto, module="m", path="m.py", folder="").panels]

    assert (made()[0] > 2, made(id=77)[0]) == (True, 77)


def places(made: Board) -> list[tuple[str, int, int, int, int]]:
    return [(panel.title, *(panel.json["gridPos"][side] for side in "xywh")) for panel in made.panels]


def test_panels_flow_below_their_row() -> None:
    row = d.row("R", [d.stat(title, queue, width=12, height=height) for title, height in (("A", 2), ("B", 4), ("C", 2))])
    assert places(board(row, d.row("S", [d.stat("D", queue)]))) == [
        ("R", 0, 0, 24, 1), ("A", 0, 1, 12, 2), ("B", 12, 1, 12, 4), ("C", 0, 3, 12, 2), ("S", 0, 5, 24, 1), ("D", 0, 6, 6, 4),
    ]  # fmt: skip


def test_link_to_a_panel_names_the_id_that_its_key_gives() -> None:
    made = ids(d.stat("A", queue, key="a"))
    assert f"viewPanel={made['A']}&" in d.board_link("T", "b", panel="a")["url"]


def test_collapsed_row_keeps_its_panels() -> None:
    made = board(d.row("R", [d.stat("A", queue)], collapsed=True), d.row("S", []))
    row = made.json["panels"][0]
    assert ([panel["title"] for panel in row["panels"]], places(made)[2]) == (["A"], ("S", 0, 1, 24, 1))


def test_importance_moves_a_panel_forward_in_its_row() -> None:
    made = board(d.row("R", [d.stat("A", queue), d.stat("B", queue, importance=1)]))
    assert [panel.title for panel in made.panels] == ["R", "B", "A"]


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: d.timeseries("", queue), "timeseries has no title"),
        (lambda: d.timeseries("T"), 'panel "T" has no query'),
        (lambda: d.timeseries("T", 3), '3 in panel "T" is not a query'),
        (lambda: d.timeseries("T", [queue, queue]), 'panel "T" is given a list of queries'),
        (lambda: d.timeseries("T", queue, unti="s"), 'timeseries has no option "unti"'),
        (lambda: d.timeseries("T", queue, unit=3), 'unit of panel "T"'),
        (lambda: d.heatmap("T", latency.heatmap(), unit=3), 'unit of panel "T"'),
        (lambda: d.timeseries("T", queue, width="x"), 'width of panel "T" must be a whole number'),
        (lambda: d.timeseries("T", queue, width=25), "does not fit the grid"),
        (lambda: d.timeseries("T", queue, height=0), "does not fit the grid"),
        (lambda: d.timeseries("T", queue, thresholds=(5, 1)), "do not ascend"),
        (lambda: d.timeseries("T", queue, thresholds=("a",)), "must be a list of numbers or Param or pair"),
        (lambda: d.timeseries("T", queue, thresholds=(1, 2, 3)), "need their colours"),
        (lambda: d.timeseries("T", queue, waive=("x",)), "must be a tuple of Waive, not one that holds 'x'"),
        (lambda: d.timeseries("T", queue, min=5, max=1), 'min of panel "T" is not below its max'),
        (lambda: d.timeseries("T", queue, decimals=-1), 'decimals of panel "T" are negative'),
        (lambda: d.timeseries("T", queue, mappings=[1]), 'mappings of panel "T" must be a dict or a list of dicts, not one that holds 1'),
        (lambda: d.timeseries("T", queue, overrides="x"), "overrides of panel \"T\" must be a dict or a list of dicts, not 'x'"),
        (lambda: d.dashboard("B", panels=[], variables=["x"]), "'x' in dashboard \"B\" is not a variable"),
        (lambda: d.dashboard("B", panels=[], tags=3), 'tags of dashboard "B" must be a list'),
        (lambda: d.traces("T", cost.sum_over_time()), 'query of panel "T" must be text, not a SpanQuery'),
        (lambda: d.row("", []), "a row has a title"),
        (lambda: d.dashboard("", panels=[]), "a dashboard has a title"),
        (lambda: d.dashboard("B", uid="../x", panels=[]), 'uid "../x" of dashboard "B" is not a uid'),
        (lambda: d.dashboard("B", uid="x" * 41, panels=[]), "is not a uid"),
        (lambda: d.dashboard("B", panels=["x"]), "is not a panel"),
        (lambda: d.link("", "x"), "a link has a title"),
        (lambda: d.query_variable("a b", "x"), '"a b" is not a variable name'),
        (lambda: d.custom_variable("a", ()), "has no values"),
        (lambda: d.interval_variable("a", ("1m",), default="2m"), "is not one of its values"),
    ],
)
def test_helper_refuses(declare: Callable[[], object], message: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        declare()
    assert message in caught.value.message


def test_waiver_travels_with_its_panel() -> None:
    waiver = Waive("panel-unit", "has none")
    assert board(d.stat("T", queue, waive=(waiver,))).panels[0].waive == (waiver,)


def test_every_name_of_the_shelf_can_be_imported() -> None:
    assert [name for name in d.__all__ if not callable(getattr(d, name))] == []
