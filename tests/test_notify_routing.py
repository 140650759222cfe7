"""Routing as Alertmanager does it, also of alerts whose labels are not all known."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from routing_trees import LABELS, exactly, labels, trees

from obskit.catalog import Matcher, not_, one_of, regex
from obskit.notify import Email, Inhibit, Receiver, Route
from obskit.notify.carried import Carried, Values, judged, matches
from obskit.notify.conditions import conditions
from obskit.notify.routing import Reached, grouped, reached, silenced, silencing

A, B, C = (Receiver(name, Email(f"{name}@example.com")) for name in "abc")


def told(root: Route, carried: Carried) -> list[tuple[str, str]]:
    """Receiver and verdict of every end."""
    return [(end.receiver.name if end.receiver else "", end.verdict) for end in reached(root, carried)]


def may(known: Mapping[str, Values] | None = None, sure: str = "", open_: bool = False) -> Carried:
    return Carried(known or {}, frozenset(sure.split()), open_)


CRITICAL = Route(B, match={"severity": "critical"})
WARNING = Route(C, match={"severity": "warning"})
SEVERAL = frozenset(("critical", "warning"))

ROUTED: list[tuple[str, Route, Carried, list[tuple[str, str]]]] = [
    ("nothing takes it", Route(A, routes=(CRITICAL,)), exactly({"severity": "info"}), [("a", "surely")]),
    ("the first takes it", Route(A, routes=(CRITICAL, WARNING)), exactly({"severity": "critical"}), [("b", "surely")]),
    ("a label that is not there is empty", Route(A, routes=(Route(B, match={"team": ""}),)), exactly({}), [("b", "surely")]),
    (
        "one that continues is not the last",
        Route(A, routes=(Route(B, match={"x": regex(".*")}, continue_=True), Route(C))),
        exactly({}),
        [("b", "surely"), ("c", "surely")],
    ),
    (
        "one that continues takes it from the route around it",
        Route(A, routes=(Route(B, match={"x": "1"}, continue_=True),)),
        exactly({"x": "1"}),
        [("b", "surely")],
    ),
    ("an unknown value may be", Route(A, routes=(CRITICAL,)), may({"severity": None}), [("b", "perhaps"), ("a", "perhaps")]),
    ("a label that cannot be there is not", Route(A, routes=(CRITICAL,)), may({"job": None}), [("a", "surely")]),
    ("any other label may be there", Route(A, routes=(CRITICAL,)), may(open_=True), [("b", "perhaps"), ("a", "perhaps")]),
    (
        "closed values are shared out without a rest",
        Route(A, routes=(CRITICAL, WARNING)),
        may({"severity": SEVERAL}, "severity"),
        [("b", "perhaps"), ("c", "perhaps")],
    ),
    (
        "what may be missing stays a rest",
        Route(A, routes=(CRITICAL, WARNING)),
        may({"severity": SEVERAL}),
        [("b", "perhaps"), ("c", "perhaps"), ("a", "perhaps")],
    ),
    (
        "what a route has found out holds inside it",
        Route(A, routes=(Route(B, match={"severity": one_of("critical", "info")}, routes=(WARNING, CRITICAL)),)),
        may({"severity": None}),
        [("b", "perhaps"), ("b", "perhaps"), ("a", "perhaps")],
    ),
    (
        "inside a route the label is surely there",
        Route(A, routes=(Route(B, match={"x": "1"}, routes=(Route(C, match={"x": not_("")}),)),)),
        may({"x": None}),
        [("c", "perhaps"), ("a", "perhaps")],
    ),
    ("every value that is there", Route(A, routes=(Route(B, match={"job": not_("")}),)), may({"job": None}, "job"), [("b", "surely")]),
    ("one that excludes the other", Route(A, routes=(Route(B, match={"j": ("x", not_("x"))}),)), may(open_=True), [("a", "surely")]),
    ("a receiver is inherited", Route(A, routes=(Route(match={"x": "1"}),)), exactly({"x": "1"}), [("a", "surely")]),
]


@pytest.mark.parametrize(("root", "carried", "expected"), [row[1:] for row in ROUTED], ids=[row[0] for row in ROUTED])
def test_alert_is_routed(root: Route, carried: Carried, expected: list[tuple[str, str]]) -> None:
    assert told(root, carried) == expected


JUDGED = [
    (regex("a.*"), "abc", "surely"),
    (regex("a"), "abc", "never"),
    (not_(regex("a.*")), "abc", "never"),
    (regex("(?i)ABC"), "abc", "perhaps"),
    (regex("(a+)+b"), "a" * 40, "perhaps"),
    (regex(r"\d+"), "٣", "never"),
    (one_of("a.c", "d"), "abc", "never"),
]


@pytest.mark.parametrize(("wanted", "value", "verdict"), JUDGED)
def test_regex_is_judged_as_re2_has_it_or_not_at_all(wanted: Matcher, value: str, verdict: str) -> None:
    assert judged(conditions({"x": wanted}, "match"), exactly({"x": value})).verdict == verdict


def test_grouping_and_times_are_inherited_and_mute_is_not() -> None:
    root = Route(A, group_by=("job",), group_wait="10s", routes=(Route(B, match={"x": "1"}, repeat_interval="90m"),))
    (end,) = reached(root, exactly({"x": "1"}))
    assert (end.group_by, end.times, end.mute) == (("job",), ("10s", "5m", "1h30m"), ())
    assert grouped(end, {"job": "shop", "x": "1"}) == (("job", "shop"),)


def test_group_of_each_alone_holds_all_labels() -> None:
    end = Reached((Route(A, group_by=("...",)),), "surely", exactly({}))
    assert grouped(end, {"b": "2", "a": "1", "c": ""}) == (("a", "1"), ("b", "2"))


DOWN = Inhibit(source={"alertname": "Down"}, target={"alertname": regex("Down|Slow")}, equal=("job",))
QUIET = [
    # (labels of the target, labels of the source, whether it keeps quiet)
    ({"alertname": "Slow", "job": "a"}, {"alertname": "Down", "job": "a"}, True),
    ({"alertname": "Slow", "job": "a"}, {"alertname": "Down", "job": "b"}, False),
    ({"alertname": "Slow"}, {"alertname": "Down"}, True),
    ({"alertname": "Slow", "job": "a"}, {"alertname": "Down"}, False),
    ({"alertname": "Down", "job": "a"}, {"alertname": "Down", "job": "a"}, False),
    ({"alertname": "Other", "job": "a"}, {"alertname": "Down", "job": "a"}, False),
]


@pytest.mark.parametrize(("target", "source", "expected"), QUIET)
def test_alert_is_kept_quiet_by_one_that_agrees(target: dict[str, str], source: dict[str, str], expected: bool) -> None:
    found = silenced(exactly(target), silencing((DOWN,), [("Source", exactly(source))]))
    assert bool(list(found)) is expected


def test_all_labels_must_be_the_same() -> None:
    by = Inhibit(source={"alertname": "Down"}, target={"alertname": "Slow"}, equal=("job", "zone"))
    prepared = silencing((by,), [("Down", exactly({"alertname": "Down", "job": "a", "zone": "eu"}))])
    found = [list(silenced(exactly({"alertname": "Slow", "job": "a", "zone": zone}), prepared)) for zone in ("eu", "us")]
    assert [[one.sources for one in quiet] for quiet in found] == [[("Down",)], []]


def known_less(exact: dict[str, str], hidden: dict[str, int]) -> Carried:
    """An alert of which less is known than its labels: per label its value, a few, any, or that it may be missing."""
    values: dict[str, Values] = {}
    sure = set()
    for name in LABELS:
        value, how = exact.get(name, ""), hidden.get(name, 0)
        if how == 0 and not value:
            continue
        here = frozenset((value,)) if value else frozenset()
        values[name] = {0: here, 1: here | {"v1", "v2"}, 2: None, 3: None}[how]
        if value and how in (0, 1, 2):
            sure.add(name)
    return Carried(values, frozenset(sure), open=False)


@settings(max_examples=300, deadline=None)
@given(trees(), labels(), labels())
def test_what_is_known_for_sure_holds_and_what_happens_is_foreseen(root: Route, exact: dict[str, str], other: dict[str, str]) -> None:
    assume(not any("\n" in value for value in exact.values()))
    hidden = {name: sum(map(ord, value)) % 4 for name, value in other.items()}
    happens = [end.path for end in reached(root, exactly(exact))]
    foreseen = reached(root, known_less(exact, hidden))
    assert all(end.path in happens for end in foreseen if end.verdict == "surely")
    assert [path for path in happens if path not in [end.path for end in foreseen]] == []


@pytest.mark.parametrize(("pattern", "value"), [("a{,3}", "aaa"), ("[[a]b", "ab"), ("[a||b]", "a"), ("[a&&b]", "a"), (r"\s", "\v")])
def test_regex_that_python_reads_otherwise_is_not_judged(pattern: str, value: str) -> None:
    assert matches(pattern, value) is None
