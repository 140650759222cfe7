"""Alerts, records and groups: what they become, and what they refuse; real promtool reads what is built."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from project import obskit, write
from tools import run_tool

from obskit.catalog import Counter, Service, raw
from obskit.errors import DeclarationError
from obskit.promql import canonical, parse
from obskit.render.encode import yaml_text
from obskit.rules import Alert, Declared, Record, RuleGroup, rule_files
from obskit.rules.breaking import WIDTH, broken

shop = Service("shop", job="shop", runbook="https://runbooks.example.com/{alert}.md")
requests = Counter("shop_requests_total", help="Requests.", service=shop)
ratio = requests.rate("5m").sum(by="job") / requests.rate("1h").sum(by="job").guarded()


def alert(**options: object) -> Alert:
    return Alert(**{"name": "ShopDown", "expr": "up == 0", **options})  # type: ignore[arg-type]


def built(*values: object) -> dict[str, object]:
    return rule_files([Declared(name="shop", path="rules_src/shop.py", values=values)])[0].json  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: alert(name=""), "an alert has a name"),
        (lambda: alert(expr=" "), 'expr of alert "ShopDown" is empty'),
        (lambda: alert(expr=3), "must be an expression or PromQL text"),
        (lambda: alert(expr=requests.rate() > 1), "rate() in a rule has no window"),
        (lambda: alert(for_="5"), 'for_ of alert "ShopDown" "5" is not a duration'),
        (lambda: alert(keep_firing_for="x"), 'keep_firing_for of alert "ShopDown"'),
        (lambda: alert(labels={"a-b": "c"}), '"a-b" is not a label name'),
        (lambda: alert(labels={"__name__": "c"}), '"__name__" is not a label name'),
        (lambda: alert(labels={"a": 1}), 'must be a dict of texts, not one whose "a" is 1'),
        (lambda: alert(severity="x", labels={"severity": "y"}), '"severity" is given twice'),
        (lambda: alert(annotations={"summary": "x"}), "has an option of its own"),
        (lambda: alert(annotations={"a": 1}), 'must be a dict of texts, not one whose "a" is 1'),
        (lambda: alert(summary=3), "summary of alert"),
        (lambda: Record(name="a b", expr="up"), '"a b" is not a metric name'),
        (lambda: Record(name="a", expr=""), 'expr of record "a" is empty'),
        (lambda: RuleGroup("", rules=(alert(),)), "a rule group has a name"),
        (lambda: RuleGroup("g", rules=()), 'group "g" has no rules'),
        (lambda: RuleGroup("g", rules=("x",)), "must be a tuple of Alert or Record, not one that holds 'x'"),  # type: ignore[arg-type]
        (lambda: RuleGroup("g", rules=(alert(),), interval="1"), 'interval of group "g"'),
        (lambda: RuleGroup("g", rules=(alert(),), query_offset="1"), 'query_offset of group "g"'),
        (lambda: RuleGroup("g", rules=(alert(),), limit=-1), 'limit of group "g"'),
    ],
)
def test_rule_refuses(declare: Callable[[], object], message: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        declare()
    assert message in caught.value.message


def test_alert_has_its_keys_in_the_order_people_write() -> None:
    one = alert(for_="5m", keep_firing_for="1m", severity="critical", labels={"team": "a"}, summary="s", description="d", runbook="https://r")
    (rule,) = built(one)["groups"][0]["rules"]  # type: ignore[index]
    assert [list(rule), list(rule["labels"]), list(rule["annotations"])] == [
        ["alert", "expr", "for", "keep_firing_for", "labels", "annotations"],
        ["severity", "team"],
        ["summary", "description", "runbook_url"],
    ]


def test_group_has_its_keys_in_the_order_people_write() -> None:
    group = RuleGroup("g", rules=(alert(),), interval="1m", limit=5, query_offset="30s", labels={"a": "b"})
    assert list(built(group)["groups"][0]) == ["name", "interval", "query_offset", "limit", "labels", "rules"]  # type: ignore[index]


def test_loose_rules_form_the_group_of_the_module() -> None:
    assert [group["name"] for group in built(alert(), Record(name="a:b", expr="up"))["groups"]] == ["shop"]  # type: ignore[index]


def test_alert_that_is_bound_and_in_a_group_counts_once() -> None:
    one = alert()
    groups = built(one, RuleGroup("g", rules=(one,)))["groups"]
    assert [(group["name"], len(group["rules"])) for group in groups] == [("g", 1)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("one", "url"),
    [
        (alert(), None),
        (alert(runbook="https://own"), "https://own"),
        (alert(expr=ratio > 1), "https://runbooks.example.com/ShopDown.md"),
        (alert(expr=ratio > 1, runbook="https://own"), "https://own"),
    ],
)
def test_runbook_is_the_given_one_or_the_service_s(one: Alert, url: str | None) -> None:
    assert one.all_annotations.get("runbook_url") == url


def test_rule_that_a_second_module_binds_again_counts_once() -> None:
    one = alert()
    files = rule_files([Declared(name=name, path=f"rules_src/{name}.py", values=(one,)) for name in ("a", "b")])
    assert [file.name for file in files] == ["a"]


def test_alert_leads_to_its_panel(tmp_path: Path) -> None:
    board = (
        "from obskit.dashboards import dashboard, stat\n"
        "board = dashboard('B', uid='b', panels=[stat('Up', 'up', key='up', unit='none', description='d')])\n"
    )
    rule = "from obskit.rules import Alert\ndown = Alert(name='Down', expr='up == 0', panel='b/up')\n"
    root = write(tmp_path, {"pyproject.toml": "", "dashboards_src/b.py": board, "rules_src/r.py": rule})
    assert obskit(root, "build").code == 0
    panel = json.loads((root / "build/grafana/dashboards/general/b.json").read_text())["panels"][0]
    (written,) = yaml.safe_load((root / "build/prometheus/rules/r.yaml").read_text())["groups"][0]["rules"]
    assert written["annotations"] == {"__dashboardUid__": "b", "__panelId__": str(panel["id"])}


@pytest.mark.parametrize(
    "expr",
    [
        ratio > 0.1,
        (ratio > 0.1).and_(requests.increase("5m").sum(by="job") >= 20),
        (1 - ratio) > 0.1,
        (ratio > 0.1).or_(ratio.absent()).unless(raw("maintenance == 1"), on="job"),
        (ratio + ratio + ratio) / 3,
        ratio.op("^", ratio),
    ],
)
def test_broken_expression_means_the_same(expr: object) -> None:
    text, plain = broken(expr), expr.promql(rule=True)  # type: ignore[arg-type,attr-defined]
    assert canonical(parse(text)).split() == canonical(parse(plain)).split()


def test_long_expression_is_broken_and_a_short_one_is_not() -> None:
    assert ("\n" in broken(ratio > 0.1), "\n" in broken(requests.rate("5m") > 1)) == (True, False)
    assert all(len(line) <= WIDTH for line in broken(ratio > 0.1).splitlines())


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
SPACES = [" ", "  ", "\n", "\r", "\t", "\x85", "\u2028", "\ufeff", "\x00"]
MARKS = [": ", " #", "- ", "? ", "---", "'", '"', "\\", "%", "@", "&a", "*a", "!t", "|", ">", "{", "]"]
WORDS = ["a" * 50, "yes", "null", "~", "1e3", "0x1", "1:30", "2026-05-01", "é", "数", "🚨"]
LONG = st.lists(st.sampled_from(SPACES + MARKS + WORDS), max_size=8).map("".join)
"""Text as yaml may misread it: what means something in yaml, beside words and numbers, in lines longer than the width."""
VALUES = st.recursive(
    TEXTS | LONG | st.sampled_from(WORDS) | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | LONG, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text("abc_", min_size=1), VALUES, min_size=1, max_size=3))
def test_yaml_reads_back_what_it_was_made_from(data: dict[str, object]) -> None:
    assert yaml.safe_load(yaml_text(data)) == data


def test_yaml_keeps_long_text_as_a_block() -> None:
    assert yaml_text({"expr": "a" * 101, "short": "b"}).splitlines() == ["expr: |-", "  " + "a" * 101, "short: b"]


def test_promtool_accepts_every_kind_of_rule(tmp_path: Path) -> None:
    group = RuleGroup(
        "g",
        interval="1m",
        limit=5,
        rules=(
            alert(
                expr=(ratio > 0.1).and_(requests.increase("5m").sum(by="job") >= 20), for_="5m", keep_firing_for="1m", severity="warning"
            ),
            alert(
                name="Words",
                summary='quotes " and \\ and {{ $value | humanize }}',
                description="two\nlines: 漢字 🚨",
                labels={"n": "1"},
            ),
            Record(name="job:shop_requests:rate5m", expr=requests.rate("5m").sum(by="job"), labels={"on": "yes"}),
        ),
    )
    file = tmp_path / "rules.yaml"
    file.write_text(yaml_text(built(group), "Built by obskit."), "utf-8")
    assert "SUCCESS: 3 rules found" in run_tool("promtool", "check", "rules", str(file))


@pytest.mark.parametrize(
    ("written", "expr"),
    [
        ("\n    up\n      == 0\n    ", "up\n  == 0"),
        ("\n\n  up ==\n\n  0", "up ==\n\n0"),
        ("up\n    == 0", "up\n    == 0"),
        ("  up\n  == 0\n", "up\n  == 0"),
        ("\n\tup\n\t\t== 0", "up\n\t== 0"),
    ],
)
def test_indent_of_a_block_of_text_is_not_built(written: str, expr: str) -> None:
    rules = built(alert(expr=written))["groups"][0]["rules"]  # type: ignore[index]  # JSON
    assert rules[0]["expr"] == expr
