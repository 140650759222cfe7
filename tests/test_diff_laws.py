"""What always holds of a difference: nothing is swallowed, what is equal is equal, and nothing makes it fail."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from compared import BOARD, RULES, compared, words
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_diff_command import V2

from obskit.diff.queries import asked
from obskit.diff.shapes import read

Path = tuple[str | int, ...]
NEW = ("zz", 12345, True, {"zz": "zz"}, ["zz"], [{"zz": 1}], 0.5, [["zz"]])
"""Values that mean something wherever they stand: none is a default."""
IGNORED = frozenset({"id", "version", "iteration", "pluginVersion", "gnetId", "editorMode", "__inputs", "__requires", "__elements"})
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4)
KEYS = st.sampled_from(
    ["uid", "title", "panels", "targets", "expr", "type", "row", "id", "gridPos", "x", "y", "w", "datasource", "templating", "annotations",
     "list", "name", "query", "fieldConfig", "defaults", "overrides", "thresholds", "steps", "value", "color", "options", "links", "tags",
     "time", "groups", "rules", "alert", "record", "labels", "for", "collapsed", "refId", "legendFormat", "elements", "spec", "layout"]
)  # fmt: skip
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a document, and a new member in every object."""
    if isinstance(value, dict):
        yield (*path, "zz")
        for key, inner in value.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (*path, index)
            yield from places(inner, (*path, index))


def at(document: Any, path: Path) -> Any:
    for key in path:
        document = document[key]
    return document


def with_value(document: Any, path: Path, value: Any) -> Any:
    made = copy.deepcopy(document)
    at(made, path[:-1])[path[-1]] = copy.deepcopy(value)
    return made


def without(document: Any, path: Path) -> Any:
    made = copy.deepcopy(document)
    del at(made, path[:-1])[path[-1]]
    return made


DOCUMENTS = {"board": BOARD, "rules": RULES, "v2": V2}
PLACES = [(name, path) for name, document in DOCUMENTS.items() for path in places(document) if path[-1] not in IGNORED]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_any_other_value_anywhere_is_a_difference(name: str) -> None:
    document = DOCUMENTS[name]
    swallowed = [
        (path, value)
        for path in places(document)
        if not IGNORED & {*path}
        for value in NEW
        if (path[-1] == "zz" or at(document, path) != value)
        and kept(changed := with_value(document, path, value))
        and not compared(document, changed)
    ]
    assert swallowed == []


def kept(document: Any) -> bool:
    """Whether the document is still of its kind: a board with another form is another file."""
    return bool(compared(document, {"title": "x", "uid": "other", "schemaVersion": 42, "panels": [], "time": {}}))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_anything_that_is_gone_is_a_difference(name: str) -> None:
    document = DOCUMENTS[name]
    empty = (None, "", [], {}, False, 0)
    meant = [path for path in places(document) if path[-1] != "zz" and not IGNORED & {*path} and at(document, path) not in empty]
    swallowed = [path for path in meant if kept(without(document, path)) and not compared(document, without(document, path))]
    assert {*swallowed} <= {*GRANTED[name]}


GRANTED: dict[str, list[Path]] = {
    "board": [
        ("time",),
        ("templating", "list", 1, "type"),
        *[("templating", "list", 1, "datasource", *more) for more in ((), ("type",))],
        *[("annotations", "list", 0, "datasource", *more) for more in ((), ("type",))],
        ("annotations", "list", 0, "enable"),
        *[
            ("panels", number, *more)
            for number in (1, 2, 4)
            for more in (
                ("datasource",), ("datasource", "type"), ("targets", 0, "refId"), ("targets", 0, "datasource"),
                ("targets", 0, "datasource", "type"), ("targets", 0, "range"),
            )
        ],
    ],
    "rules": [],
    "v2": [("spec", "elements", "panel-1", "spec", "data", "spec", "queries", 0, "spec", "refId")],
}
"""What means the same when it is not there: Grafana's defaults, the datasource's type by its variable, what queries inherit."""


@settings(max_examples=150)
@given(JSON)
def test_what_is_equal_is_no_difference(document: Any) -> None:
    assert not compared([document, BOARD, RULES], copy.deepcopy([document, BOARD, RULES]), ".json")


@settings(max_examples=300)
@given(JSON, JSON)
def test_garbage_is_compared_without_failing(one: Any, two: Any) -> None:
    told = words(one, two)
    assert bool(told) == bool(words(two, one)) == bool(compared(one, two))


@settings(max_examples=300)
@given(st.sampled_from(PLACES), JSON, st.sampled_from(PLACES), JSON)
@example(("board", ("panels", 1, "targets", 0, "datasource")), False, ("board", ("panels", 4, "datasource", "zz")), [])
@example(("board", ("panels", 1, "targets", 0, "datasource", "zz")), [], ("board", ("panels", 4, "fieldConfig", "zz")), False)
def test_documents_with_garbage_in_them_are_compared_without_failing(first: Any, one: Any, second: Any, two: Any) -> None:
    before, after = (with_value(DOCUMENTS[name], path, value) for (name, path), value in ((first, one), (second, two)))
    assert bool(compared(before, after)) == bool(compared(after, before))
    words([before, RULES], [after], ".json")


NAMES = st.sampled_from(["a", "b", "c"])
LABELS = st.lists(NAMES, max_size=2, unique=True).map(", ".join)
MATCHERS = st.lists(st.tuples(NAMES, st.sampled_from(["=", "!=", "=~"]), st.sampled_from(["1", "$v", "${w:regex}"])), max_size=2)
TIMES = st.sampled_from(["1m", "5m", "$__rate_interval", "$w"])


@st.composite
def selectors(draw: st.DrawFn) -> str:
    inside = ", ".join(f'{name}{op}"{value}"' for name, op, value in draw(MATCHERS))
    return draw(NAMES) + "_total" + (f"{{{inside}}}" if inside else "")


OPERATORS = st.sampled_from(["+", "-", "and", "or", "/ on (a)", "/ ignoring (a)", "/ on (a) group_left (b)"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    numbers = st.sampled_from(["1", "2", "0.5", "$t"])
    return st.one_of(
        st.builds("{} {} {}".format, inner, st.sampled_from(["+", "/", ">", ">=", "> bool"]), numbers),
        st.builds("({}) {} ({})".format, inner, OPERATORS, inner),
        st.builds("{} {} ({}) ({})".format, st.sampled_from(["sum", "max"]), st.sampled_from(["by", "without"]), LABELS, inner),
        st.builds("topk({}, {})".format, numbers, inner),
        st.builds("-({})".format, inner),
        st.builds("abs({})".format, inner),
        st.builds("max_over_time(({})[{}:{}])".format, inner, TIMES, st.sampled_from(["", "1m"])),
    )  # fmt: skip


FUNCTIONS, MOMENTS = st.sampled_from(["rate", "increase"]), st.sampled_from(["", " offset 1h", " @ end()"])
RANGES = st.builds("{}({}[{}]{})".format, FUNCTIONS, selectors(), TIMES, MOMENTS)
QUERIES = st.recursive(selectors() | RANGES, larger, max_leaves=4)


@settings(max_examples=500)
@given(QUERIES, QUERIES)
def test_two_queries_are_told_apart_exactly_when_they_ask_for_something_else(one: str, two: str) -> None:
    first, second = read(one), read(two)
    assert first is not None
    assert second is not None
    same = (first.shape, first.spelled) == (second.shape, second.spelled)
    edits = asked(one, two, "promql")
    assert bool(edits) == (not same)
    assert all(edit.before != edit.after for edit in edits)


@settings(max_examples=200)
@given(QUERIES)
def test_layout_of_a_query_is_no_difference(query: str) -> None:
    spaced = query.replace("(", " ( ").replace(",", " , ").replace("[", " [ ")
    assert asked(query, f"(\n  {spaced}\n)  # said", "promql") == ()
