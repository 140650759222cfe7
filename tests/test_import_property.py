"""The law of `obskit import`: what the module is built to are the rules that it was made of."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imported import built, imported, meant, written
from test_import_command import SHOP
from tools import missing

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200) | st.sampled_from(
    ['"""', "'''", "\\", "a\\", '\\"', "{{ $labels.job }}", "$x ${y}", "\n", " \n ", "a\r\nb", "看 🙂", "\t", "#", "\x85\u2028"]
) | st.sampled_from(["x" * 300, "x y " * 90])
"""Any text that YAML can hold, with what strings of Python stumble over."""
PLAIN = TEXT.map(lambda text: text.replace("{{", ""))
"""No template, which would have to be a right one."""
NAMES = st.sampled_from([
    "class", "print", "A", "a", "ShopDown", "HTTPErrors5xx", "2xx", "观测", "alert", "record", "_x", "x-y z", "RuleGroup",
])  # fmt: skip
LABELS = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True).filter(lambda name: name != "__name__"), TEXT, max_size=3)
DURATIONS = st.sampled_from(["0", "0s", "90s", "1h30m", "5m", "1d"])
BLANKS = st.sampled_from([" ", "\n", "\n  ", " \n", "\n\n", "\t", "\n\t", "  # why\n", "\n    "])


BITS = [b"", b"\t", b"#", b"{", b"'", b'"', b": ", b"\n", b"- ", b"&a ", b"*a", b"\xff", b"|", b"---\n", b"%"]


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """PromQL of several lines, with strings in all quotes."""
    value = draw(st.sampled_from(['"a"', "'b'", "`c\\d`", '"\\\\d+"', '"\\"x\\""', '"看"', "`\"\"\"`", '"' + "y" * 150 + '"', "`a\n  b`"]))
    parts = ["up", "{", f"job=~{value}", "}", draw(st.sampled_from(["==", ">", "> bool"])), "0", "or", "vector(", "1", ")"]
    return draw(BLANKS) + "".join(part + draw(BLANKS) for part in parts)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    keys: dict[str, Any] = {"expr": draw(expressions())}
    if draw(st.booleans()):
        return {"record": draw(st.sampled_from(["job:x:rate5m", "class", "up:1"])), **keys, "labels": draw(LABELS)}
    own = {name: draw(PLAIN) for name in ("summary", "description", "runbook_url") if draw(st.booleans())}
    plain = {name: text.replace("{{", "") for name, text in draw(LABELS).items()}
    severity = {"severity": draw(PLAIN)} if draw(st.booleans()) else {}
    labels = {name: text.replace("{{", "") for name, text in draw(LABELS).items()}
    times = {name: draw(DURATIONS) for name in ("for", "keep_firing_for") if draw(st.booleans())}
    return {"alert": draw(NAMES), **keys, **times, "labels": {**labels, **severity}, "annotations": {**own, **plain}}


@st.composite
def groups(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        more = {name: draw(DURATIONS) for name in ("interval", "query_offset") if draw(st.booleans())}
        name = f"{draw(NAMES)}{number or ''}"
        group = {"name": name, **more, "limit": draw(st.integers(0, 3)), "labels": draw(LABELS)}
        made.append({**group, "rules": draw(st.lists(rules(), min_size=1, max_size=4))})
    return made


@pytest.fixture(autouse=True)
def _alike_are_allowed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.obskit.lint]\nlevels = {duplicate-alert = "off"}\n')


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(groups())
def test_what_is_imported_is_built_to_the_same_rules(tmp_path: Path, given_groups: list[dict[str, Any]]) -> None:
    made = imported(written(given_groups), str(tmp_path))
    assert made.text, made.outcome.findings
    assert meant(built(made.text)) == meant(given_groups)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(groups())
def test_names_of_values_are_public_unlike_and_nobody_else_s(tmp_path: Path, given_groups: list[dict[str, Any]]) -> None:
    tree = ast.parse(imported(written(given_groups), str(tmp_path)).text)
    names = [node.targets[0].id for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    assert len(names) == len(set(names)) == sum(isinstance(node, ast.Assign) for node in tree.body)
    assert not [name for name in names if name.startswith("_") or name in ("class", "print") or not name.isascii()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(TEXT.map(lambda text: "".join(letter for letter in text if letter.isprintable())), max_size=6), groups())
def test_comments_change_no_rule(tmp_path: Path, said: list[str], given_groups: list[dict[str, Any]]) -> None:
    lines = written(given_groups).split("\n")
    safe = [number for number, line in enumerate(lines) if line.startswith(("  - name:", "groups:"))]
    for number, text in zip(reversed(safe), said, strict=False):
        lines.insert(number, "#" + text)
    made = imported("\n".join(lines), str(tmp_path))
    assert meant(built(made.text)) == meant(given_groups)
    kept = [text for _, text in zip(safe, said, strict=False) if len(text) < 100]
    assert [text for text in kept if text.strip() not in made.text] == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_end_in_a_module_or_in_findings(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(SHOP.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        cut = data.draw(st.integers(0, 12))
        raw[at : at + cut] = data.draw(st.sampled_from(BITS))
    made = imported(bytes(raw), str(tmp_path))
    assert bool(made.text) != made.outcome.failed
    if made.text:
        built(made.text)


def test_ruff_has_nothing_to_say(tmp_path: Path) -> None:
    if find_spec("ruff") is None:
        missing("ruff is not installed")
    source = written([
        {"name": "a", "rules": [{"alert": "A", "expr": "up\n  == 0\n", "annotations": {"description": "x y " * 90, "q": "'\"" * 9}}]},
        {"name": "b", "interval": "1m", "rules": [{"record": "a:b:c", "expr": "sum(up)"}] * 3},
    ])  # fmt: skip
    (tmp_path / "rules.py").write_text(imported(source, str(tmp_path)).text)
    options = ["--isolated", "--line-length", "140", "--select", "E,F,W,I,B,UP,SIM,C4,N,A,RUF,PIE,D1,Q000"]
    done = subprocess.run([sys.executable, "-m", "ruff", "check", *options, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
