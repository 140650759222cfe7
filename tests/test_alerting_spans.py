"""Alerts on spans: written as a comparison, checked like a panel's query, delivered to Grafana alone."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from alerting_project import SETTINGS, Built, built
from project import obskit, write

from obskit.catalog import Service, SpanAttribute, SpanQuery, spans
from obskit.errors import DeclarationError
from obskit.rules import Alert

SPANS = """
shop = Service("shop", job="shop", runbook="https://runbooks.example.com/{alert}")
step = SpanAttribute("step.kind", help="Step.", service=shop, type="string", at_most=5)
ms = SpanAttribute("latency.ms", help="Time.", service=shop, type="int")
usd = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float")
slow = spans(shop, ms > 3000)
"""
ALERT = SPANS + """
one = Alert(name="Slow", expr=slow.count_over_time(by=step).over("5m") > 0, for_="2m", severity="warning", summary="Slow steps",
            description='{{ $value }} slow spans of {{ index $labels "span.step.kind" }}', labels={"team": "shop"}, steps=("Look.",))
"""
SHOP = Service("shop", job="shop")
MS = SpanAttribute("latency.ms", help="Time.", service=SHOP, type="int")


def linted(found: Built, *ids: str) -> list[str]:
    return [finding.message for finding in found.linted if finding.id in ids]


def test_alert_on_spans_asks_tempo_for_one_value(tmp_path: Path) -> None:
    rule = built(tmp_path, ALERT).rule
    asked, reduced, threshold = rule["data"]
    assert asked == {
        "refId": "A",
        "queryType": "traceql",
        "relativeTimeRange": {"from": 300, "to": 0},
        "datasourceUid": "tempo-uid",
        "model": {
            "refId": "A",
            "datasource": {"type": "tempo", "uid": "tempo-uid"},
            "queryType": "traceql",
            "query": '{ resource.service.name = "shop" && span.latency.ms > 3000 } | count_over_time() by (span.step.kind)',
            "filters": [],
            "metricsQueryType": "instant",
            "tableType": "traces",
        },
    }
    assert (reduced["model"]["type"], reduced["model"]["reducer"]) == ("reduce", "last")
    assert threshold["model"]["conditions"] == [{"evaluator": {"type": "gt", "params": [0]}}]
    assert (rule["condition"], rule["noDataState"], rule["execErrState"], rule["for"]) == ("C", "OK", "KeepLast", "2m")


def test_alert_on_spans_has_all_that_others_have(tmp_path: Path) -> None:
    rule = built(tmp_path, ALERT).rule
    assert rule["labels"] == {"severity": "warning", "team": "shop"}
    assert rule["annotations"] == {
        "summary": "Slow steps",
        "description": '{{ $values.B.Value }} slow spans of {{ index $labels "span.step.kind" }}',
        "runbook_url": "https://runbooks.example.com/Slow",
    }


def test_runbook_page_says_what_to_do(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"alerting"]', '"alerting", "docs"]')
    pages = {artifact.path: artifact.text for artifact in built(tmp_path, ALERT, settings=settings).artifacts if artifact.format == "docs"}
    page = pages["docs/runbooks/Slow.md"]
    assert "1. Look." in page
    assert "| fires | above 0 over the last 5m, for 2m |" in page
    assert "```traceql\n{ resource.service.name" in page
    assert "span.step.kind" in page.rpartition("### Labels")[2]
    assert "docs/traceql.md" not in pages


def test_experiment_is_told(tmp_path: Path) -> None:
    (told,) = built(tmp_path, ALERT).found
    assert (told.severity, told.hint) == ("info", "enable the feature toggle tempoAlerting in Grafana")


def test_rule_files_hold_no_alert_on_spans(tmp_path: Path) -> None:
    text = f"{ALERT}\nother = Alert(name='Other', expr='sum(q) > 1')\ng = RuleGroup('g', rules=(Alert(name='More', expr=slow.rate() > 1),))"
    found = built(tmp_path, text)
    assert [rule["title"] for rule in found.rules()] == ["Other", "Slow", "More"]
    (rules,) = (artifact for artifact in found.artifacts if artifact.format == "rules")
    assert rules.data == {"groups": [{"name": "shop", "rules": [{"alert": "Other", "expr": "sum(q) > 1"}]}]}


def test_group_holds_alerts_on_spans_beside_others(tmp_path: Path) -> None:
    pair = "Alert(name='More', expr=slow.rate() > 1), Alert(name='Other', expr='sum(q) > 1')"
    found = built(tmp_path, f"{SPANS}\ng = RuleGroup('g', interval='2m', rules=({pair}))")
    (group,) = found.files["shop"]["groups"]
    assert (group["name"], group["interval"], [rule["title"] for rule in group["rules"]]) == ("g", "2m", ["Other", "More"])


@pytest.mark.parametrize("sign", ["<", ">", "<=", ">=", "==", "!="])
def test_every_comparison_is_a_threshold(tmp_path: Path, sign: str) -> None:
    words = {"==": ".eq(2)", "!=": ".ne(2)"}.get(sign, f" {sign} 2")
    rule = built(tmp_path, f"{SPANS}one = Alert(name='One', expr=slow.count_over_time(){words})").rule
    names = {"<": "lt", ">": "gt", "<=": "lte", ">=": "gte", "==": "eq", "!=": "ne"}
    assert rule["data"][-1]["model"]["conditions"][0]["evaluator"]["type"] == names[sign]


def test_number_on_the_left_and_parameters_are_compared() -> None:
    assert str(spans(SHOP).rate() > 5) == '{ resource.service.name = "shop" } | rate() > 5'


@pytest.mark.parametrize(
    ("formats", "grafana", "message"),
    [('"dashboards", "rules"', "13.0", 'alert "Slow" asks spans: only the format alerting holds it, which is not enabled'),
     ('"alerting"', "12.0", 'alert "Slow" asks spans: it needs Grafana 12.1, and the target is 12.0')],
)  # fmt: skip
def test_alert_that_nothing_can_hold_is_an_error(tmp_path: Path, formats: str, grafana: str, message: str) -> None:
    settings = SETTINGS.replace('"dashboards", "rules", "alerting"', formats)
    found = built(tmp_path, ALERT, settings=settings, targets=grafana)
    assert (linted(found, "trace-alert"), found.files) == ([message], {})


def test_tempo_needs_a_datasource_too(tmp_path: Path) -> None:
    settings = SETTINGS.replace(', tempo = "tempo-uid"', "")
    write(tmp_path, {"pyproject.toml": settings, "rules_src/shop.py": f"from obskit.catalog import *\nfrom obskit.rules import *\n{ALERT}"})
    done = obskit(tmp_path, "build", "--env", "prod")
    assert (done.code, "nothing tells that of Tempo" in done.out) == (1, True)


CHECKED = [
    ('SpanQuery(\'{ span.latency.m > 3 } | rate()\') > 1', "unknown-attribute", 'attribute "latency.m"'),
    ("SpanQuery('{ resource.service.name = \"shop\" } | sum_over_time(span.cost.usd)') > 1", "sum-without-nil", "the sum of"),
    ("ms.quantile_over_time(0.9) > 3000", "quantile-threshold", 'alert "One" has a threshold at 3000'),
    ("SpanQuery('{ latency.ms > 3 } | rate()') > 1", "traceql-syntax", ""),
    ("slow.rate().over('2d') > 1", "traceql-range", 'alert "One" looks back 2d, and Tempo answers metrics of 24 h at most'),
]


@pytest.mark.parametrize(("expr", "check", "message"), CHECKED)
def test_query_of_an_alert_is_checked_like_a_panels(tmp_path: Path, expr: str, check: str, message: str) -> None:
    settings = SETTINGS.replace('unknown = "off"', 'unknown = "error"')
    (found,) = linted(built(tmp_path, f"{SPANS}one = Alert(name='One', expr={expr})", settings=settings), check)
    assert message in found


def test_label_that_spans_lack_is_found(tmp_path: Path) -> None:
    text = f"{SPANS}one = Alert(name='One', expr=slow.rate(by=step) > 1, summary='{{{{ $labels.job }}}}')"
    assert linted(built(tmp_path, text), "alert-label") == ['annotation "summary" of alert "One": label "job" is not in the result']


def test_checks_of_alerts_see_those_on_spans(tmp_path: Path) -> None:
    text = f"{SPANS}one = Alert(name='One', expr=slow.rate() > 1, panel='no/where')\ntwo = Alert(name='One', expr=slow.rate() > 2)"
    found = {finding.id for finding in built(tmp_path, text).linted}
    assert {"alert-panel", "duplicate-alert", "alert-severity", "alert-summary", "alert-description"} <= found


def test_waiver_of_an_alert_on_spans_holds(tmp_path: Path) -> None:
    text = SPANS + 'one = Alert(name="One", expr=slow.rate() > 1, waive=(Waive("alert-severity", "a trial", until="2030-01-01"),))'
    found = built(tmp_path, text)
    assert (linted(found, "alert-severity", "unused-waiver"), datetime.date(2030, 1, 1).year) == ([], 2030)


def test_uses_of_an_attribute_name_the_alert(tmp_path: Path) -> None:
    files = {"pyproject.toml": SETTINGS, "rules_src/shop.py": f"from obskit.catalog import *\nfrom obskit.rules import *\n{ALERT}"}
    done = obskit(write(tmp_path, files), "catalog", "uses", "latency.ms")
    assert (done.code, "Slow" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("make", "message"),
    [(lambda: spans(SHOP).search() > 1, "a search for spans has no value to compare"),
     (lambda: spans(SHOP).rate() > "1", "spans are compared with '1'"),
     (lambda: spans(SHOP).rate() > float("nan"), "spans are compared with nan"),
     (lambda: spans(SHOP).rate() > True, "spans are compared with True"),
     (lambda: bool(spans(SHOP).rate() > 1), "a comparison of spans has no truth value in Python"),
     (lambda: spans(SHOP).rate().over("soon"), 'window "soon" is not a duration'),
     (lambda: spans(SHOP).rate().over("10ms"), 'window "10ms" is under a second'),
     (lambda: Alert(name="X", expr=spans(SHOP).rate()), 'expr of alert "X" is a question to spans, and no condition')],
)  # fmt: skip
def test_what_is_no_condition_on_spans_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(DeclarationError) as caught:
        make()
    assert caught.value.message == message


def test_plain_query_looks_back_ten_minutes() -> None:
    assert (SpanQuery("{ } | rate()") > 1).window == "10m"
