"""A difference for a terminal or a log: a board or rule file a paragraph, a panel or rule a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from obskit.cli.show._words import printable
from obskit.cli.show.text import lines, say
from obskit.diff.words import block_heading, elsewhere, part_heading, phrases, renamed, summed, thing_heading, where

if TYPE_CHECKING:
    from obskit.diff import Difference, Edit, Part, Thing
    from obskit.workflow.diff import Diffed

WIDTH = 140
"""Columns up to which the edits of a panel or rule stand on one line."""
PARTLY = "what is told as removed may only not have been read or built"
"""Of a difference with findings."""


def show(diffed: Diffed, *, quiet: bool) -> None:
    """The difference on stdout, one closing line on stderr."""
    for finding in diffed.findings:
        for line in lines(finding):
            say(line)
    if diffed.findings and (diffed.difference or any(diffed.environments)):
        say(f"\nnot complete: {PARTLY}\n")
    for line in told(diffed):
        say(line)
    if not quiet or diffed.exit_code:
        click.echo(closing(diffed), err=True)


def told(diffed: Diffed) -> Iterator[str]:
    """The lines of the difference."""
    for number, paragraph in enumerate(_paragraphs(diffed)):
        if number:
            yield ""
        yield from paragraph


def sections(diffed: Diffed) -> Iterator[tuple[str, Difference]]:
    """The differences to tell, each with what stands before its things: nothing, or of which environment it is."""
    yield "", diffed.difference
    for one in diffed.environments:
        if one.state == "changed":
            yield f"{elsewhere(one)}: ", one.difference


def closing(diffed: Diffed) -> str:
    """`2 boards, 1 alert changed`; what is wrong in the sources keeps a difference from being complete."""
    said = summed(diffed.difference, diffed.environments)
    if diffed.complete:
        return said
    number = len(diffed.findings)
    found = "1 finding" if number == 1 else f"{number} findings"
    return f"{said}, as far as it can be told: {found}"


def _paragraphs(diffed: Diffed) -> Iterator[list[str]]:
    for place, difference in sections(diffed):
        if difference.renames:
            pairs = ((f"{place}{renamed(one)}", f"    in {where(one)}") for one in difference.renames)
            yield [printable(line) for pair in pairs for line in pair]
        for thing in difference.things:
            heading, *below = _thing(thing)
            yield [place + heading, *below]
    yield from ([elsewhere(one)] for one in diffed.environments if one.state != "changed")


def _thing(thing: Thing) -> Iterator[str]:
    yield printable(thing_heading(thing))
    yield from (f"    {line}" for line in _edits("", thing.edits))
    for part in thing.parts:
        yield from (f"    {line}" for line in _part(part))


def _part(part: Part) -> Iterator[str]:
    yield from _edits(printable(part_heading(part)), part.edits)


def _edits(heading: str, edits: tuple[Edit, ...]) -> Iterator[str]:
    said = phrases(edits, printable, printable)
    blocks = [edit for edit in edits if edit.block]
    joined = "; ".join(said)
    if heading and (not said or len(heading) + len(joined) + 2 <= WIDTH):
        yield f"{heading}: {joined}" if said else heading + (":" if blocks else "")
    elif heading:
        yield f"{heading}:"
        yield from (f"    {line}" for line in said)
    else:
        yield from said
    for edit in blocks:
        inner = "    " if heading else ""
        yield f"{inner}{printable(block_heading(edit))}:"
        for sign, text in (("-", edit.before), ("+", edit.after)):
            if text is not None:
                yield from (f"{inner}  {sign} {printable(line)}".rstrip() for line in text.split("\n"))
