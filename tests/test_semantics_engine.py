"""What the semantics say of a query, and what checks call impossible, held against what the real Prometheus engine answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from math import isclose, isnan
from typing import Any, NamedTuple

import engine
import engine_queries
import engine_shop
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from obskit import lint
from obskit.analysis import Analysed, alone
from obskit.analysis.sure_labels import SureLabels
from obskit.semantics import Binary, Negated, Node, Number, Read
from obskit.semantics.nodes import COMPARISONS

TIMES = ("50m15s", "61m", "77m30s", "95m45s")
"""An ordinary moment, just after a restart, in a gap, and after it."""
CLAIMS = ("never-fires", "always-fires", "vector-matching", "many-to-many", "ratio-of-same")
EMPTY_SELECTORS = ("contradictory-matchers", "unknown-label-value", "unknown-label", "bucket-bound")
NO_SCALAR = "expected type scalar"
STEADY: Any = {"derandomize": True, "database": None, "deadline": None}
"""No chance, no memory, no haste."""
WHOLE = ("never-fires", "always-fires")
"""What is said of the query as a whole, wherever the caret stands."""
AMBIGUOUS = ("many-to-many", "multiple matches for labels", "same labelset")


class Case(NamedTuple):
    """A query with its meaning, the checks that speak of its outermost word, and the engine's answers at each of the times.

    `sure` are the labels that checks take every series to carry; `scalar` is whether the engine takes the query for a scalar.
    """

    text: str
    root: Node
    told: frozenset[str]
    sure: frozenset[str]
    answers: tuple[engine.Answer, ...]
    scalar: bool

    @property
    def samples(self) -> tuple[engine.Sample, ...]:
        return tuple(sample for answer in self.answers for sample in answer.samples)


@cache
def random_queries() -> tuple[str, ...]:
    """The same queries each time, on every machine."""
    found: dict[str, None] = {}

    @settings(max_examples=700, phases=[Phase.generate], suppress_health_check=list(HealthCheck), **STEADY)
    @given(engine_queries.families())
    def collect(family: tuple[str, ...]) -> None:
        found.update(dict.fromkeys(family))

    collect()
    return tuple(found)


@cache
def cases() -> tuple[Case, ...]:
    """Every query, asked once at each time, and once whether it is a scalar."""
    texts = tuple(dict.fromkeys((*engine_queries.TABLE, *random_queries())))
    asked = [(text, time) for time in TIMES for text in texts] + [(f"vector({text})", TIMES[0]) for text in texts]
    answers = engine.answers(asked, engine_shop.series(), engine_shop.RULES)
    known = engine_shop.known()
    return tuple(_case(known, text, answers[at :: len(texts)]) for at, text in enumerate(texts))


def _case(known: Analysed, text: str, answers: Sequence[engine.Answer]) -> Case:
    understood = alone(known, text, place="alert")
    asked = understood.queries[0]
    assert asked.meaning is not None, text
    root = asked.meaning.root
    spans = {asked.span(root)} - {None} if not isinstance(root, Negated) else set()
    if isinstance(root, Read):
        spans |= {matcher.span for matcher in root.selector.matchers}
    if isinstance(root, Binary):
        spans.add(asked.carets.grouping(root))
    found = lint.run(understood, today=date(2027, 1, 31), select=(*CLAIMS, *EMPTY_SELECTORS))
    told = {one.id for one in found if one.span in spans or one.id in WHOLE}
    return Case(text, root, frozenset(told), SureLabels(understood).of(root), tuple(answers[:-1]), NO_SCALAR not in answers[-1].error)


def labels(case: Case) -> Iterator[str]:
    known = case.root.value.labels
    for sample in case.samples:
        yield from (f"has label {name}" for name in sample.labels if name != "__name__" and known.lacks(name))


def values(case: Case) -> Iterator[str]:
    known = case.root.value.labels.names
    for sample in case.samples:
        for name, value in sample.labels.items():
            allowed = known.get(name)
            if allowed is not None and value not in allowed:
                yield f"has {name}={value!r}, not in {sorted(allowed)}"


def bounds(case: Case) -> Iterator[str]:
    low, high, inside = case.root.value.low, case.root.value.high, case.root.value.inside
    for _, value in case.samples:
        if low is not None and (value < low - 1e-9 * max(1, abs(low)) or (inside[0] and value == low)):
            yield f"is {value}, but at least {low} {inside}"
        if high is not None and (value > high + 1e-9 * max(1, abs(high)) or (inside[1] and value == high)):
            yield f"is {value}, but at most {high} {inside}"


def kinds(case: Case) -> Iterator[str]:
    if (case.root.value.kind == "scalar") is not case.scalar:
        yield f"is no {case.root.value.kind}"


def refusals(case: Case) -> Iterator[str]:
    for answer in case.answers:
        if answer.error and not any(word in answer.error for word in AMBIGUOUS):
            yield answer.error


def emptiness(case: Case) -> Iterator[str]:
    if not case.samples:
        return
    low, high = case.root.value.low, case.root.value.high
    if low is not None and high is not None and low > high and not all(isnan(value) for _, value in case.samples):
        yield f"has samples, and bounds {low} to {high}"
    empty = {"never-fires"}
    if isinstance(case.root, Binary):
        empty |= {"vector-matching"} if case.root.operator != "unless" else set()
        empty |= {"many-to-many"} if case.root.operator not in COMPARISONS else set()  # of several, a comparison may pass but one
    if isinstance(case.root, Read):
        empty |= {*EMPTY_SELECTORS} if all(one.op == "=" for one in case.root.selector.matchers) else {"contradictory-matchers"}
    yield from (f"has samples, in spite of {one}" for one in case.told & empty)


def sameness(case: Case) -> Iterator[str]:
    if "ratio-of-same" in case.told:
        found = [value for _, value in case.samples if not isnan(value)]
        if any(not isclose(found[0], value) for value in found):
            yield f"differs: {found}"


def certainty(case: Case) -> Iterator[str]:
    for sample in case.samples:
        yield from (f"lacks label {name}" for name in case.sure - sample.labels.keys())


LAWS = (labels, values, bounds, kinds, refusals, emptiness, sameness, certainty)


@pytest.mark.parametrize("law", LAWS, ids=[law.__name__ for law in LAWS])
def test_engine_agrees_on(law: Callable[[Case], Iterator[str]]) -> None:
    wrong = {f"{case.text}\n    {one}" for case in cases() for one in law(case)}
    assert not wrong, f"{len(wrong)} disagreements\n" + "\n".join(sorted(wrong, key=len)[:40])


def test_comparison_that_always_holds_drops_nothing() -> None:
    sides = [(case, _compared(case)) for case in cases() if "always-fires" in case.told]
    asked = [(case, text, at) for case, text in sides if text for at in range(len(TIMES))]
    assert len(asked) > 0
    found = engine.answers([(text, TIMES[at]) for _, text, at in asked], engine_shop.series(), engine_shop.RULES)
    for (case, _, at), whole in zip(asked, found, strict=True):
        numbers = [value for _, value in whole.samples if not isnan(value)]
        assert len(case.answers[at].samples) == len(numbers), case.text


def _compared(case: Case) -> str:
    """The text of what the outermost comparison compares with a number; empty where it compares something else."""
    root = case.root
    if not isinstance(root, Binary) or not isinstance(root.right, Number):
        return ""
    return case.text.rpartition(root.operator)[0]


def test_queries_are_many_and_answered() -> None:
    found = cases()
    assert len(found) > 1000
    assert sum(bool(case.samples) for case in found) > len(found) * 0.6
