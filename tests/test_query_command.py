"""`obskit query`: what one query means, for people and line by line for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from project import REPOSITORY, obskit, write

SHOP = {
    "pyproject.toml": '[tool.obskit]\n[tool.obskit.targets]\nprometheus = "3.0"\ntempo = "2.8"\n',
    "rules_src/shop.py": '''\
from obskit.catalog import Counter, Label, Service, SpanAttribute, units
from obskit.rules import Record
shop = Service("shop", job="shop")
method = Label("method", values=("GET", "POST"))
requests = Counter("shop_requests_total", help="Requests.", service=shop, labels=(method,))
rate5m = Record(name="job:shop_requests:rate5m", expr=requests.rate("5m").sum(by="job"))
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
''',
}
KEYS = ["query", "ok", "stage", "message", "hint", "line", "column", "canonical", "meaning", "findings"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, SHOP)


def answer(project: Path, language: str, text: str, *more: str) -> dict[str, Any]:
    ran = obskit(project, "query", language, text, "--json", *more)
    found: dict[str, Any] = json.loads(ran.out)
    assert ran.code == (0 if found["ok"] else 1)
    return found


def test_answer_has_every_key(project: Path) -> None:
    assert list(answer(project, "promql", "up")) == KEYS


def test_meaning_follows_from_the_catalogue(project: Path) -> None:
    meaning = answer(project, "promql", "sum by (method) (rate(shop_requests_total[5m]))")["meaning"]
    assert meaning["result"] == "rate"
    assert meaning["unit"] == "count per s"
    assert meaning["grafana_unit"] == "reqps"
    assert meaning["labels"] == ["method"]
    assert meaning["values"] == {"method": ["GET", "POST"]}
    assert meaning["signals"] == ["shop_requests_total"]
    assert meaning["unknown"] == []


def test_recording_rules_of_the_project_are_known(project: Path) -> None:
    assert answer(project, "promql", "job:shop_requests:rate5m")["meaning"]["labels"] == ["job"]


STAGES = [
    ("promql", "sum(rate(up[5m])", "syntax", 1, 4),
    ("promql", "up\n  + )", "syntax", 2, 5),
    ("promql", "first_over_time(up[5m])", "unsupported", 1, 1),
    ("promql", "(" * 300 + "up" + ")" * 300, "unsupported", 1, 1),
    ("traceql", "{ service.name = `x` }", "syntax", 1, 3),
    ("traceql", "{ status = `error` }", "validation", 1, None),
    ("traceql", "{ } | rate() > 5", "unsupported", 1, None),
]


@pytest.mark.parametrize(("language", "text", "stage", "line", "column"), STAGES, ids=[f"{row[1][:20]}-{row[2]}" for row in STAGES])
def test_refusal_says_stage_and_place(project: Path, language: str, text: str, stage: str, line: int, column: int | None) -> None:
    found = answer(project, language, text)
    assert (found["ok"], found["stage"], found["line"]) == (False, stage, line)
    assert found["message"]
    assert column in (None, found["column"])


def test_findings_are_those_of_the_query(project: Path) -> None:
    found = answer(project, "promql", 'shop_requests_total{methd="GET"}')
    assert {finding["id"] for finding in found["findings"]} >= {"unknown-label"}
    assert all(finding["query"] == found["query"] for finding in found["findings"])
    assert (found["ok"], found["stage"]) == (False, None)


def test_unknown_metric_is_told_with_the_place_of_its_name(project: Path) -> None:
    (first,) = [one for one in answer(project, "promql", "rate(shop_request_total[5m])")["findings"] if one["id"] == "unknown-metric"]
    assert (first["span"], first["path"]) == ([5, 23], None)


def test_what_is_right_in_a_panel_can_be_wrong_in_an_alert(project: Path) -> None:
    in_panel = answer(project, "promql", "topk(3, shop_requests_total) > 1")
    in_alert = answer(project, "promql", "topk(3, shop_requests_total) > 1", "--as", "alert")
    assert "topk-in-alert" not in {one["id"] for one in in_panel["findings"]}
    assert "topk-in-alert" in {one["id"] for one in in_alert["findings"]}


def test_span_queries_take_units_from_attributes(project: Path) -> None:
    found = answer(project, "traceql", "{ span.cost.usd != nil } | sum_over_time(span.cost.usd)")
    assert (found["ok"], found["meaning"]["unit"]) == (True, "US dollars")
    assert found["canonical"] == "{ span.cost.usd != nil } | sum_over_time(span.cost.usd)"


def test_text_for_people_shows_the_canonical_query_and_its_meaning(project: Path) -> None:
    ran = obskit(project, "query", "promql", "sum(rate( shop_requests_total[5m] ))")
    lines = ran.out.splitlines()
    assert lines[0] == "sum(rate(shop_requests_total[5m]))"
    assert "  result   rate (instant vector)" in lines
    assert "  unit     count per s (Grafana: reqps)" in lines
    assert "  labels   none: one series" in lines


def test_refusal_for_people_has_a_caret(project: Path) -> None:
    out = obskit(project, "query", "promql", "sum(rate(up[5m])").out
    assert "    sum(rate(up[5m])\n       ^\n" in out


def test_outside_of_a_project_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "query", "promql", "rate(anything_total[5m])", "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["meaning"]["unknown"]) == (0, ["anything_total"])
    assert {finding["severity"] for finding in found["findings"]} <= {"info"}


def talk(project: Path, lines: list[str]) -> tuple[int, list[str], str]:
    command = [sys.executable, "-m", "obskit", "--project", str(project), "query", "promql", "-", "--json"]
    given = "".join(f"{line}\n" for line in lines)
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_lines_are_answered_one_by_one_in_order(project: Path) -> None:
    asked = ["up", "sum(", "rate(up[5m])", "a\nb", "ünïcode_☃"]
    code, out, _ = talk(project, [json.dumps(text) for text in asked])
    assert [json.loads(line)["query"] for line in out] == asked
    assert code == 1


def test_line_is_answered_before_the_next_is_read(project: Path) -> None:
    command = [sys.executable, "-m", "obskit", "--project", str(project), "query", "promql", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("up", "sum(up)"):
            process.stdin.write(json.dumps(text) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"] == text
        process.stdin.close()
        assert process.wait(timeout=30) == 0


BAD_LINES = ["up", "5", "[" * 100_000]


@pytest.mark.parametrize("line", BAD_LINES, ids=["no JSON", "a number", "deep"])
def test_line_that_is_no_string_is_answered_and_the_talk_goes_on(project: Path, line: str) -> None:
    code, out, err = talk(project, ['"up"', line, '"sum(up)"'])
    first, bad, last = map(json.loads, out)
    assert (code, err, first["ok"], last["ok"]) == (1, "", True, True)
    assert (list(bad), bad["query"], bad["stage"], bad["message"]) == (KEYS, None, "syntax", "line 2 of stdin is not a JSON string")
