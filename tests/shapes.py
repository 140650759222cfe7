"""A valid call of everything that authors import, and what stands in place of its arguments when somebody errs."""

from __future__ import annotations

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from obskit import catalog, dashboards, datasources, notify, rules
from obskit.catalog import Counter, Label, Param, Service, SpanAttribute, Waive, spans, units
from obskit.errors import DeclarationError
from obskit.secret import Secret

SHELF = (catalog, rules, notify, datasources, dashboards)
KEY = Secret.env("KEY")
SERVICE = Service("shop", job="shop")
LABEL = Label("route", at_most=5)
COUNTER = Counter("shop_requests_total", help="Requests.", service=SERVICE, labels=(LABEL,))
ATTRIBUTE = SpanAttribute("cost", help="Cost.", service=SERVICE, type="int")
SEARCH = spans(SERVICE).search()
ALERT = rules.Alert(name="A", expr="up == 0")
PANEL = dashboards.stat("P", COUNTER.rate().sum(by="route"))
OPS = notify.Receiver("ops", notify.Slack(KEY))
NIGHTS = notify.MuteTime("nights", notify.Period(times=("22:00-06:00",)))
_SIGNAL: dict[str, Any] = {"name": "shop_things_total", "help": "Things.", "service": SERVICE}
_ASKED: dict[str, Any] = {"title": "T", "queries": (COUNTER.rate(),)}

CALLS: dict[str, dict[str, Any]] = {
    "Counter": _SIGNAL,
    "Gauge": _SIGNAL | {"name": "shop_things"},
    "Info": _SIGNAL | {"name": "shop_info"},
    "Summary": _SIGNAL | {"name": "shop_s"},
    "Histogram": _SIGNAL | {"name": "shop_seconds", "buckets": (0.1, 1)},
    "Signal": _SIGNAL,
    "Label": {"name": "route", "at_most": 5},
    "Matcher": {"op": "=", "value": "x"},
    "Param": {"name": "p", "default": 5},
    "Quantity": {"unit": units.SECONDS},
    "Service": {"name": "shop"},
    "Unit": {"name": "things", "grafana": "short"},
    "SpanAttribute": {"name": "cost", "help": "Cost.", "service": SERVICE, "type": "int"},
    "SpanQuery": {"text": "{ }"},
    "SpanComparison": {"query": spans(SERVICE).rate(), "operator": ">", "limit": 1},
    "Spans": {"service": SERVICE},
    "Waive": {"check": "alert-for", "reason": "told"},
    "not_": {"value": "x"},
    "one_of": {"values": ("a", "b")},
    "raw": {"text": "up"},
    "regex": {"pattern": "a.*"},
    "span_status": {"value": "ok"},
    "spans": {"service": SERVICE},
    "time": {},
    "vector": {"value": 1},
    "Alert": {"name": "A", "expr": "up == 0"},
    "Record": {"name": "a:b", "expr": "up"},
    "RuleGroup": {"name": "g", "rules": (ALERT,)},
    "DingTalk": {"url": KEY},
    "Email": {"to": "a@example.com"},
    "Inhibit": {"source": {"a": "b"}, "target": {"c": "d"}},
    "MuteTime": {"name": "n", "periods": NIGHTS.periods},
    "PagerDuty": {"key": KEY},
    "Period": {"years": (2027,)},
    "Receiver": {"name": "r", "integrations": OPS.integrations},
    "Route": {"receiver": OPS},
    "Slack": {"url": KEY},
    "WeComApp": {"corp_id": "ww", "agent_id": "1", "secret": KEY},
    "WeComRobot": {"url": KEY},
    "Webhook": {"url": "https://hooks.example.com"},
    "Secret": {"place": "env", "name": "KEY"},
    "Basic": {"user": "u", "password": KEY},
    "Tls": {},
    "ToTrace": {"to": "tempo"},
    "ToLogs": {"to": "loki"},
    "ToMetrics": {"to": "prometheus"},
    "Loki": {"name": "L", "uid": "l", "url": "http://l"},
    "Prometheus": {"name": "P", "uid": "p", "url": "http://p"},
    "Tempo": {"name": "T", "uid": "t", "url": "http://t"},
    "uid_of": {"reference": "tempo"},
    "annotation": {"name": "Deploys", "expr": "up"},
    "dashboard": {"title": "B", "panels": [PANEL]},
    "row": {"title": "R", "panels": [PANEL]},
    "tag_links": {"title": "T", "tag": "shop"},
    "board_link": {"title": "T", "uid": "u"},
    "link": {"title": "T", "url": "https://example.com"},
    "no_value": {"text": "none"},
    "override": {"name": "A"},
    "value_mapping": {"texts": {"0": "Down"}},
    "LokiTarget": {"expr": '{a="b"}'},
    "PrometheusTarget": {"expr": "up"},
    "TempoTarget": {"query": "{ }"},
    "logql": {"text": '{a="b"}'},
    "query": {"expr": "up"},
    "traceql": {"text": "{ }"},
    "alert_list": {"title": "T"},
    "logs": {"title": "T", "queries": ('{a="b"}',)},
    "node_graph": {"title": "T", "queries": ("{ }",)},
    "text": {"title": "T", "content": "c"},
    "trace_list": {"title": "T", "query": SEARCH},
    "traces": {"title": "T", "query": "$trace_id"},
    "custom_variable": {"name": "v", "values": ("a",)},
    "datasource_variable": {},
    "instance_variable": {"metric": "up"},
    "interval_variable": {"name": "v", "values": ("5m",)},
    "query_variable": {"name": "v", "query": "label_values(up, job)"},
    "textbox_variable": {"name": "v"},
    **dict.fromkeys(("bar_gauge", "gauge", "heatmap", "histogram", "pie", "stat", "state_timeline", "table", "timeseries"), _ASKED),
}
"""A valid call by the name of what is called."""

APART = {"Expr", "ModernPanel", "Datasource", "Integration", "Notification", "Notifications", "Reference", "Rule", "Declared", "units"}
APART |= {"gather", "rule_files", "trace_alerts", "Spans"}
"""What authors do not call themselves: types, grafanalib's own class, what the build asks."""

WRONG: tuple[Any, ...] = (
    object(),
    3,
    -1,
    0.5,
    True,
    None,
    "x",
    "",
    b"x",
    [],
    (),
    {},
    [object()],
    (3,),
    (None,),
    ("x",),
    ["x"],
    {"a": object()},
    {3: "a"},
    {"a": "b"},
    float("nan"),
    LABEL,
    COUNTER,
    ATTRIBUTE,
    SEARCH,
    SERVICE,
    ALERT,
    PANEL,
    OPS,
    NIGHTS,
    KEY,
    Waive("alert-for", "told"),
    Param("q", "x"),
    units.SECONDS,
    {"type": "link"},
    ({"0": "off"},),
    iter(("x",)),
    lambda: None,
    int,
)


def arguments() -> Iterator[tuple[str, Callable[..., Any], str, str]]:
    """Every argument of everything public: the name of what is called, itself, the argument, and `*` or nothing."""
    for room in SHELF:
        for name in room.__all__:
            if name in APART:
                continue
            call = getattr(importlib.import_module(room.__name__), name)
            for option, parameter in inspect.signature(call).parameters.items():
                if parameter.kind is parameter.VAR_KEYWORD:
                    yield from ((name, call, more, "") for more in _options(name))
                elif option != "origin":
                    yield name, call, option, "*" if parameter.kind is parameter.VAR_POSITIONAL else ""


def _options(name: str) -> tuple[str, ...]:
    from obskit.dashboards.panel import Options

    return ("color", "custom__lineWidth") if name == "override" else tuple(Options.__annotations__)


def called(call: Callable[..., Any], name: str, option: str = "", star: str = "", value: Any = None) -> Any:
    """The valid call, with `value` in place of one argument (`*`: as the one positional argument of many)."""
    given = {**CALLS[name], **({option: (value,) if star else value} if option else {})}
    several = next(
        (each for each in ("queries", "values", "periods", "integrations", "conditions") if each in given and _many(call, each)), ""
    )
    rest = given.pop(several, ())
    before = [given.pop(each) for each in list(inspect.signature(call).parameters) if several and each in given and _positional(call, each)]
    return call(*before, *rest, **given)


def _many(call: Callable[..., Any], option: str) -> bool:
    found = inspect.signature(call).parameters.get(option)
    return found is not None and found.kind is found.VAR_POSITIONAL


def _positional(call: Callable[..., Any], option: str) -> bool:
    return inspect.signature(call).parameters[option].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD


def taken(*rooms: str) -> list[Any]:
    """Whatever the constructors of the rooms take in place of one right argument."""
    found = []
    for name, call, option, star in arguments():
        if name in {each for room in rooms for each in importlib.import_module(f"obskit.{room}").__all__}:
            found += list(_taken(name, call, option, star))
    return found


def boards() -> list[Any]:
    """Boards with each part that a helper gives for a wrong argument; a board that cannot be is no board."""
    homes = {name: "variables" for name in CALLS if name.endswith("_variable")} | {
        "annotation": "annotations",
        "link": "links",
        "board_link": "links",
        "tag_links": "links",
    }
    inside = {"override": "overrides", "value_mapping": "mappings", "no_value": "mappings"}
    asks = ("LokiTarget", "PrometheusTarget", "TempoTarget", "logql", "query", "traceql")
    found: list[Any] = []
    for name, call, option, star in arguments():
        for part in _taken(name, call, option, star) if name in dashboards.__all__ else ():
            number = f"{len(found)}"
            with contextlib.suppress(DeclarationError):
                if name == "dashboard":
                    found.append(part)
                elif name in homes:
                    found.append(dashboards.dashboard("B" + number, panels=[PANEL], **{homes[name]: [part]}))
                elif name in inside:
                    panel = dashboards.stat("P", "up", **{inside[name]: [part]})  # type: ignore[misc]  # one of three options
                    found.append(dashboards.dashboard("B" + number, panels=[panel]))
                else:
                    shown = dashboards.timeseries("P", part) if name in asks else part
                    found.append(dashboards.dashboard("B" + number, panels=[shown]))
    return found


def _taken(name: str, call: Callable[..., Any], option: str, star: str) -> Iterator[Any]:
    for value in WRONG:
        with contextlib.suppress(DeclarationError):
            yield called(call, name, option, star, value)
