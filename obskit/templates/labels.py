"""Which labels an alert's template reads.

What the names stand for: Prometheus defines `$labels` as the labels of the expression's element, before those of the rule and its
group are added, and `$externalLabels` as its own (package `rules`, file `alerting.go`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from obskit.templates.tokens import FaultyError, Token, actions

_SOURCES = {"$labels": "$labels", ".Labels": "$labels", "$externalLabels": "$externalLabels", ".ExternalLabels": "$externalLabels"}
_OPENS = ("if", "with", "range")
_UNREAD = ("define", "block", "template")


class LabelUse(NamedTuple):
    """A label that a template prints; `source` is `$labels` or `$externalLabels`."""

    source: str
    label: str
    span: tuple[int, int]


def label_uses(text: str) -> tuple[LabelUse, ...]:
    """The labels a template reads for certain; not those it asks for itself whether they are there (`{{ with $labels.x }}`)."""
    found: list[LabelUse] = []
    tested: set[tuple[str, str]] = set()
    open_blocks: list[str] = []
    try:
        for action in actions(text):
            words = [token for token in action if token.kind != "space"]
            first = words[0].text
            if first in _UNREAD or _redefined(words):
                return ()
            asks = first in _OPENS or (first == "else" and len(words) > 2)
            moved = any(block != "if" for block in open_blocks)
            for use in _of_action(words, moved):
                if asks:
                    tested.add(use[:2])
                found.append(use)
            if first in _OPENS:
                open_blocks.append(first)
            elif first == "end" and open_blocks:
                open_blocks.pop()
    except FaultyError:
        return ()
    return tuple(use for use in found if use[:2] not in tested)


def _redefined(words: list[Token]) -> bool:
    return any(one.text in _SOURCES and other.kind == "mark" and other.text in (":=", "=", ",") for one, other in pairwise(words))


def _of_action(words: list[Token], moved: bool) -> Iterator[LabelUse]:
    """The labels of one action; where `moved`, the dot is something else than the alert."""
    for at, token in enumerate(words):
        source = _SOURCES.get(token.text)
        if source is None or (token.kind == "field" and not _is_alert(words, at, moved)):
            continue
        following = words[at + 1]
        if following.kind == "field" and following.start == token.start + len(token.text):
            yield LabelUse(source, following.text[1:], (token.start, following.start + len(following.text)))
        elif at and words[at - 1].text == "index" and following.kind == "string":
            yield LabelUse(source, following.text[1:-1], following.span)


def _is_alert(words: list[Token], at: int, moved: bool) -> bool:
    """Whether a field (`.Labels`) is one of the alert's data: of the dot at the top, or of `$`."""
    before = words[at - 1] if at else None
    touches = before is not None and before.start + len(before.text) == words[at].start
    if not touches or before is None or (before.kind == "mark" and before.text != ")"):
        return not moved
    return before.kind == "variable" and before.text == "$"
