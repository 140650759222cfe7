"""Rules that Grafana keeps although its files no longer hold them: a provisioned rule stays, and fires, until `deleteRules` names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from obskit.diff.changes import Edit, Part, Thing
from obskit.diff.forms import FileForm

_NAME = "rules that Grafana keeps"


def kept(before: Sequence[FileForm], after: Sequence[FileForm]) -> Iterator[Thing]:
    """What is to be done about rules whose uid went: their module, their group or their name is another, or they are no more."""
    partly = frozenset(form.path for form in after if not form.whole)
    olds, news = (dict(pair for form in side if form.path not in partly for pair in _rules(form.data)) for side in (before, after))
    deleted = {uid for form in after for uid in _deleted(form.data)}
    gone = sorted((title, uid) for uid, title in olds.items() if uid not in news and uid not in deleted)
    if gone:
        parts = tuple(Part(kind="rule", name=title, state="changed", edits=(_to_do(uid),)) for title, uid in gone)
        yield Thing(kind="file", name=_NAME, key=_NAME, state="changed", parts=parts)


def _to_do(uid: str) -> Edit:
    return Edit(what=f'stays there until [tool.obskit.alerting] deleted has "{uid}"')


def _rules(data: Any) -> Iterator[tuple[str, str]]:
    """The uid and title of each rule that Grafana evaluates."""
    for group in _objects(data.get("groups")):
        for rule in _objects(group.get("rules")):
            if isinstance(rule.get("data"), list) and isinstance(rule.get("uid"), str):
                yield rule["uid"], str(rule.get("title", ""))


def _deleted(data: Any) -> Iterator[str]:
    return (str(item.get("uid")) for item in _objects(data.get("deleteRules")))


def _objects(given: Any) -> list[dict[str, Any]]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
