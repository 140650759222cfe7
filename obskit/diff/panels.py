"""Two states of one panel: what it shows, asks and how it looks, as edits in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from obskit.diff.assumed import ASSUMED
from obskit.diff.changes import Edit
from obskit.diff.fields import panel_fields, source
from obskit.diff.holding import links, transformations
from obskit.diff.leaves import edit, leaves
from obskit.diff.pairs import paired
from obskit.diff.queries import asked
from obskit.diff.templates import legend
from obskit.diff.texts import plain, quoted
from obskit.model import Json, Panel, Query

_WORDS = {"hide": "hidden", "format": "format", "interval": "minimum step", "exemplar": "exemplars", "maxLines": "lines at most"}
_APART = frozenset({"refId", "expr", "legendFormat", "datasource", "instant", "range"})
_KEYS = {"traceql": "query"}


def panel_edits(before: Panel, after: Panel) -> tuple[Edit, ...]:
    """The edits between two states of a panel but those of its title and place."""
    if _bare(before.json) == _bare(after.json):
        return ()
    return tuple(_edits(before, after))


def told(panel: Panel) -> tuple[Edit, ...]:
    """What a panel is that was not there before."""
    found = [Edit(what=plain(panel.kind))] if panel.kind and not panel.is_row else []
    found += [Edit(what="query", after=query.text, within=f"query {query.ref}", block=True) for query in panel.queries if query.text]
    unit = panel.json.get("fieldConfig")
    unit = unit.get("defaults") if isinstance(unit, dict) else None
    unit = unit.get("unit") if isinstance(unit, dict) else None
    return (*found, *([Edit(what=f"unit {plain(unit)}")] if isinstance(unit, str) and unit else []))


def _bare(panel: Json) -> Json:
    return {key: value for key, value in panel.items() if key not in ("id", "gridPos", "title", "panels")}


def _edits(before: Panel, after: Panel) -> Iterator[Edit]:
    yield from panel_fields(before.json, after.json)
    yield from _queries(before, after)
    yield from links(before.json.get("links"), after.json.get("links"))
    yield from transformations(before.json.get("transformations"), after.json.get("transformations"))


def _queries(before: Panel, after: Panel) -> Iterator[Edit]:
    first, second = before.json.get("datasource"), after.json.get("datasource")
    both = paired(before.queries, after.queries, [lambda query: query.ref], [lambda query: query.text or None])
    moved = {(_said(before.queries[one]), _said(after.queries[two])) for one, two in both.both}
    yield from source(first, second)
    for one in both.gone:
        yield Edit(what=f"query {before.queries[one].ref}", before=before.queries[one].text, block=True)
    for one, two in both.both:
        with_panel = (_said(before.queries[one]), _said(after.queries[two])) == (_text(first), _text(second)) and len(moved) == 1
        yield from _query(before.queries[one], after.queries[two], with_panel)
    for two in both.come:
        yield Edit(what=f"query {after.queries[two].ref}", after=after.queries[two].text, block=True)
    if [before.queries[one].ref for one, _ in sorted(both.both)] != [before.queries[one].ref for one, _ in both.both]:
        refs = [", ".join(query.ref for query in panel.queries) for panel in (before, after)]
        yield Edit(what="order of queries", before=refs[0], after=refs[1])


def _query(before: Query, after: Query, with_panel: bool) -> Iterator[Edit]:
    within = f"query {after.ref}"
    if before.ref != after.ref:
        yield Edit(what=f"query {before.ref} is now query {after.ref}")
    if before.language != after.language and before.text != after.text:
        yield Edit(what="query", before=before.text or None, after=after.text or None, within=within, block=True)
    elif before.language == after.language:
        yield from asked(before.text, after.text, after.language, within)
    one, two = (str(query.json.get("legendFormat") or "") for query in (before, after))
    if one != two:
        yield legend(one, two, within)
    if not with_panel:
        yield from source(before.json.get("datasource"), after.json.get("datasource"), within)
    yield from _mode(before.json, after.json, within)
    key = _KEYS.get(after.language, "expr")
    ones, twos = ({name: value for name, value in query.json.items() if name not in _APART and name != key} for query in (before, after))
    if key != "expr":
        ones, twos = ({**kept, "expr": query.json.get("expr")} for kept, query in ((ones, before), (twos, after)))
    for path, left, right in leaves(ones, twos, assumed=ASSUMED):
        yield replace(edit(path, left, right, _WORDS.get(".".join(map(str, path)), "")), within=within)


def _mode(before: Json, after: Json, within: str) -> Iterator[Edit]:
    """Whether a query asks for a range or for one moment."""
    one, two = (_asks(query) for query in (before, after))
    if one != two:
        yield Edit(what="asks for", before=one, after=two, within=within)


def _asks(query: Json) -> str:
    instant = bool(query.get("instant"))
    ranged = bool(query.get("range", not instant))
    return "one moment and a range" if instant and ranged else "one moment" if instant else "a range"


def _said(query: Query) -> str:
    return _text(query.json.get("datasource"))


def _text(given: Any) -> str:
    return " ".join(f"{key}={value}" for key, value in sorted(given.items())) if isinstance(given, dict) else str(given or "")


def title(panel: Panel) -> str:
    """How a panel is called in words: its title, else its kind and id."""
    return panel.title if panel.title else f"{panel.kind or 'panel'} without a title"


def name(panel: Panel) -> str:
    """`panel "P95"`, `row "Traffic"`."""
    return f"{'row' if panel.is_row else 'panel'} {quoted(title(panel))}"
