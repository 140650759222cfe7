"""YAML text: what only some readers take for something else than text is quoted, dashboards go in as one line."""

from __future__ import annotations

import io

import pytest
import yaml
from ruamel.yaml import YAML

from obskit.render.encode import json_line, yaml_around, yaml_text


@pytest.mark.parametrize("text", ["y", "N", "yes", "1e3", "-1E-3", ".5", "1.", "0o7", "0O7", "0b1", "0x1f", "1_000", "~", "null", ""])
def test_text_that_looks_like_something_else_is_quoted(text: str) -> None:
    assert yaml_text({"a": text}) == f"a: '{text}'\n"


@pytest.mark.parametrize("text", ["e3", "1e", "1.2.3", "5m", "shop", "0o", "n1", "yes!", "1 > 2"])
def test_plain_text_is_not_quoted(text: str) -> None:
    assert yaml_text({"a": text}) == f"a: {text}\n"


def test_line_becomes_a_block_below_its_key() -> None:
    made = yaml_around({"kind": "X", "spec": {"b": {}, "json": ""}}, json_line({"a": 'it\'s "ä"\n\u2028\x7f'}), "comment")
    assert made == '# comment\nkind: X\nspec:\n  b: {}\n  json: |-\n    {"a":"it\'s \\"ä\\"\\n\\u2028\\u007f"}\n'


BREAKS = ["\r", "\x85", "\u2028", "\u2029"]
AROUND = ["a{}b", "two\nlines{}end", "x" * 200 + "{}y", "{}", " {}\n", "a{}\n"]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("line_break", BREAKS)
def test_line_breaks_that_only_some_know_come_back_in_both_libraries(around: str, line_break: str) -> None:
    data = {"a": [{around.format(line_break): around.format(line_break)}]}
    text = yaml_text(data)
    assert yaml.safe_load(text) == data
    assert YAML(typ="safe", pure=True).load(io.StringIO(text)) == data
    assert line_break not in text
