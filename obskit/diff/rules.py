"""Two states of one alert or recording rule, as edits in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from obskit.diff.changes import Edit
from obskit.diff.leaves import ABSENT, edit, leaves, texts
from obskit.diff.queries import asked
from obskit.diff.templates import annotation
from obskit.diff.texts import plain, quoted
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.model import RuleView

LINK = ("__dashboardUid__", "__panelId__")
"""The annotations by which Grafana opens an alert's panel."""
TIMES = frozenset({"for", "keep_firing_for", "interval", "query_offset", "evaluation_delay", "limit"})
_ANNOTATIONS = {"summary": "summary", "description": "description", "runbook_url": "runbook", "runbook": "runbook"}

Place = tuple[str, str]
SameLink = Callable[[Place, Place], bool]
"""Whether two panel links, as board uid and panel id, lead to the same panel."""


def rule_edits(before: RuleView, after: RuleView, same_link: SameLink, titles: Mapping[Place, str]) -> tuple[Edit, ...]:
    """The edits between two states of a rule but that of its name. `titles` are those of panels, by board uid and panel id."""
    return () if before.json == after.json else tuple(_edits(before, after, same_link, titles))


def told(rule: RuleView) -> tuple[Edit, ...]:
    """What a rule is that was not there before."""
    found = [Edit(what="query", after=rule.expr, block=True)] if rule.expr else []
    for key in ("for", "keep_firing_for"):
        if rule.json.get(key) not in (None, ""):
            found.append(Edit(what=f"{key} {plain(str(rule.json[key]))}"))
    labels = rule.json.get("labels")
    if isinstance(labels, dict) and isinstance(labels.get("severity"), str):
        found.append(Edit(what=f"severity {plain(labels['severity'])}"))
    return tuple(found)


def group_fields(before: Any, after: Any) -> Iterator[Edit]:
    """The edits of a group's own members."""
    yield from _labels(before.get("labels"), after.get("labels"), {}, "label")
    yield from _members(before, after, frozenset({"labels"}))


def _edits(before: RuleView, after: RuleView, same_link: SameLink, titles: Mapping[Place, str]) -> Iterator[Edit]:
    yield from asked(before.expr, after.expr, "promql")
    one, two = before.json, after.json
    yield from _members(one, two, frozenset({"alert", "record", "expr", "labels", "annotations"}))
    yield from _labels(one.get("labels"), two.get("labels"), {"severity": "severity"}, "label")
    ones, twos = one.get("annotations"), two.get("annotations")
    yield from _link(ones, twos, same_link, titles)
    yield from _labels(_unlinked(ones), _unlinked(twos), _ANNOTATIONS, "annotation")
    for key in ("alert", "record", "expr"):
        if (isinstance(one.get(key), (dict, list)) or isinstance(two.get(key), (dict, list))) and one.get(key) != two.get(key):
            yield edit((key,), one.get(key, ABSENT), two.get(key, ABSENT))
    if before.kind == after.kind and {"alert", "record"} <= {*one, *two}:
        other = "record" if after.kind == "alert" else "alert"
        yield from (edit((other, *path), left, right) for path, left, right in leaves(one.get(other), two.get(other)))


def _members(before: Any, after: Any, apart: frozenset[str]) -> Iterator[Edit]:
    ones, twos = ({key: value for key, value in side.items() if key not in apart} for side in (before, after))
    for path, left, right in leaves(ones, twos):
        timed = len(path) == 1 and path[0] in TIMES
        if not (timed and _length(left) == _length(right)):
            yield edit(path, left, right, str(path[0]) if timed else "")


def _length(value: Any) -> Any:
    """A length of time however it is written; none is 0."""
    if value is ABSENT:
        return 0
    try:
        return Duration.parse(value if isinstance(value, str) else str(value)).milliseconds
    except DeclarationError:
        return value


def _labels(before: Any, after: Any, known: Mapping[str, str], what: str) -> Iterator[Edit]:
    """The edits of labels or annotations: objects of texts, in which a number is its text."""
    if not all(isinstance(side, dict) or side is None for side in (before, after)):
        yield from (edit((f"{what}s", *path), left, right) for path, left, right in leaves(before, after))
        return
    ones, twos = ({str(key): value for key, value in (side or {}).items()} for side in (before, after))
    for key in sorted(ones.keys() | twos.keys()):
        name = known.get(key) or f"{what} {quoted(key)}"
        one, two = ones.get(key), twos.get(key)
        if _written(one) == _written(two):
            continue
        if isinstance(one, str) and isinstance(two, str):
            yield annotation(name, one, two)
        else:
            first, second = texts(*(ABSENT if side is None else side for side in (one, two)))
            yield Edit(what=name, before=first, after=second)


def _written(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _link(before: Any, after: Any, same_link: SameLink, titles: Mapping[Place, str]) -> Iterator[Edit]:
    one, two = _place(before), _place(after)
    if one != two and not (one is not None and two is not None and same_link(one, two)):
        yield Edit(what="panel link", before=_linked(one, titles), after=_linked(two, titles))


def _place(annotations: Any) -> Place | None:
    found = [str(annotations.get(key) or "") for key in LINK] if isinstance(annotations, dict) else []
    return (found[0], found[1]) if any(found) else None


def _linked(place: Place | None, titles: Mapping[Place, str]) -> str | None:
    if place is None:
        return None
    title = titles.get(place)
    return f"{place[0]}/{quoted(title)}" if title else f"{place[0]}, panel {place[1]}"


def _unlinked(annotations: Any) -> Any:
    return {key: value for key, value in annotations.items() if key not in LINK} if isinstance(annotations, dict) else annotations
