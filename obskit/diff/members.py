"""What a board holds beside its panels: variables and annotation queries, matched by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from obskit.diff.assumed import ASSUMED
from obskit.diff.changes import Edit, Part
from obskit.diff.fields import source
from obskit.diff.leaves import edit, leaves
from obskit.diff.pairs import in_order, paired
from obskit.diff.queries import asked, variable_asked
from obskit.diff.texts import plain, short, words
from obskit.model import LANGUAGES, Board, Json, Variable

_VARIABLE = {
    "label": "label", "description": "description", "multi": "several values", "includeAll": "offers All", "allValue": "value of All",
    "regex": "regex", "sort": "sorted", "refresh": "asked again", "hide": "hidden", "current.value": "starts with", "auto": "auto",
    "type": "kind", "skipUrlSync": "kept out of the address",
}  # fmt: skip
_ANNOTATION = {
    "enable": "shown", "hide": "switch hidden", "iconColor": "colour", "titleFormat": "title", "textFormat": "text", "tagKeys": "tags",
    "type": "kind",
}  # fmt: skip
_SAID: dict[str, dict[Any, str]] = {
    "refresh": {0: "never", 1: "on load", 2: "on time range change"},
    "hide": {0: "nothing", 1: "its label", 2: "all of it"},
    "sort": {0: "not at all", 1: "A to Z", 2: "Z to A", 3: "by number", 4: "by number, falling", 7: "naturally", 8: "naturally, falling"},
}
_LISTED = frozenset({"custom", "interval"})


def variables(before: Board, after: Board) -> Iterator[Part]:
    """The variables that differ."""
    first, second = before.variables, after.variables
    pairs = paired(first, second, [lambda one: one.name], [lambda one: (one.kind, words(_bare(one.json)))])
    for one, two in sorted(pairs.both, key=lambda pair: pair[1]):
        old, new = first[one], second[two]
        edits = tuple(_variable(old, new)) if old.json != new.json else ()
        renamed = old.name if old.name != new.name else None
        if edits or renamed is not None:
            yield Part(kind="variable", name=new.name, state="changed", renamed=renamed, edits=edits)
    yield from (Part(kind="variable", name=second[two].name, state="added", edits=_said(second[two])) for two in pairs.come)
    yield from (Part(kind="variable", name=first[one].name, state="removed") for one in pairs.gone)
    if len(in_order(pairs.both)) != len(pairs.both):
        names = [short(", ".join(plain(one.name) for one in side)) for side in (first, second)]
        yield Part(kind="variables", name="", state="changed", edits=(Edit(what="order", before=names[0], after=names[1]),))


def annotation_queries(before: Board, after: Board) -> Iterator[Part]:
    """The annotation queries that differ."""
    first, second = _annotations(before), _annotations(after)
    pairs = paired(first, second, [_name], [lambda one: words({**one, "name": ""})])
    for one, two in pairs.both:
        old, new = first[one], second[two]
        edits = tuple(_annotation(old, new)) if old != new else ()
        renamed = _name(old) if _name(old) != _name(new) else None
        if edits or renamed is not None:
            yield Part(kind="annotation", name=_name(new), state="changed", renamed=renamed, edits=edits)
    for two in pairs.come:
        text = second[two].get("expr")
        edits = (Edit(what="query", after=text, block=True),) if isinstance(text, str) and text else ()
        yield Part(kind="annotation", name=_name(second[two]), state="added", edits=edits)
    yield from (Part(kind="annotation", name=_name(first[one]), state="removed") for one in pairs.gone)
    if len(in_order(pairs.both)) != len(pairs.both):
        names = [short(", ".join(plain(_name(one)) for one in side)) for side in (first, second)]
        yield Part(kind="annotations", name="", state="changed", edits=(Edit(what="order", before=names[0], after=names[1]),))


def _variable(before: Variable, after: Variable) -> Iterator[Edit]:
    prometheus = all(_type(one.json) == "prometheus" for one in (before, after))
    same = before.query == after.query
    if not same and prometheus and before.kind == after.kind == "query":
        yield from variable_asked(before.query, after.query)
    elif not same:
        what = {"custom": "values", "interval": "values", "datasource": "plugin", "constant": "value"}.get(after.kind, "query")
        yield Edit(what=what, before=before.query or None, after=after.query or None, block=what == "query")
    yield from source(before.json.get("datasource"), after.json.get("datasource"))
    apart = {"name", "datasource"} | (set() if same else {"query", "definition"} | ({"options"} if after.kind in _LISTED else set()))
    ones, twos = (_kept(one, apart) for one in (before, after))
    for path, left, right in leaves(ones, twos, assumed=ASSUMED):
        yield _worded(path, left, right, _VARIABLE)


def _kept(variable: Variable, apart: set[str]) -> Json:
    kept = {key: value for key, value in variable.json.items() if key not in apart}
    if kept.get("definition") == variable.query:
        del kept["definition"]
    current = kept.get("current")
    if isinstance(current, dict) and "value" in current:
        kept["current"] = {key: value for key, value in current.items() if key not in ("text", "selected", "isNone", "tags")}
    return kept


def _annotation(before: Json, after: Json) -> Iterator[Edit]:
    yield from source(before.get("datasource"), after.get("datasource"))
    one, two = before.get("expr"), after.get("expr")
    apart = {"name", "datasource"}
    if isinstance(one, str) and isinstance(two, str):
        apart.add("expr")
        yield from asked(one, two, LANGUAGES.get(_type(after), ""))
    ones, twos = ({key: value for key, value in side.items() if key not in apart} for side in (before, after))
    for path, left, right in leaves(ones, twos, assumed=ASSUMED):
        yield _worded(path, left, right, _ANNOTATION)


def _worded(path: tuple[str | int, ...], before: Any, after: Any, known: dict[str, str]) -> Edit:
    key = ".".join(map(str, path))
    said = _SAID.get(key, {})
    found = edit(path, before, after, known.get(key, ""))
    texts = [said.get(value, text) if isinstance(value, int) else text for value, text in ((before, found.before), (after, found.after))]
    return replace(found, before=texts[0], after=texts[1])


def _said(variable: Variable) -> tuple[Edit, ...]:
    found = [Edit(what=plain(variable.kind))] if variable.kind else []
    return (*found, *([Edit(what="query", after=variable.query, block=True)] if variable.query else []))


def _bare(variable: Json) -> Json:
    return {key: value for key, value in variable.items() if key not in ("name", "label")}


def _annotations(board: Board) -> list[Json]:
    held = board.json.get("annotations")
    given = held.get("list") if isinstance(held, dict) else None
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []


def _name(annotation: Json) -> str:
    return str(annotation.get("name") or "")


def _type(given: Json) -> str:
    found = given.get("datasource")
    kind = found.get("type") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) else ""
