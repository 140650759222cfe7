"""Random trees of routes and random labels, few enough that they meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from obskit.catalog import Matcher, not_, one_of, regex
from obskit.notify import Receiver, Route, Webhook
from obskit.notify.carried import Carried

LABELS = ("alertname", "job", "severity", "team")
VALUES = ("v1", "v2", "v3 x", 'v"4', "v\\5", "价格", "v.6", "a\nb", "$v", "{v}")
RECEIVERS = tuple(Receiver(f"r{number}", Webhook(f"http://bridge:8060/{number}")) for number in range(8))
REGEXES = ("v.*", ".+", ".*", "v1|v2", "v[12]", "(v1|v\\.6)", "", "[^v].*", "v\\.6", "价.", "\\$v|\\{v\\}", "(?i)V1")


def exactly(labels: Mapping[str, str]) -> Carried:
    """What an alert carries whose labels are known."""
    kept = {name: frozenset((value,)) for name, value in labels.items() if value}
    return Carried(kept, frozenset(kept))


def _wanted() -> st.SearchStrategy[str | Matcher]:
    plain = st.sampled_from((*VALUES, ""))
    positive = st.one_of(plain, st.lists(plain.filter(bool), min_size=1, max_size=3).map(lambda some: one_of(*some)), _regexes())
    return st.one_of(positive, positive.map(not_))


def _regexes() -> st.SearchStrategy[Matcher]:
    return st.sampled_from(REGEXES).map(regex)


def labels() -> st.SearchStrategy[dict[str, str]]:
    """Labels of an alert."""
    return st.dictionaries(st.sampled_from(LABELS), st.sampled_from(VALUES), max_size=4)


def _matches() -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(LABELS), _wanted(), min_size=0, max_size=2)


def trees() -> st.SearchStrategy[Route]:
    """A root and its routes, at most three deep."""
    receivers = st.sampled_from((*RECEIVERS, None))
    inner = st.builds(Route, receivers, match=_matches(), continue_=st.booleans())
    for _ in range(2):
        inner = st.builds(
            Route, receivers, match=_matches(), continue_=st.booleans(), routes=st.lists(inner, max_size=2).map(tuple)
        )
    return st.builds(Route, st.sampled_from(RECEIVERS), routes=st.lists(inner, min_size=1, max_size=4).map(tuple))
