"""Two sides to one difference: boards by uid, rule files by name, renames told once, everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from obskit.diff.asking import as_written
from obskit.diff.boards import Place, alone, matches
from obskit.diff.boards import board as compared
from obskit.diff.changes import Difference, Edit, Thing
from obskit.diff.delivery import files
from obskit.diff.folding import folded
from obskit.diff.forms import BoardForm, RulesForm, Side
from obskit.diff.kept import kept
from obskit.diff.leaves import edit, leaves
from obskit.diff.owners import Catalogue
from obskit.diff.pairs import paired
from obskit.diff.placing import placed
from obskit.diff.renaming import Renaming, Unchanged, nothing
from obskit.diff.rulefiles import rule_files
from obskit.diff.texts import words
from obskit.diff.unread import unread
from obskit.model import RuleView

COUNTED = ("board", "alert", "record", "group")
DELIVERED = "other file"
_UNKNOWN = Catalogue()


def difference(
    before: Side,
    after: Side,
    catalogue: Catalogue = _UNKNOWN,
    titles: Mapping[Place, str] | None = None,
    *,
    named: bool = False,
    unchanged: Unchanged = nothing,
) -> Difference:
    """What differs between two sides, by meaning; empty exactly when nothing does but ids, layout of text and defaults.

    Boards and files that are the same may be left out of both sides: `unchanged` gives those that hold a name. `titles` are those
    of panels that are known besides, by board uid and panel id. With `named`, one board or rule file of each side are two
    states of one, whatever they are called.
    """
    boards, links = _boards(before.boards, after.boards, catalogue, named)
    known = dict(titles or {})
    for form in (*before.boards, *after.boards):
        known |= {(form.board.uid, str(panel.id)): panel.title for panel in form.board.panels if panel.title and panel.id}
    same = frozenset(links)
    rules = [
        replace(thing, owners=_rule_owners(thing, before, after, catalogue))
        for thing in rule_files(before.rules, after.rules, lambda one, two: (one, two) in same, known, named)
    ]
    told = frozenset(name for thing in rules for part in thing.parts for name in (part.name, part.renamed) if name)
    gone = frozenset(rule.name for side in (before, after) for form in side.rules for rule in _whole(form, rules))
    stays = () if named else kept(before.files, after.files)
    things = (*boards, *rules, *files(before.files, after.files, told | gone, named), *stays)
    renames, left = folded(things, catalogue.signal, Renaming(before, after, unchanged, catalogue.signals).is_one)
    return Difference(renames=renames, things=left, counts=_counts(things))


def only_derived(paths: Mapping[str, Sequence[str]]) -> Difference:
    """The difference where nothing differs but files that are made of what is compared elsewhere, by their format."""
    things = tuple(
        Thing(kind="file", name=name, key=name, state="changed", edits=tuple(Edit(what=f"{path} differs") for path in differing))
        for name, differing in paths.items()
        if differing
    )
    return Difference(things=things, counts=((DELIVERED, sum(map(len, paths.values()))),) if things else ())


def _boards(
    before: Sequence[BoardForm], after: Sequence[BoardForm], catalogue: Catalogue, named: bool
) -> tuple[list[Thing], list[tuple[Place, Place]]]:
    pairs = paired(
        before,
        after,
        [lambda form: form.board.uid or None, lambda form: (form.path, form.board.title)],
        [lambda form: form.path, lambda form: form.board.title or None, lambda form: words(form.board.json.get("panels"))],
    )
    both, gone, come = pairs
    if named and len(before) == len(after) == 1:
        both, gone, come = [(0, 0)], [], []
    found: list[Thing] = []
    links: list[tuple[Place, Place]] = []
    for one, two in both:
        old, new = before[one], after[two]
        edits, panels = unread(old, new, matches(old.board, new.board))
        if old.around and new.around:
            edits += tuple(edit(path, left, right) for path, left, right in leaves(old.around, new.around))
        thing, places = compared(placed(old, as_written(old)), placed(new, as_written(new)), edits, panels)
        links += places
        if thing is not None:
            found.append(replace(thing, owners=catalogue.of_board(new.board)))
    for two in come:
        found.append(replace(alone(after[two].board, "added"), owners=catalogue.of_board(after[two].board)))
    for one in gone:
        found.append(replace(alone(before[one].board, "removed"), owners=catalogue.of_board(before[one].board)))
    return found, links


def _rule_owners(thing: Thing, before: Side, after: Side, catalogue: Catalogue) -> tuple[str, ...]:
    side = before if thing.state == "removed" else after
    return next((catalogue.of_rules(form.file) for form in side.rules if form.path == thing.name), ())


def _whole(form: RulesForm, things: Sequence[Thing]) -> Iterator[RuleView]:
    """The rules of a file that came or went as a whole."""
    if any(thing.name == form.path and thing.state != "changed" for thing in things):
        yield from (rule for _, rule in form.file.rules())


def _counts(things: Sequence[Thing]) -> tuple[tuple[str, int], ...]:
    """How many boards, alerts, records and rule groups differ; rule files count where nothing in them does."""
    counts = Counter(kind for thing in things for kind in _counted(thing))
    return tuple((kind, counts[kind]) for kind in (*COUNTED, "rule file", DELIVERED) if counts[kind])


def _counted(thing: Thing) -> Iterator[str]:
    if thing.kind != "rules":
        yield thing.kind if thing.kind == "board" else DELIVERED
        return
    kinds = [part.kind for part in thing.parts if part.kind in COUNTED]
    yield from kinds or ["rule file"]
