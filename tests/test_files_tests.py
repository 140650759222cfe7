"""Foreign promtool test files: their structure, their series and their queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import checked, gathered, said, shown
from hypothesis import given
from hypothesis import strategies as st
from tools import run_tool

from obskit.settings import Settings
from obskit.source.files import Gathering, read
from obskit.source.files.series import MOST, series_fault, values_fault

GOOD = """\
rule_files: []
evaluation_interval: 1m
fuzzy_compare: true
tests:
  - name: all
    interval: 30s
    external_labels: {a: b}
    input_series:
      - series: up{job="shop", instance="a:1"}
        values: "1+0x5 _ _x3 stale 0 -1-2x3 1e3 .5 NaN 4x2"
      - series: one
        values: 1 2 3
    promql_expr_test:
      - expr: sum(up)
        eval_time: 0
        exp_samples:
          - {labels: '{}', value: 1}
      - expr: up
        eval_time: 30s
        exp_samples:
          - labels: up{job="shop", instance="a:1"}
            value: 1e0
"""


def test_good_file_has_no_finding() -> None:
    assert said(GOOD) == []


def test_good_file_is_taken_by_promtool(tmp_path: Path) -> None:
    text = GOOD.replace("fuzzy_compare: true\n", "").replace("    name: all\n", "").replace("  - name: all\n    interval", "  - interval")
    (tmp_path / "a.yaml").write_text(text)
    run_tool("promtool", "test", "rules", str(tmp_path / "a.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            "evaluation_interval: 1m",
            "evaluation_interval: 1 m",
            '2: error: field "evaluation_interval" of the test file "1 m" is not a duration',
        ),
        ("fuzzy_compare", "fuzy_compare", '3: error: the test file has no field "fuzy_compare"'),
        ("tests:\n", "tests: x\nmore:\n", '4: error: field "tests" of the test file must be a list, not text'),
        ("interval: 30s", "interval: 30", '6: error: field "interval" of test "all" "30" is not a duration'),
        ("input_series:", "inputs:", '8: error: test "all" has no field "inputs"'),
        ("- series: one", "- serie: one", '11: error: a series of test "all" has no field "serie"'),
        ("- series: one", "- series: one{", '11: error: "one{" of test "all" is not a series: '),
        ("- series: one", "- series: sum(one)", '11: error: "sum(one)" of test "all" is not a series: it is no series'),
        ("- series: one", '- series: one{a=~"b"}', '11: error: "one{a=~"b"}" of test "all" is not a series: its labels are matched'),
        ("values: 1 2 3", "values: 1 2 3+", '12: error: test "all": "3+" is no value of a series'),
        ("values: 1 2 3", "values: 1,2", '12: error: test "all": "1,2" is no value of a series'),
        ("      - expr: sum(up)\n", "      - exp: sum(up)\n", '14: error: a query test of test "all" has no field "exp"'),
        ("labels: '{}'", "labels: '{a}'", '17: error: "{a}" of test "all" is no set of labels: '),
        ("value: 1}", "value: one}", '17: error: the value "one" of test "all" is not a number'),
        ("eval_time: 30s", "eval_time: x", '19: error: field "eval_time" of a query test of test "all" "x" is not a duration'),
    ],
)
def test_what_promtool_refuses_is_an_error_at_its_line(old: str, new: str, wanted: str) -> None:
    assert old in GOOD
    assert any(one.startswith(wanted) for one in said(GOOD.replace(old, new, 1)))


def test_alert_test_needs_a_name() -> None:
    text = "tests:\n- alert_rule_test:\n  - eval_time: 1m\n    exp_alerts:\n    - exp_label: {a: b}\n"
    assert [one.partition(" [")[0] for one in said(text)] == [
        "3: error: an alert test of test 1 has no alertname",
        '5: error: an expected alert of test 1 has no field "exp_label"',
    ]


def test_fields_of_vmalert_are_warnings() -> None:
    text = "tests:\n- metricsql_expr_test: []\n  alert_rule_test:\n  - {groupname: g, alertname: A, eval_time: 1m}\n"
    assert [one.split(": ")[1] for one in said(text)] == ["warning", "warning"]


def test_query_of_a_test_is_checked_like_any_other() -> None:
    (extra,) = gathered(GOOD.replace("sum(up)", "sum(up")).extras[:1]
    assert (extra.text, extra.origin.line) == ("sum(up", 14)


def test_rule_file_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text("groups: []\n")
    gathering = Gathering(Settings(root=tmp_path))
    raw = b"rule_files: [rules/a.yaml, rules/*.yaml, rules/b.yaml, '../[', 5]\ntests: []\n"
    gathering.add(read(raw, "t.yaml"), "t.yaml", tmp_path)
    assert [shown(one).partition(": ")[2] for one in gathering.gathered.findings] == [
        'warning: there is no rule file "rules/b.yaml" [test-file]', 'warning: there is no rule file "../[" [test-file]',
        "error: a rule file must be text [test-file]",
    ]  # fmt: skip


def test_wrong_values_are_shown_with_their_place() -> None:
    (finding,) = [one for one in checked(GOOD.replace("values: 1 2 3", "values: 1 b 3")) if one.id == "test-file"]
    assert (finding.query, finding.span) == ("1 b 3", (2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0x10",
        "-1",
        "+1",
        "1.5e-3",
        "Inf -Inf NaN",
        "_",
        "_x5",
        "stale",
        "1x3",
        "1+2x3",
        "1-2x3",
        "-1+-2x3",
        "0+10x5 100x2",
        "{{schema:0 sum:1 count:1}}",
        "{{schema:1 buckets:[1 2]}}+{{schema:1}}x3",
        "{{}}x5",
        " 1\n2 ",
    ],
)
def test_values_of_a_series_are_taken(text: str) -> None:
    assert values_fault(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [("0+1x999999999999", (0, 16)), ("1 _x1000000", (2, 11)), ("1x500000 stalex500000", (9, 21)), ("1x" + "9" * 9999, (0, 10001))],
)
def test_more_samples_than_fit_in_memory_are_a_fault(text: str, span: tuple[int, int]) -> None:
    found = values_fault(text)
    assert found is not None
    assert (found[0].endswith(f" makes more than {MOST} samples of the series"), found[1]) == (True, span)


def test_most_samples_and_large_hexadecimal_numbers_are_taken() -> None:
    assert values_fault(f"1+1x{MOST - 2} 0x99999999") is None


@pytest.mark.parametrize("text", ["a", "1+", "1+2", "1x", "1+2x-3", "_x", "1,2", "{{", "1 2 three", "1 + 2x3", "--1", "1+2x3.5", "_5"])
def test_values_that_are_none_are_not_taken(text: str) -> None:
    assert values_fault(text) is not None


@pytest.mark.parametrize(
    "text", ["up", 'up{a="b"}', "{}", '{a="b"}', 'up{a=""}', '{a=""}', "a:b:c", '{"a.b", c="d"}', "up{}", ' up {a="b"} ']
)
def test_series_is_taken(text: str) -> None:
    assert series_fault(text) == ""


@pytest.mark.parametrize("text", ["", "up{", 'up{a!="b"}', "up[5m]", "sum(up)", "up == 1", "up offset 5m", "1", 'up{a="b"} 5', "{a}"])
def test_what_is_no_series_is_not_taken(text: str) -> None:
    assert series_fault(text) != ""


@given(st.text(alphabet="{}[]=,~!\"'ab01 x+-_.:$", max_size=30))
def test_no_series_raises(text: str) -> None:
    series_fault(text)
    values_fault(text)
