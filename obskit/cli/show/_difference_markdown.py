"""A difference for a pull request: GitHub's markdown, a summary on top, long parts folded.

Nothing that comes from a file can break out: names have their punctuation as character references, values stand in code
spans, queries in fences longer than any in them, and what stands in HTML is escaped as HTML.
"""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from obskit.cli.show._difference_text import PARTLY, closing, sections
from obskit.cli.show._words import printable
from obskit.diff.words import block_heading, count, part_heading, phrases, renamed, summed, thing_heading, where

if TYPE_CHECKING:
    from obskit.diff import Edit, Thing
    from obskit.workflow.diff import Diffed

_RESERVED = 400
"""Bytes for the words that say what was cut."""
LONG = 12
"""Lines of one board or rule file, beyond which it is folded."""
_TICKS = re.compile(r"`+")
_PLAIN = re.compile(r"[^\w\s]|_")
_HARMLESS = frozenset("\"'(),;/%?")
"""Punctuation that means nothing where the signs before it are references."""
_POINTING = frozenset("@#")
"""What GitHub makes links of after the markdown is read, so that a reference does not help: a space of no width does."""


def show(diffed: Diffed, *, quiet: bool, at_most: int = 0) -> None:
    """The difference on stdout, in `at_most` bytes (0: in full), one closing line on stderr."""
    click.echo("\n".join(document(diffed, at_most)), color=False)
    if not quiet or diffed.exit_code:
        click.echo(closing(diffed), err=True)


def document(diffed: Diffed, at_most: int = 0) -> Iterator[str]:
    """The lines of the document; of one that has more than `at_most` bytes as UTF-8, those that have room, and what is left out.

    What is cut is cut between boards and files, never inside of one: of what has no room only the heading is told, or its number.
    """
    parts = [("\n".join(_summary(diffed)), "")]
    for place, difference in sections(diffed):
        for thing in difference.things:
            heading = f"- {text(place + thing_heading(thing))}: left out here, too long"
            parts.append(("\n".join(("", *_thing(thing, place))), heading))
    if not at_most or sum(_size(part) for part, _ in parts) <= at_most:
        fitting: Iterator[str] = (part for part, _ in parts)
    else:
        fitting = _cut(diffed, parts, at_most)
    yield from (line for part in fitting for line in part.split("\n"))


def _cut(diffed: Diffed, parts: list[tuple[str, str]], at_most: int) -> Iterator[str]:
    room = at_most - _RESERVED - len(" ".join(diffed.sides).encode(errors="replace"))
    left_out = headed = 0
    for part, heading in parts:
        if _size(part) <= room:
            room -= _size(part)
            yield part
        elif not heading:  # the summary is longer than all may be: as many of its lines as have room
            for line in part.split("\n"):
                if _size(line) > room:
                    break
                room -= _size(line)
                yield line
        elif _size(heading) + 1 <= room:
            room -= _size(heading) + 1
            headed += 1
            yield f"\n{heading}"
        else:
            left_out += 1
    yield ""
    said = [f"of {count(headed, 'board or file', 'boards or files')} only the heading" if headed else ""]
    said += [f"{count(left_out, 'board or file', 'boards or files')} not at all" if left_out else ""]
    what = f": {', '.join(filter(None, said))}" if any(said) else ""
    call = " ".join((f"obskit diff{_asked(' --env ', diffed)}", *map(shlex.quote, diffed.sides)))
    yield f"**Cut to {at_most} bytes**{what}. {code(call)} tells all."


def _size(part: str) -> int:
    return len(part.encode(errors="replace")) + 1


def _summary(diffed: Diffed) -> Iterator[str]:
    summary = summed(diffed.difference, diffed.environments)
    yield f"**{text(summary[:1].upper() + summary[1:])}** against {code(diffed.against)}{_asked(' in environment ', diffed)}"
    if not diffed.complete:
        yield ""
        number = len(diffed.findings)
        told = "1 finding" if number == 1 else f"{number} findings"
        yield f"> **Not complete:** {told}; {PARTLY}."
        yield ">"
        for finding in diffed.findings:
            place = f"{code(str(finding.origin))}: " if finding.origin else ""
            yield f"> - {place}{finding.severity}: {code(finding.message)}"
    renames = [(place, rename) for place, difference in sections(diffed) for rename in difference.renames]
    if renames:
        yield ""
    for place, rename in renames:
        yield f"- {text(place + renamed(rename))} (in {text(where(rename))})"


def _asked(words: str, diffed: Diffed) -> str:
    return words + diffed.environment if diffed.environment else ""


def text(given: str) -> str:
    """Text as it reads, whatever is in it."""
    return _PLAIN.sub(_reference, " ".join(printable(" ".join(given.split())).split()))


def code(given: str) -> str:
    """Text in a code span: in a fence longer than any run of backticks in it."""
    line = printable(" ".join(given.split()))
    if not line:
        return '`""`'
    fence = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def _reference(found: re.Match[str]) -> str:
    sign = found[0]
    if not sign.isascii() or sign in _HARMLESS:
        return sign
    return f"&#{ord(sign)};" + ("\u200b" if sign in _POINTING else "")


def _thing(thing: Thing, place: str) -> Iterator[str]:
    heading = place + thing_heading(thing)
    body = list(_body(thing))
    if len(body) > LONG:
        yield f"<details><summary><code>{html.escape(printable(' '.join(heading.split())))}</code></summary>"
        yield ""
        yield from body
        yield ""
        yield "</details>"
    else:
        yield f"**{text(heading)}**"
        if body:
            yield ""
            yield from body


def _body(thing: Thing) -> Iterator[str]:
    yield from (f"- {said}" for said in phrases(thing.edits, text, code))
    for edit in thing.edits:
        if edit.block:
            yield from _block(edit, "")
    for part in thing.parts:
        said = phrases(part.edits, text, code)
        yield f"- {text(part_heading(part))}" + (f": {'; '.join(said)}" if said else "")
        for edit in part.edits:
            if edit.block:
                yield from _block(edit, "  ")


def _block(edit: Edit, indent: str) -> Iterator[str]:
    """Both texts in full, as a fenced block in a list."""
    texts = [(sign, whole) for sign, whole in (("-", edit.before), ("+", edit.after)) if whole is not None]
    runs = [len(run) for _, whole in texts for run in _TICKS.findall(whole)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    yield f"{indent}- {text(block_heading(edit))}:"
    yield ""
    yield f"{indent}  {fence}diff"
    for sign, whole in texts:
        yield from (f"{indent}  {sign} {printable(line)}" for line in whole.split("\n"))
    yield f"{indent}  {fence}"
    yield ""
