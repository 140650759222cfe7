"""A whole text is read: line by line, then family by family."""

from __future__ import annotations

import re

from obskit.exposition.checking import check
from obskit.exposition.describing import described
from obskit.exposition.grouping import Grouping
from obskit.exposition.model import Exposition, Fault, Format
from obskit.exposition.notes import MalformedError, Mistake, Notes
from obskit.exposition.sampling import sample

LARGEST = 100_000_000
"""Characters of a text beyond which it is not read."""

_EOF = "# EOF"
_OPENMETRICS = re.compile(r"^# (?:EOF$|UNIT [a-zA-Z_:])", re.MULTILINE)
_RETURN = Mistake("line-end", "the line ends in a carriage return", hint="lines end in a line feed alone")


def format_of(content_type: str) -> Format | None:
    """The format that an HTTP header `Content-Type` names, None where it names neither."""
    kind = content_type.partition(";")[0].strip().lower()
    formats: dict[str, Format] = {"application/openmetrics-text": "openmetrics", "text/plain": "text"}
    return formats.get(kind)


def read(text: str, form: Format | None = None) -> Exposition:
    """Reads a metrics text; whatever is wrong with it is among the faults, nothing is raised.

    Without a `form` it is OpenMetrics if a line is `# EOF` or begins with `# UNIT`, else the text format 0.0.4. Takes time in
    proportion to the text; one above `LARGEST` is refused, as one fault.
    """
    known: Format = form or ("openmetrics" if len(text) <= LARGEST and _OPENMETRICS.search(text) else "text")
    refused = _refused(text)
    if refused is not None:
        return Exposition(format=known, faults=(refused,))
    lines = text.split("\n")
    notes = Notes(lines)
    grouping = Grouping(known, notes)
    for index, line in enumerate(_body(lines, notes, known), 1):
        _line(line, index, grouping, notes)
    families = tuple(family.done(known) for family in grouping.families.values())
    check(families, notes)
    return Exposition(format=known, families=families, faults=notes.faults())


def _refused(text: str) -> Fault | None:
    """Why the text is not read at all."""
    if len(text) > LARGEST:
        message = f"the text has {len(text)} characters, more than the {LARGEST} that are read"
        return Fault(kind="size", message=message, line=0)
    if text[:2000].lstrip().startswith("<"):
        return Fault(kind="html", message="this is a web page, not a metrics text", line=1, hint="is the path right, usually /metrics?")
    return None


def _body(lines: list[str], notes: Notes, form: Format) -> list[str]:
    """The lines to read, once how the text begins and ends is noted."""
    if lines[0].startswith("\ufeff"):
        notes.add(1, Mistake("line-end", "the text begins with a byte order mark", (0, 1), "write UTF-8 without one"))
        lines[0] = lines[0][1:]
    ended = not lines[-1]
    last = len(lines) - ended
    if form == "text":
        if not ended:
            notes.add(last, Mistake("line-end", "the last line is not ended", hint="Prometheus's tools refuse it; end it with a line feed"))
        return lines[:last]
    end = next((index for index, line in enumerate(lines) if line.removesuffix("\r") == _EOF), None)
    if end is None:
        hint = "without it nobody can tell that the text is complete"
        notes.add(max(last, 1), Mistake("eof", 'the text does not end in "# EOF"', hint=hint))
        return lines[:last]
    if end + 1 < last:
        notes.add(end + 2, Mistake("eof", 'text follows the line "# EOF"', hint="nothing comes after it"))
    return lines[:end]


def _line(line: str, index: int, grouping: Grouping, notes: Notes) -> None:
    if line.endswith("\r"):
        notes.add(index, _RETURN, "return")
        line = line[:-1]
    bare = line.lstrip(" \t")
    if not bare:
        if grouping.format == "openmetrics":
            notes.add(index, Mistake("blank", "OpenMetrics has no empty lines"), "empty")
        return
    try:
        if bare[0] == "#":
            told = described(line, grouping.format)
            if told is not None:
                grouping.describe(index, told)
        else:
            grouping.take(sample(line, index, grouping.format))
    except MalformedError as error:
        notes.add(index, error.mistake)
