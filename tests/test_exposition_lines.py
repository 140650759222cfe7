"""Lines of a metrics text: what they hold, and where they are wrong."""

from __future__ import annotations

import math

import pytest

from obskit.exposition import LARGEST, Exemplar, Fault, Format, format_of, read

TAIL = "\n# EOF\n"


def only(text: str, form: Format | None = None) -> Fault:
    """The one fault of the text."""
    faults = read(text, form).faults
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    ("line", "labels", "value", "timestamp"),
    [
        ("a 1", (), 1.0, None),
        ("  a\t{ x = \"y\" , }  1.5   2000", (("x", "y"),), 1.5, 2.0),
        ('a{x="y"}1', (("x", "y"),), 1.0, None),
        ('a{x="say \\"hi\\" \\\\ \\n"} 1', (("x", 'say "hi" \\ \n'),), 1.0, None),
        ('a{x="}{,=#"} 1', (("x", "}{,=#"),), 1.0, None),
        ('a{x="ä漢",y=""} -Inf -5', (("x", "ä漢"), ("y", "")), -math.inf, -0.005),
        ("a{} +inf", (), math.inf, None),
        ("a .5e3", (), 500.0, None),
    ],
)
def test_sample_is_read(line: str, labels: tuple[tuple[str, str], ...], value: float, timestamp: float | None) -> None:
    exposition = read(f"{line}\n")
    (sample,) = exposition.samples
    assert (sample.labels, sample.value, sample.timestamp, exposition.faults) == (labels, value, timestamp, ())


def test_sample_that_is_not_a_number_is_read() -> None:
    assert math.isnan(read("a NaN\n").samples[0].value)


def test_openmetrics_sample_has_its_exemplar() -> None:
    text = '# TYPE a counter\na_total{x="y"} 17 12.5 # {trace_id="abc"} 0.5 12.25\n# EOF\n'
    (sample,) = read(text).samples
    assert (sample.timestamp, sample.exemplar) == (12.5, Exemplar(labels=(("trace_id", "abc"),), value=0.5, timestamp=12.25))


@pytest.mark.parametrize(
    ("line", "kind", "column", "marked"),
    [
        ("1a 2", "name", 1, "1a"),
        ("a-b 2", "name", 2, "-"),
        ("a", "value", 2, ""),
        ("a one", "value", 3, "one"),
        ("a 0x1p3", "value", 3, "0x1p3"),
        ("a 1_0", "value", 3, "1_0"),
        ("a +NaN", "value", 3, "+NaN"),
        ("a 1e999", "value", 3, "1e999"),
        ("a \u0661", "value", 3, "\u0661"),
        ("a 1 1.5", "value", 5, "1.5"),
        ("a 1 99999999999999999999", "value", 5, "99999999999999999999"),
        ("a 1 2 3", "value", 7, "3"),
        ('a 1 # {x="y"} 1', "value", 5, '# {x="y"} 1'),
        ("a{x=2} 1", "label", 5, "2"),
        ("a{x:y=2} 1", "label", 4, ":y"),
        ('a{1x="2"} 1', "label", 3, "1x"),
        ('a{x="1",x="2"} 1', "label", 9, "x"),
        ('a{__name__="b"} 1', "label", 3, "__name__"),
        ('a{x="1"', "label", 8, ""),
        ("a{", "label", 3, ""),
        ('{"a.b"} 1', "name", 1, '{"a.b"}'),
        ('a{"b.c"="d"} 1', "label", 3, '"b.c"="d"} 1'),
        ('a{x="say "hi""} 1', "escape", 10, '"hi'),
        ('a{x="say', "escape", 5, '"say'),
        ('a{x="\\d"} 1', "escape", 6, "\\d"),
        ("# HELP a 50\\% of it", "escape", 12, "\\%"),
        ("# HELP 1a of it", "name", 8, "1a"),
        ("# TYPE a unknown", "type", 10, "unknown"),
        ("# TYPE a Gauge", "type", 10, "Gauge"),
        ("# TYPE a", "type", 1, "# TYPE a"),
    ],
)
def test_malformed_line_is_marked(line: str, kind: str, column: int, marked: str) -> None:
    fault = only(f"fine 1\n{line}\n", "text")
    assert fault.span is not None
    assert (fault.line, fault.kind, fault.column, fault.text[slice(*fault.span)]) == (2, kind, column, marked)


@pytest.mark.parametrize("line", ["", "   ", "# a comment", "#", "# HELP", "#HELP a A.", "# UNITS are none", "#TYPE a gauge"])
def test_text_line_without_a_sample_is_taken(line: str) -> None:
    assert read(f"{line}\n", "text").faults == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", "blank"),
        ("# a comment", "comment"),
        ("a  1", "blank"),
        ('a{x="y",} 1', "blank"),
        ('a{x="y", z="y"} 1', "blank"),
        ("#  TYPE a gauge", "blank"),
        ("# TYPE a untyped", "type"),
        ("a 1 # 5", "exemplar"),
        ('a 1 # {x="' + "y" * 128 + '"} 5', "exemplar"),
        ("# UNIT a_seconds bytes", "unit"),
    ],
)
def test_openmetrics_is_stricter(line: str, kind: str) -> None:
    assert only(line + TAIL, "openmetrics").kind == kind


def test_openmetrics_lets_a_backslash_be_itself() -> None:
    exposition = read('a{x="\\d"} 1\n# EOF\n')
    assert (exposition.samples[0].labels, exposition.faults) == ((("x", "\\d"),), ())


@pytest.mark.parametrize(
    ("text", "form", "kind", "line"),
    [
        ("a 1", "text", "line-end", 1),
        ("a 1\r\nb 2\r\n", "text", "line-end", 1),
        ("\ufeffa 1\n", "text", "line-end", 1),
        ("a 1\n", "openmetrics", "eof", 1),
        ("a 1\n# EOF\nb 2\n", "openmetrics", "eof", 3),
        ("", "openmetrics", "eof", 1),
        ("<!doctype html>\n<p>", None, "html", 1),
    ],
)
def test_end_of_text_and_lines(text: str, form: Format | None, kind: str, line: int) -> None:
    fault = only(text, form)
    assert (fault.kind, fault.line) == (kind, line)


def test_line_after_a_bad_one_is_read() -> None:
    assert [sample.name for sample in read("a{ 1\nb 2\n").samples] == ["b"]


def test_text_that_is_too_large_is_refused_unread() -> None:
    exposition = read("a 1\n" * (LARGEST // 4 + 1))
    assert ([fault.kind for fault in exposition.faults], exposition.families) == (["size"], ())


def test_faults_without_end_are_cut_off() -> None:
    faults = read("a{\n" * 2000).faults
    assert (len(faults), faults[-1].message) == (501, "1500 more things are wrong further down")


def test_long_line_is_shown_around_its_fault() -> None:
    fault = only('a{x="' + "y" * 5000 + '",1="z"} 1\n')
    assert fault.span is not None
    assert (len(fault.text) <= 400, fault.text[slice(*fault.span)], fault.column) == (True, "1", 5008)


@pytest.mark.parametrize(
    ("text", "form"),
    [("a 1\n", "text"), ("a 1\n# EOF\n", "openmetrics"), ("a 1\n# EOF", "openmetrics"), ("# UNIT a_s s\na_s 1\n", "openmetrics")],
)
def test_format_is_seen_in_the_text(text: str, form: Format) -> None:
    assert read(text).format == form


@pytest.mark.parametrize(
    ("content_type", "form"),
    [
        ("text/plain; version=0.0.4; charset=utf-8", "text"),
        ("application/openmetrics-text; version=1.0.0", "openmetrics"),
        ("text/html", None),
        ("", None),
    ],
)
def test_format_is_seen_in_the_content_type(content_type: str, form: Format | None) -> None:
    assert format_of(content_type) == form
