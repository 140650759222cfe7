"""An edit in words: one phrase, or a heading with two texts that are shown in full."""

from __future__ import annotations

from collections.abc import Callable

from obskit.diff.changes import Difference, Edit, Elsewhere, Part, Renamed, Thing
from obskit.diff.texts import quoted

Said = Callable[[str], str]
"""How a way of showing writes what comes from a file."""


def phrase(edit: Edit, said: Said = str, value: Said = str) -> str:
    """`unit s → ms`, `refresh added: 30s`, `matcher code="500" removed`. `value` writes what was and what is."""
    what = said(edit.what)
    if edit.before is None and edit.after is None:
        return what
    if edit.before is None:
        return f"{what} added" + (f": {value(edit.after)}" if edit.after else "")
    if edit.after is None:
        return f"{what} removed" + (f" (was {value(edit.before)})" if edit.before else "")
    return f"{what} {value(edit.before)} → {value(edit.after)}"


def phrases(edits: tuple[Edit, ...], said: Said = str, value: Said = str) -> list[str]:
    """The phrases of edits that are no blocks; those of one query as one: `query A: window 5m → 1m, threshold 1 → 2`."""
    found: list[str] = []
    by_query: dict[str, list[str]] = {}
    for edit in edits:
        if edit.block:
            continue
        if not edit.within:
            found.append(phrase(edit, said, value))
        elif edit.within in by_query:
            by_query[edit.within].append(phrase(edit, said, value))
        else:
            by_query[edit.within] = [phrase(edit, said, value)]
            found.append(edit.within)
    return [f"{said(text)}: {', '.join(by_query[text])}" if text in by_query else text for text in found]


def block_heading(edit: Edit) -> str:
    """What stands above the texts of a block: `query A`."""
    if edit.within and edit.what == "query":
        return edit.within
    return f"{edit.within}: {edit.what}" if edit.within else edit.what


def part_heading(part: Part, said: Said = str) -> str:
    """`panel "P95 latency"`, `alert "A" renamed to "B"`, `row "X" added`."""
    name = f" {quoted(part.name)}" if part.name or part.renamed is not None else ""
    text = f"{part.kind}{name}" if part.renamed is None else f"{part.kind} {quoted(part.renamed)} renamed to {quoted(part.name)}"
    where = ""
    if part.place and part.state != "changed":
        holder = "group" if part.kind in ("alert", "record") else "row"
        where = f" {'from' if part.state == 'removed' else 'in'} {holder} {quoted(part.place)}"
    also = f" ({in_too(part.also)})" if part.also else ""
    return said(text + (f" {part.state}" if part.state != "changed" else "") + where + also)


def thing_heading(thing: Thing, said: Said = str) -> str:
    """`board "Shop" (shop-operations, folder shop, team-shop)`, `rules shop.yaml added (team-shop): 2 alerts`."""
    if thing.kind == "board":
        was = f"board {quoted(thing.renamed)} renamed to" if thing.renamed is not None else "board"
        text = f"{was} {quoted(thing.name)}"
        about = [thing.key, *([f"folder {thing.folder}"] if thing.folder else []), *thing.owners]
    else:
        text, about = f"{thing.kind} {thing.name}", list(thing.owners)
    about += [in_too(thing.also)] if thing.also else []
    state = f" {thing.state}" if thing.state != "changed" else ""
    size = ", ".join(count(number, kind) for kind, number in thing.size)
    return said(text + state + (f" ({', '.join(about)})" if about else "") + (f": {size}" if size else ""))


def renamed(rename: Renamed, said: Said = str) -> str:
    """`signal shop_requests_total: label "code" renamed to "status_code": 7 panels, 2 alerts`."""
    word = "renamed to" if rename.sure else "replaced by"
    named = {"metric": "metric", "label": "label", "attribute": "span attribute"}[rename.kind]
    of = ""
    if rename.kind == "label" and rename.signals:
        few = ", ".join(rename.signals[:_FEW])
        more = f" and {len(rename.signals) - _FEW} more" if len(rename.signals) > _FEW else ""
        of = f"signal{'s' if len(rename.signals) > 1 else ''} {few}{more}: "
    touched = ", ".join(count(number, kind) for kind, number in rename.touched)
    return said(f"{of}{named} {quoted(rename.before)} {word} {quoted(rename.after)}: {touched}")


def where(rename: Renamed) -> str:
    """The boards and files that a rename touches: `in Shop, Orders and 3 more`."""
    few = ", ".join(rename.where[:_MANY])
    more = f" and {len(rename.where) - _MANY} more" if len(rename.where) > _MANY else ""
    return few + more + (f"; {in_too(rename.also)}" if rename.also else "")


def in_too(environments: tuple[str, ...]) -> str:
    """`also in prod, staging`."""
    return f"also in {', '.join(environments)}"


def elsewhere(one: Elsewhere) -> str:
    """`environment "prod"`, `environment "staging" added: 2 boards, 1 alert`."""
    said = ", ".join(count(number, kind) for kind, number in one.difference.counts)
    state = f" {one.state}" + (f": {said}" if said else "") if one.state != "changed" else ""
    return f"environment {quoted(one.name)}{state}"


def summed(portable: Difference, others: tuple[Elsewhere, ...]) -> str:
    """`1 alert changed; environment "prod": no difference`; where nothing differs, that alone."""
    said = [counted(portable.counts)]
    if portable or any(others):
        said += [elsewhere(one) + (f": {counted(one.difference.counts)}" if one.state == "changed" else "") for one in others]
    return "; ".join(said)


def counted(counts: tuple[tuple[str, int], ...]) -> str:
    """`2 boards, 1 alert changed`, or that there is none."""
    return ", ".join(count(number, kind) for kind, number in counts) + " changed" if counts else "no difference"


def count(number: int, thing: str, many: str = "") -> str:
    return f"{number} {thing if number == 1 else many or f'{thing}s'}"


_FEW = 3
_MANY = 6

