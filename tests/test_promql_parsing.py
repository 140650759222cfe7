"""PromQL: what is accepted, what is refused and where; promtool is of the same mind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from obskit import promql
from obskit.promql import parse

BRANCH = 'sum by (job)(rate(x{endpoint="i"}[5m]))'
ACCEPTED = [
    # expression, kind
    ("up", "vector"),
    (" or ".join([BRANCH] * 300), "vector"),
    ("1 + 2", "scalar"),
    ("1 + x", "vector"),
    ("-(1)", "scalar"),
    ("time()", "scalar"),
    ('"text"', "string"),
    ("x[5m]", "matrix"),
    ("x[5m:]", "matrix"),
    ("sum by (job) (rate(x[5m]))", "vector"),
    ("sum(rate(x[5m])) by (job) > bool 0.5", "vector"),
    ("a * on (x) group_left b", "vector"),
    ("a / ignoring (x) group_right (y) b", "vector"),
    ("x offset -5m @ end()", "vector"),
    ("x @ -5", "vector"),
    ("sum", "vector"),
    ("a and b or c unless d atan2 e", "vector"),
    ("x # and a comment", "vector"),
    ("x{a=~`\\d+`}", "vector"),
    ("x{a=`say \"hi\"\n`}", "vector"),
    ("x > 1_000", "vector"),
    ("0x_1F + .5 + 5. + 1e3", "scalar"),
    ("Inf + nan", "scalar"),
    ("x{inf=\"a\"}", "vector"),
    ("holt_winters(x[5m], 0.5, 0.5)", "vector"),
    ('{"my.metric", "a.b"="c"}', "vector"),
    ("x[300]", "matrix"),
    ("-" * 150 + "x", "vector"),
    ("(" * 150 + "x" + ")" * 150, "vector"),
]

REFUSED = [
    # expression, the part meant, part of the message
    ("", "", "empty"),
    ("# nothing", "# nothing", "empty"),
    ("sum(rate(x[5m])", "(", '"(" is never closed'),
    ('up{job="a"', "{", '"{" is never closed'),
    ("x[5m", "[", '"[" is never closed'),
    ("x)", ")", '")" closes nothing'),
    ("sum(x]", "(x]", '"(" is closed by "]"'),
    ('x{a="b}', '"b}', "never closed"),
    ("x | json", "|", 'the character "|"'),
    ("x\u00a0+ y", "\u00a0", "U+00A0"),
    ("foo(x)", "foo", 'no function "foo"'),
    ("RATE(x[5m])", "RATE", 'no function "RATE"'),
    ("rate(x)", "rate", 'function "rate" needs a range vector, and gets an instant vector'),
    ("sum(rate(x[5m])) + sum(irate(y))", "irate", 'function "irate" needs a range vector'),
    ("rate(x[5m], 3)", "rate", "needs 1 argument, and gets 2"),
    ("topk(x)", "topk", '"topk" needs 2 arguments, and gets 1'),
    ("sum(x[5m])", "sum", '"sum" needs an instant vector, and gets a range vector'),
    ("sum()", "sum", "aggregates nothing"),
    ("sum by (job)", "sum", "aggregates nothing"),
    ("rate(x[5m]) by (job)", "by", "belongs to an aggregation"),
    ("up +", "+", "nothing on its right"),
    ("* up", "*", "nothing on its left"),
    ("x y", "y", "no operator between"),
    ("x = 1", "=", "outside of braces"),
    ("up{job=}", "job=", "has no value"),
    ("up{job=api}", "api", "not in quotes"),
    ('up{job=="api"}', "==", "does not match labels"),
    ('up{a="b" c="d"}', "c", "comma is missing"),
    ('up{a:b="c"}', "a:b", "holds a colon"),
    ("up{job}", "job", "compared with nothing"),
    ('x{a=~"("}', 'a=~"("', "regex"),
    ('x{a="\\d"}', "\\d", "not an escape"),
    ("{}", "{}", "matches everything"),
    ("1 == 1", "==", "bool"),
    ("a and 1", "and", "one side is a number"),
    ("a + on(x) group_left(x) b", "group_left", "both matched on and copied"),
    ("[5m]", "[", "no metric in front"),
    ("x[]", "[]", "range is empty"),
    ("x[30m1h]", "30m1h", "not in order"),
    ("x[5mm]", "5mm", "neither a number nor a duration"),
    ("x[0s]", "0s", "zero"),
    ("sum(x) offset 5m", "offset", "follows no metric"),
    ("x offset", "offset", "has no duration"),
    ("x[5m][5m]", "x[5m][5m]", "no metric"),
    ("1e400", "1e400", "too large"),
    ("x @ 1e30", "1e30", "out of range"),
    ("x offset 1e10", "1e10", "longer than Prometheus can hold"),
    ("x[400y]", "400y", "longer than Prometheus can hold"),
    ('foo{a="b" or c="d"}', "or", 'no "or" between matchers'),
    ("info(x, y)", "info", "more than a selector of labels"),
    ("%(matchers)s", "%(matchers)s", "template text"),
    ("x + on", "on", "nothing on its right"),
    ('"half \ud800"', '"half \ud800"', "half of a character"),
]

RULES = (
    'no function "', "needs ", "regex", "matches everything", "bool", "one side is a number",
    "both matched on and copied",
)  # fmt: skip
"""Parts of messages about queries that Prometheus reads, and whose parts do not fit."""

UNSUPPORTED = [
    ("(" * 100_000 + "x" + ")" * 100_000, None),
    ("(" * 201 + "x" + ")" * 201, "nests more than 200"),
    ("sum(" * 10_000, None),
    ("-" * 10_000 + "x", "nests more than 200"),
    ("+".join(["x"] * 1_002), "1001 operators"),
    (" and ".join(["x"] * 1_002), "1001 operators"),
    ("x+" * 5_000_000, "10000000 characters"),
    ("sum(" * 190 + "+".join(["x"] * 1_001) + ")" * 190, "too long and too deep"),
    (" or ".join([BRANCH] * 900), "899 operators over"),
    ("+".join(['x{a="' + "b" * 20_000 + '"}'] * 12) + "+1" * 50, "61 operators over"),
    (" or ".join(['x{a="' + "b" * 100_000 + '"}'] * 2) + "+1" * 80, "81 operators over"),
    ("x{" + ",".join(['a=~"\\\\pL{90}"'] * 30) + "}", "regexes"),
    ("x </ 3", '"</"'),
    ("x >/ 3", '">/"'),
    ("rate(x[5m*2])", "arithmetic in a duration"),
    ("x offset (5m)", "arithmetic in a duration"),
    ("x[step()]", "arithmetic in a duration"),
    ("sum(anchored)", '"anchored"'),
    ("rate(x[5m] smoothed)", '"smoothed"'),
    ('info(x, {data=~".*"})', '"info"'),
]


@pytest.mark.parametrize(("text", "kind"), ACCEPTED)
def test_parse_accepts(text: str, kind: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None
    assert parsed.kind == kind


@pytest.mark.parametrize(("text", "part", "message"), REFUSED)
def test_parse_refuses_with_the_place(text: str, part: str, message: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert problem.stage == ("validation" if any(part in message for part in RULES) else "syntax")
    assert message in problem.message
    assert text[slice(*problem.span)] == part
    assert problem.hint
    assert not problem.message.endswith(".")


@pytest.mark.parametrize(("text", "message"), UNSUPPORTED, ids=lambda value: str(value)[:30])
def test_parse_says_unsupported_before_the_parser_hangs(text: str, message: str | None) -> None:
    parse("up")
    began = time.process_time()
    problem = parse(text).problem
    assert time.process_time() - began < 5
    assert problem is not None
    assert problem.stage == "unsupported"
    assert (message or "") in problem.message


def test_import_leaves_the_parser_alone() -> None:
    loaded = "print('promql_parser' in sys.modules)"
    code = f"import sys, obskit.promql; {loaded}; obskit.promql.parse('x'); {loaded}"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["False", "True"]


def test_all_names_exist() -> None:
    assert [name for name in promql.__all__ if not hasattr(promql, name)] == []


NOT_IN_OLD_PROMTOOL = ("1_000", "x[300]", '{"my.metric"', "0x_1F")


def test_promtool_agrees(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("OBSKIT_REQUIRE_TOOLS") == "1":
            pytest.fail("promtool is not on PATH")
        pytest.skip("promtool is not on PATH")
    texts = [text for text, _ in ACCEPTED] + [text for text, _, _ in REFUSED if text and "\ud800" not in text]
    texts = [text for text in texts if not any(part in text for part in NOT_IN_OLD_PROMTOOL)]
    groups = [{"name": str(index), "rules": [{"record": "r", "expr": text}]} for index, text in enumerate(texts)]
    rules = tmp_path / "rules.yaml"
    rules.write_text(json.dumps({"groups": groups}), encoding="utf-8")
    run = subprocess.run([promtool, "check", "rules", "--lint=none", str(rules)], capture_output=True, text=True, check=False)
    refused = {index for index in range(len(texts)) if f'group "{index}"' in run.stderr}
    ours = {index for index, text in enumerate(texts) if parse(text).problem is not None}
    assert {texts[index] for index in ours ^ refused} == set()
