"""Rule files side by side: which rule is which, also when it moved to another group or file, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from obskit.diff.changes import Edit, Part, Thing
from obskit.diff.forms import RulesForm
from obskit.diff.leaves import edit, leaves
from obskit.diff.pairs import in_order, paired
from obskit.diff.rules import Place, SameLink, group_fields, rule_edits, told
from obskit.diff.texts import plain, quoted, short, words
from obskit.model import GroupView, RuleView


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rule:
    """A rule where it stands; `file` and `group` are the same for what is the same on both sides."""

    rule: RuleView
    file: Any
    group: Any
    in_group: str
    in_file: str

    @property
    def labels(self) -> str:
        return words(self.rule.json.get("labels"))


def rule_files(
    before: Sequence[RulesForm], after: Sequence[RulesForm], same_link: SameLink, titles: Mapping[Place, str], named: bool = False
) -> Iterator[Thing]:
    """What became of each rule file, in the order of the second side, then of what is gone.

    With `named`, one file of each side are two states of one; else a file is known by its path, its name or its rules.
    """
    both, gone, come = paired(before, after, [lambda form: form.path, lambda form: form.file.name], [_rules])
    if named and len(before) == len(after) == 1:
        both, gone, come = [(0, 0)], [], []
    groups = {(one, two): _groups(before[one], after[two]) for one, two in both}
    left, right = _placed(before, after, both, groups)
    rules = paired(left, right, _EXACT, _SINGLE)
    parts: dict[int, list[Part]] = {}
    moved_away = set()
    for one, two in rules.both:
        old, new = left[one], right[two]
        edits = (*_moved(old, new), *rule_edits(old.rule, new.rule, same_link, titles))
        moved_away |= {id(old.rule)} if old.file != new.file else set()
        if edits or old.rule.name != new.rule.name:
            renamed = old.rule.name if old.rule.name != new.rule.name else None
            parts.setdefault(two, []).append(
                Part(kind=new.rule.kind, name=new.rule.name, state="changed", renamed=renamed, place=new.in_group, edits=edits)
            )
    for two in rules.come:
        new = right[two]
        parts[two] = [Part(kind=new.rule.kind, name=new.rule.name, state="added", place=new.in_group, edits=told(new.rule))]
    removed: dict[Any, list[Part]] = {}
    for one in rules.gone:
        old = left[one]
        removed.setdefault(old.file, []).append(Part(kind=old.rule.kind, name=old.rule.name, state="removed", place=old.in_group))
    by_file: dict[Any, list[Part]] = {}
    for two in sorted(parts):
        by_file.setdefault(right[two].file, []).extend(parts[two])
    for one, two in sorted(both, key=lambda pair: pair[1]):
        thing = _changed(before[one], after[two], groups[one, two], [*by_file.get((one, two), ()), *removed.get((one, two), ())])
        if thing is not None:
            yield thing
    for two in come:
        yield _alone(after[two], "added", tuple(by_file.get((None, two), ())))
    for one in gone:
        yield _alone(before[one], "removed", tuple(removed.get((one, None), ())), frozenset(moved_away))


_EXACT = (
    lambda one: (one.file, one.group, one.rule.kind, one.rule.name, one.labels, one.rule.expr),
    lambda one: (one.file, one.group, one.rule.kind, one.rule.name, one.labels),
    lambda one: (one.file, one.group, one.rule.kind, one.rule.name),
    lambda one: (one.file, one.rule.kind, one.rule.name),
)
_SINGLE = (
    lambda one: (one.rule.kind, one.rule.name),
    lambda one: (one.file, one.rule.kind, one.rule.expr) if one.rule.expr else None,
)


def _groups(before: RulesForm, after: RulesForm) -> Any:
    names = (lambda group: group.name,)
    contents = (lambda group: tuple(rule.name for rule in group.rules) or None,)
    return paired(before.file.groups, after.file.groups, names, contents)


def _rules(form: RulesForm) -> Any:
    return tuple((rule.kind, rule.name) for _, rule in form.file.rules()) or None


def _placed(
    before: Sequence[RulesForm], after: Sequence[RulesForm], both: Sequence[tuple[int, int]], groups: Mapping[tuple[int, int], Any]
) -> tuple[list[_Rule], list[_Rule]]:
    """Every rule of both sides, in files and groups that are called alike."""
    found: tuple[list[_Rule], list[_Rule]] = ([], [])
    for side, forms in enumerate((before, after)):
        of = {pair[side]: pair for pair in both}
        for index, form in enumerate(forms):
            pair = of.get(index)
            known = {group[side]: group for group in groups[pair].both} if pair is not None else {}
            file = pair if pair is not None else (index, None) if side == 0 else (None, index)
            for number, group in enumerate(form.file.groups):
                called = known.get(number, (side, number, "alone"))
                for rule in group.rules:
                    found[side].append(_Rule(rule=rule, file=file, group=called, in_group=group.name, in_file=form.path))
    return found


def _moved(before: _Rule, after: _Rule) -> Iterator[Edit]:
    if before.file != after.file:
        yield Edit(what=f"moved here from {before.in_file}")
    elif before.group != after.group:
        yield Edit(what=f"moved to group {quoted(after.in_group)}")


def _changed(before: RulesForm, after: RulesForm, groups: Any, parts: list[Part]) -> Thing | None:
    edits = [edit(path, left, right) for path, left, right in leaves(before.rest, after.rest)]
    own = list(_group_parts(before.file.groups, after.file.groups, groups))
    if before.path != after.path:
        edits.insert(0, Edit(what="file", before=plain(before.path), after=plain(after.path)))
    if not edits and not own and not parts:
        return None
    return Thing(kind="rules", name=after.path, key=after.file.name, state="changed", edits=tuple(edits), parts=(*own, *parts))


def _group_parts(before: Sequence[GroupView], after: Sequence[GroupView], groups: Any) -> Iterator[Part]:
    for one, two in groups.both:
        old, new = before[one], after[two]
        edits = [*group_fields(old.json, new.json), *_order(old, new)]
        if edits or old.name != new.name:
            renamed = old.name if old.name != new.name else None
            yield Part(kind="group", name=new.name, state="changed", renamed=renamed, edits=tuple(edits))
    for two in groups.come:
        edits = list(group_fields({}, after[two].json))
        yield Part(kind="group", name=after[two].name, state="added", edits=tuple(edits))
    yield from (Part(kind="group", name=before[one].name, state="removed") for one in groups.gone)
    if len(in_order(groups.both)) != len(groups.both):
        names = [short(", ".join(plain(group.name) for group in side)) for side in (before, after)]
        yield Part(kind="groups", name="", state="changed", edits=(Edit(what="order", before=names[0], after=names[1]),))


def _order(before: GroupView, after: GroupView) -> Iterator[Edit]:
    """Rules are evaluated in their order."""
    both = paired(before.rules, after.rules, [lambda rule: (rule.kind, rule.name)]).both
    if len(in_order(both)) != len(both):
        names = [short(", ".join(plain(rule.name) for rule in group.rules)) for group in (before, after)]
        yield Edit(what="order of rules", before=names[0], after=names[1])


def _alone(form: RulesForm, state: Any, parts: tuple[Part, ...], moved: frozenset[int] = frozenset()) -> Thing:
    held = [rule for _, rule in form.file.rules() if id(rule) not in moved]
    counts = Counter(rule.kind for rule in held)
    size = tuple((kind, counts[kind]) for kind in ("alert", "record") if counts[kind])
    return Thing(kind="rules", name=form.path, key=form.file.name, state=state, parts=parts, size=size)
