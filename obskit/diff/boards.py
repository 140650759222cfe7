"""Two states of one dashboard: its own members, and the panels, rows, variables and annotations that it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from obskit.diff.assumed import ASSUMED, SAVED
from obskit.diff.changes import Edit, Part, Thing
from obskit.diff.holding import links
from obskit.diff.layouts import holders, moves
from obskit.diff.leaves import edit, leaves
from obskit.diff.members import annotation_queries, variables
from obskit.diff.pairs import Pairs, Sign, paired
from obskit.diff.panels import panel_edits, title, told
from obskit.diff.texts import plain, words
from obskit.model import Board, Json, Panel
from obskit.promql import parse

_WORDS = {
    "description": "description", "refresh": "refresh", "timezone": "time zone", "editable": "editable", "graphTooltip": "tooltip",
    "weekStart": "week starts on", "liveNow": "live", "timepicker.nowDelay": "now delayed by", "timepicker.hidden": "time picker hidden",
    "timepicker.refresh_intervals": "refresh intervals offered", "fiscalYearStartMonth": "fiscal year starts in month",
}  # fmt: skip
_TOOLTIPS = {0: "of each panel", 1: "crosshair on all panels", 2: "on all panels"}
_APART = frozenset({"uid", "title", "tags", "time", "links", "annotations", "templating", "panels", *SAVED})

Place = tuple[str, str]
"""Board uid and panel id, as an alert names a panel."""


class Compared(NamedTuple):
    """A board that differs, None when it does not; and which panel of the first side is which of the second."""

    thing: Thing | None
    panels: tuple[tuple[Place, Place], ...]


def board(before: Board, after: Board, unread: tuple[Edit, ...] = (), unread_panels: dict[int, tuple[Edit, ...]] | None = None) -> Compared:
    """What became of a board. `unread` are edits of what the neutral form leaves out; `unread_panels` those of panels, by their
    index on the second side.
    """
    parts, edits, same = _panels(before, after, unread_panels or {})
    parts += [*variables(before, after), *annotation_queries(before, after)]
    edits = [*_own(before, after), *edits, *unread]
    places = tuple(((before.uid, str(before.panels[one].id)), (after.uid, str(after.panels[two].id))) for one, two in same)
    renamed = before.title if before.title != after.title else None
    if not parts and not edits and renamed is None:
        return Compared(None, places)
    return Compared(
        Thing(
            kind="board",
            name=after.title,
            key=after.uid,
            state="changed",
            renamed=renamed,
            folder=after.folder,
            edits=tuple(edits),
            parts=tuple(parts),
        ),
        places,
    )


def alone(given: Board, state: Any) -> Thing:
    """A board that only one side has: which panels it holds, by name."""
    counts = Counter(_kind(panel) for panel in given.panels)
    counts["variable"] = len(given.variables)
    size = tuple((kind, counts[kind]) for kind in ("row", "panel", "variable") if counts[kind])
    parts = tuple(Part(kind=_kind(panel), name=title(panel), state=state, place=_place(panel)) for panel in given.panels)
    held = parts if state == "added" else ()
    return Thing(kind="board", name=given.title, key=given.uid, state=state, folder=given.folder, size=size, parts=held)


def matches(before: Board, after: Board) -> list[tuple[int, int]]:
    """Which panels are the same, by their indexes."""
    return paired_panels(before.panels, after.panels).both


def paired_panels(before: tuple[Panel, ...], after: tuple[Panel, ...]) -> Pairs:
    """A panel keeps its identity by its id with its title or its content, else by its title, else by its id alone, else by what it shows.

    The last is for panels whose id is made from their title, as ours are: one that has another title still asks the same, or is the
    only one left in its row that shows the same metrics in the same way.
    """
    held = {**_held(before), **_held(after)}
    exact: list[Sign] = [
        lambda panel: (panel.is_row, panel.id, panel.title) if panel.id else None,
        lambda panel: (panel.is_row, panel.id, _content(panel)) if panel.id and panel.queries else None,
        lambda panel: (panel.is_row, panel.title, panel.row) if panel.title else None,
    ]
    single: list[Sign] = [
        lambda panel: (panel.is_row, panel.title) if panel.title else None,
        lambda panel: (panel.is_row, panel.id) if panel.id else None,
        lambda panel: (panel.is_row, _content(panel)) if panel.queries else None,
        lambda panel: tuple(query.text for query in panel.queries) if any(query.text for query in panel.queries) else None,
        lambda panel: (panel.row, panel.kind, _metrics(panel)) if _metrics(panel) else None,
        lambda panel: (panel.kind, panel.title, panel.row) if not panel.id and not panel.title else None,
        lambda panel: held.get(id(panel)) or None,
        lambda panel: held.get(id(panel), ())[:1] or None,
        lambda panel: held.get(id(panel), ())[-1:] or None,
    ]
    return paired(before, after, exact, single)


def _held(panels: tuple[Panel, ...]) -> dict[int, tuple[str, ...]]:
    """The titles of what each row holds, by the identity of the row: a row's id may be made from its title."""
    found: dict[int, list[str]] = {}
    for panel, row in zip(panels, holders(panels), strict=True):
        if panel.is_row:
            found[id(panel)] = []
        elif row is not None:
            found[id(panels[row])].append(panel.title)
    return {row: tuple(titles) for row, titles in found.items()}


def _metrics(panel: Panel) -> tuple[str, ...]:
    found = {selector.name for query in panel.queries if query.language == "promql" for selector in parse(query.text).selectors}
    return tuple(sorted(name for name in found if name))


def _content(panel: Panel) -> str:
    return words({key: value for key, value in panel.json.items() if key not in ("id", "title", "gridPos", "panels")})


def _panels(before: Board, after: Board, unread: dict[int, tuple[Edit, ...]]) -> tuple[list[Part], list[Edit], list[tuple[int, int]]]:
    if before.json.get("panels") == after.json.get("panels"):
        same = [(index, index) for index in range(len(after.panels))] if len(before.panels) == len(after.panels) else []
        found = [_part(before.panels[two], after.panels[two], edits) for two, edits in unread.items() if two < len(same)]
        return found, [], same
    pairs = paired_panels(before.panels, after.panels)
    moved = moves(before.panels, after.panels, pairs.both)
    old = {two: before.panels[one] for one, two in pairs.both}
    parts: list[Part] = []
    for two, panel in enumerate(after.panels):
        if two not in old:
            parts.append(Part(kind=_kind(panel), name=title(panel), state="added", place=_place(panel), edits=told(panel)))
            continue
        edits = (*panel_edits(old[two], panel), *moved.edits.get(two, ()), *unread.get(two, ()))
        if edits or old[two].title != panel.title:
            parts.append(_part(old[two], panel, edits))
    for panel in (before.panels[one] for one in pairs.gone):
        parts.append(Part(kind=_kind(panel), name=title(panel), state="removed", place=_place(panel)))
    pushed = [Edit(what=f"{moved.pushed} other panel{'s' if moved.pushed > 1 else ''} pushed to another place")] if moved.pushed else []
    return parts, pushed, pairs.both


def _part(before: Panel, after: Panel, edits: tuple[Edit, ...]) -> Part:
    renamed = title(before) if before.title != after.title else None
    return Part(kind=_kind(after), name=title(after), state="changed", renamed=renamed, place=_place(after), edits=edits)


def _place(panel: Panel) -> str:
    return "" if panel.is_row else panel.row


def _kind(panel: Panel) -> str:
    return "row" if panel.is_row else "panel"


def _own(before: Board, after: Board) -> Iterator[Edit]:
    if before.uid != after.uid and (before.uid_given or after.uid_given):
        yield Edit(what="uid", before=before.uid if before.uid_given else None, after=after.uid if after.uid_given else None)
    if before.folder != after.folder:
        folders = [plain(side.folder) if side.folder else None for side in (before, after)]
        yield Edit(what="folder", before=folders[0], after=folders[1])
    first, second = before.json, after.json
    yield from _tags(first.get("tags"), second.get("tags"))
    one, two = (_range(side.get("time")) for side in (first, second))
    if one != two:
        yield Edit(what="time range", before=one or None, after=two or None)
    yield from links(first.get("links"), second.get("links"))
    ones, twos = ({key: value for key, value in side.items() if key not in _APART} for side in (first, second))
    for path, left, right in leaves(ones, twos, assumed=ASSUMED):
        key = ".".join(map(str, path))
        if key == "graphTooltip":
            names = [_TOOLTIPS.get(value, plain(value)) if isinstance(value, int) else _TOOLTIPS[0] for value in (left, right)]
            yield Edit(what="tooltip", before=names[0], after=names[1])
        else:
            yield edit(path, left, right, _WORDS.get(key, ""))
    for name in ("annotations", "templating"):
        old, new = (_without_list(side.get(name)) for side in (first, second))
        yield from (edit((name, *path), left, right) for path, left, right in leaves(old, new))


def _without_list(holder: Any) -> Any:
    return {key: value for key, value in holder.items() if key != "list"} if isinstance(holder, dict) else holder


def _tags(before: Any, after: Any) -> Iterator[Edit]:
    one, two = ([plain(tag) for tag in side] if isinstance(side, list) else [] for side in (before, after))
    yield from (Edit(what=f"tag {tag}", before="") for tag in one if tag not in two)
    yield from (Edit(what=f"tag {tag}", after="") for tag in two if tag not in one)


def _range(time: Any) -> str:
    if not isinstance(time, dict):
        return ""
    rest: Json = {key: value for key, value in time.items() if key not in ("from", "to")}
    return f"{plain(time.get('from'))} to {plain(time.get('to'))}" + (f" {words(rest)}" if rest else "")
