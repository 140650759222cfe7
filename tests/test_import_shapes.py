"""`obskit import` and the shapes that rules have in files of people: each is built to what Prometheus reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from imported import built, imported

RULE = "groups: [{name: a, rules: [{alert: A, expr: up == 0}]}]\n"
SHAPES: dict[str, tuple[str, dict[str, Any]]] = {
    "folded": ("alert: A\nexpr: >\n  up\n  == 0\n\n  or vector(1)\n", {"expr": "up == 0\nor vector(1)"}),
    "folded and stripped": ("alert: A\nexpr: >-\n  up\n    == 0\n", {"expr": "up\n  == 0"}),
    "indicator": ("alert: A\nexpr: |2\n    up\n      == 0\n", {"expr": "up\n    == 0"}),
    "plain over lines": ("alert: A\nexpr: up\n  == 0\n", {"expr": "up == 0"}),
    "quoted over lines": ('alert: A\nexpr: "up\n\n  == 0\\n"\n', {"expr": "up\n== 0"}),
    "number": ("record: a\nexpr: 1\n", {"expr": "1"}),
    "number label": ("alert: A\nexpr: up\nlabels: {a: 1, b: 1.0, c: 010, d: 1e3, e: true, f: yes, g: ~, h: 0x1F, i: 2026-01-01}\n",
                     {"labels": {"a": "1", "b": "1.0", "c": "010", "d": "1e3", "e": "true", "f": "yes", "g": "", "h": "0x1F",
                                 "i": "2026-01-01"}}),
    "for 0": ("alert: A\nexpr: up\nfor: 0\n", {"for": "0"}),
    "for 0s": ("alert: A\nexpr: up\nfor: 0s\n", {"for": "0s"}),
    "empty": ("alert: A\nexpr: up\nannotations:\nlabels: {}\nfor:\n", {}),
    "empty texts": ('alert: A\nexpr: up\nannotations: {summary: "", note: ""}\nlabels: {severity: ""}\n',
                    {"annotations": {"note": ""}, "labels": {"severity": ""}}),
    "anchor": ("alert: &n A\nexpr: &e up\nlabels: &l {a: *n}\nannotations: {<<: *l, b: *e}\n",
               {"labels": {"a": "A"}, "annotations": {"a": "A", "b": "up"}}),
    "backslashes": ("alert: A\nexpr: 'up{a=~\"\\\\d+\\\\.x\"}'\nannotations: {summary: 'C:\\new\\'}\n",
                    {"expr": 'up{a=~"\\\\d+\\\\.x"}', "annotations": {"summary": "C:\\new\\"}}),
    "tabs": ("alert: A\nexpr: \"up\\n\\t== 0\"\nannotations: {summary: \"a\\tb\"}\n",
             {"expr": "up\n\t== 0", "annotations": {"summary": "a\tb"}}),
    "comment inside": ("alert: A\nexpr: |\n  # why\n  up # here\n    == 0\n", {"expr": "# why\nup # here\n  == 0"}),
    "regex of braces and a bar": ("alert: A\nexpr: x{c=~\"5[0-9]{2}|429\"} > 1\n", {"expr": 'x{c=~"5[0-9]{2}|429"} > 1'}),
    "comment with a word of another language": ("alert: A\nexpr: |\n  # the default is 5\n  up\n", {"expr": "# the default is 5\nup"}),
    "triple quotes": ("alert: A\nexpr: |\n  up{a='\"\"\"'}\n  == 0\n", {"expr": "up{a='\"\"\"'}\n== 0"}),
    "templates": ("alert: A\nexpr: up\nannotations: {description: '{{ $labels.x }}{{ printf \"%q\" \"$y\" }} {{ `\\` }}'}\n",
                  {"annotations": {"description": '{{ $labels.x }}{{ printf "%q" "$y" }} {{ `\\` }}'}}),
    "crlf": ("alert: A\r\nexpr: |\r\n  up\r\n  == 0\r\n", {"expr": "up\n== 0"}),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_of_a_rule_is_kept(tmp_path: Path, shape: str) -> None:
    text, wanted = SHAPES[shape]
    indented = "\n".join("    " + line for line in text.split("\n"))
    made = imported(f"groups:\n- name: g\n  rules:\n  -\n{indented}", str(tmp_path))
    assert made.text, made.outcome.findings
    (group,) = built(made.text)
    (rule,) = group["rules"]
    fixed = {"expr": "up"} | ({"record": "a"} if "record" in text else {"alert": "A"})
    assert rule == fixed | wanted


def test_empty_annotation_is_told() -> None:
    found = imported(RULE.replace("alert: A", "alert: A, annotations: {summary: ''}"), ".").outcome.findings
    assert [(one.severity, one.message) for one in found if one.id == "rule-import"] == [
        ("info", 'annotation "summary" of alert "A" is empty, and is left out')
    ]
