"""Foreign JSON and YAML: what is read, on which line each part stands, and what is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obskit.errors import ObskitError
from obskit.source.files import LARGEST, read, read_file, regular_bytes

JSON = b'\xef\xbb\xbf{\n "a": [1,\n  2,\n  {"b": "x{\\"",\n   "c": [\n[]]}],\n "d\\u0041": {}, "e":\n "x"}'
YAML = b"""\
# a comment
groups:
  - name: a
    rules:
      - alert: X
        expr: |
          up
            == 0
        labels: {s: 1.0}
      - record: y
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("a", 0), 2),
        (("a", 1), 3),
        (("a", 2), 4),
        (("a", 2, "b"), 4),
        (("a", 2, "c"), 5),
        (("a", 2, "c", 0), 6),
        (("dA",), 7),
        (("e",), 7),
        (("a", 9), 2),
        (("no",), 1),
    ],
)
def test_part_of_json_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    (document,) = read(JSON, "a.json")
    assert document.line(place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 2),
        (("groups",), 2),
        (("groups", 0), 3),
        (("groups", 0, "rules"), 4),
        (("groups", 0, "rules", 0), 5),
        (("groups", 0, "rules", 0, "expr"), 6),
        (("groups", 0, "rules", 0, "labels", "s"), 9),
        (("groups", 0, "rules", 1), 10),
        (("groups", 0, "rules", 1, "no"), 10),
    ],
)
def test_part_of_yaml_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    (document,) = read(YAML, "a.yaml")
    assert document.line(place) == line


@pytest.mark.parametrize(("place", "line"), [(("c",), 2), (("c", "x"), 2), (("c", "l", 0), 1), (("c", "y"), 4)])
def test_part_that_is_merged_in_has_the_line_of_what_is_around_it(place: tuple[str | int, ...], line: int) -> None:
    (document,) = read(b"b: &b {x: 1, l: [[]]}\nc:\n  <<: *b\n  y: 2\n", "a.yaml")
    assert document.line(place) == line


def test_number_in_yaml_keeps_its_text() -> None:
    (document,) = read(YAML, "a.yaml")
    assert document.text(("groups", 0, "rules", 0, "labels", "s")) == "1.0"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: yes", {"a": "yes"}),
        ("a: True", {"a": True}),
        ("a: 0x1f", {"a": 31}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: '1'", {"a": "1"}),
        ("a: 1e3", {"a": 1000.0}),
        ("a: 1e999", {"a": "1e999"}),
        ("a: !!str 1", {"a": "1"}),
        ("1: x", {"1": "x"}),
        ("a: 2027-01-31", {"a": "2027-01-31"}),
        ("b: &b {x: 1}\nc: {<<: *b, y: 2}", {"b": {"x": 1}, "c": {"x": 1, "y": 2}}),
        ("b: &b {x: 1}\nc: {x: 3, <<: [*b]}", {"b": {"x": 1}, "c": {"x": 3}}),
        ('{"a": [1]}', {"a": [1]}),
    ],
)
def test_yaml_is_read_as_go_reads_it(text: str, data: object) -> None:
    assert [one.data for one in read(text.encode(), "a.yaml")] == [data]


def test_documents_of_a_stream_are_counted() -> None:
    assert [(one.index, one.data) for one in read(b"---\na: 1\n---\nb: 2\n", "a.yaml")] == [(0, {"a": 1}), (1, {"b": 2})]


BOMB = "a: &a [1,2,3,4,5,6,7,8,9]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))


@pytest.mark.parametrize(
    ("name", "raw", "line", "message"),
    [
        ("a.json", b"", 1, "the file is empty"),
        ("a.json", b'{"a": NaN}', 1, "it is not JSON: NaN and Infinity are no numbers in JSON"),
        ("a.json", b'{"a":\n -Infinity}', 2, "it is not JSON: NaN and Infinity are no numbers in JSON"),
        ("a.json", b'{"a": 1,\n}', 1, "it is not JSON: trailing comma is not allowed"),
        ("a.json", b"{} {}", 1, "it is not JSON: unexpected content after document"),
        ("a.json", b'{\n"a": "\xff"}', 2, "it is not text in UTF-8"),
        ("a.json", b'"\\ud800"', 1, "it is not JSON: no low surrogate in string"),
        ("a.json", b"[" * 5000, 1, "it is nested more than 100 levels deep"),
        ("a.json", b"[" * 200 + b"]" * 200, 0, "it is nested more than 100 levels deep"),
        ("a.yaml", b"a:\n\t- 1\n", 2, "it is not YAML: a line is indented with a tab"),
        ("a.yaml", b"a: b: c\n", 1, "it is not YAML: mapping values are not allowed in this context"),
        ("a.yaml", b"a: &x [*x]\n", 1, 'the alias "x" has no anchor before it, or stands inside it'),
        ("a.yaml", b"a: *x\n", 1, 'the alias "x" has no anchor before it, or stands inside it'),
        ("a.yaml", b"? [a]\n: b\n", 1, "a key is an object or a list"),
        ("a.yaml", b"- " * 3000, 1, "it is nested more than 100 levels deep"),
        ("a.yaml", b"a: [1,\n", 2, "it is not YAML: did not find expected node content"),
        ("a.yaml", b"\xff\xfea", 1, "it is not text in UTF-8"),
        ("a.yaml", b"a: \x01", 0, "it is not YAML: control characters are not allowed"),
        ("a.yaml", BOMB.encode(), 6, "it has more than 500000 parts once its aliases are filled in"),
        ("a.yaml", b"b: {<<: 1}\nc: {<<: [1]}", 2, "only objects can be merged with <<"),
    ],
)
def test_file_that_cannot_be_read_says_why(name: str, raw: bytes, line: int, message: str) -> None:
    document = read(raw, name)[-1]
    (finding,) = document.findings
    assert (document.readable, finding.origin and finding.origin.line, finding.message) == (False, line, message)


@pytest.mark.parametrize("text", ["a: 1\n{{- if .Values.x }}\nb: 2\n{{- end }}\n", "{{ .Values.x }}\n", "a: {{ x }}\nb: [\n"])
def test_template_is_told_as_one(text: str) -> None:
    assert read(text.encode(), "a.yaml")[-1].findings[-1].hint == "it looks like a template: validate what is rendered from it"


@pytest.mark.parametrize(("name", "severity"), [("a.json", "warning"), ("a.yaml", "error")])
def test_repeated_key_is_reported_where_it_is_repeated(name: str, severity: str) -> None:
    (document,) = read(
        b'{"a": {"b": 1,\n "c": {"b": 2},\n "b": [3]}}' if name == "a.json" else b"a:\n  c: {b: 2}\n  b: 3\nd: 4\na: 1\n", name
    )
    (finding,) = document.findings
    assert finding.origin is not None
    assert (finding.severity, finding.origin.line) == (severity, 3 if name == "a.json" else 5)


@pytest.mark.parametrize(
    ("name", "raw"), [("a.json", b"{" + b",".join(b'"a": 1' for _ in range(40)) + b"}"), ("a.yaml", b"a: 1\n" * 40)]
)
def test_repeated_keys_beyond_twenty_are_counted(name: str, raw: bytes) -> None:
    (document,) = read(raw, name)
    assert len(document.findings) == 21
    assert document.findings[-1].message == "19 more keys are there twice"


@pytest.mark.parametrize(
    ("name", "raw"),
    [("-", b'{"a": [1]}'), ("-", b"a: [1]"), ("x.yml", b'{"a": [1]}'), ("x.yml", b'{"a": [1], # yes\n}'), ("-", b"{a: [1]}")],
)
def test_language_is_told_from_the_text_where_the_name_does_not(name: str, raw: bytes) -> None:
    assert [one.data for one in read(raw, name)] == [{"a": [1]}]


def test_broken_json_without_a_name_is_told_as_json() -> None:
    assert read(b'{"a": }', "-")[0].findings[0].message.startswith("it is not JSON")


@pytest.mark.parametrize("place", ["/dev/zero", "/dev/full", "pipe"])
def test_pipe_or_device_is_refused_at_once(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ObskitError, match="is not a regular file") as raised:
        read_file(tmp_path / place, "a.yaml")
    assert raised.value.exit_code == 2


def test_no_more_of_a_file_is_read_than_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert [regular_bytes(tmp_path / "a", "a", most) for most in (4, 5)] == [(b"", 5), (b"12345", 5)]


def test_file_beyond_the_largest_size_is_not_read() -> None:
    assert read(b" " * (LARGEST + 1), "a.json")[0].findings[0].message == "the file has 32 MiB, more than 32"


def test_file_that_is_gone_ends_the_run(tmp_path: object) -> None:
    with pytest.raises(ObskitError, match="cannot be read"):
        read_file(tmp_path / "a.json", "a.json")  # type: ignore[operator]  # a path


def test_lines_of_a_large_file_are_found_in_one_pass() -> None:
    text = b"[" + b",\n".join(b'{"a": {"b": [1, 2, 3], "c": "d"}}' for _ in range(60_000)) + b"]"
    began = time.process_time()
    (document,) = read(text, "a.json")
    assert [document.line((index, "a", "c")) for index in range(0, 60_000, 100)] == list(range(1, 60_001, 100))
    assert time.process_time() - began < 6


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(VALUES, st.sampled_from([None, 1, 3]))
def test_every_part_of_any_json_has_a_line_of_its_text(data: object, indent: int | None) -> None:
    import json

    from foreign import places

    text = json.dumps(data, indent=indent)
    (document,) = read(text.encode(), "a.json")
    assert document.data == data
    assert document.findings == ()
    lines = text.split("\n")
    for place in places(data):
        key = place[-1] if place else None
        line = lines[document.line(place) - 1]
        assert json.dumps(key) in line if isinstance(key, str) else line.strip()


@given(st.binary(max_size=60))
def test_no_bytes_raise(raw: bytes) -> None:
    for name in ("a.json", "a.yaml", "-"):
        for document in read(raw, name):
            assert document.readable or document.findings


@given(st.text(alphabet="{}[]:,-&*a1 \n\t'\"|>#!?<%@", max_size=40))
def test_no_yaml_raises(text: str) -> None:
    for document in read(text.encode(), "a.yaml"):
        assert document.readable or document.findings
