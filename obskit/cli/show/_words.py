"""What every way to show an outcome says alike: what is wrong with a file, and the closing line."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from obskit.change import Change
from obskit.counted import counted
from obskit.finding import MEANINGS, SEVERITIES, Finding
from obskit.origin import Origin
from obskit.workflow.outcome import Outcome

if TYPE_CHECKING:
    from obskit.lint import Page

_STATES = {"changed": "stale", "added": "missing", "removed": "foreign"}
_KINDS = {"changed": "", "added": "new ", "removed": "removed "}
_FEW = 3
_WIDTH = 116
_LONGEST = 400
_SHORT = 25
"""A line of a query with fewer characters does not tell on its own where it stands."""


def closing(outcome: Outcome) -> str:
    """One line: what was looked at, and what came of it; in a watch also why, and how long it took."""
    said = _summary(outcome)
    if outcome.seconds is None:
        return said
    because = f"{_few(outcome.causes)}: " if outcome.causes else ""
    mended = "mended, " if outcome.mended else ""
    paths = [f"{_KINDS[change.kind]}{change.path}" for change in outcome.differing] if not outcome.failed else []
    built = f": {_few(paths)}" if paths else ""
    return printable(f"{because}{mended}{said}{built} ({outcome.seconds:.2f} s)")


def _summary(outcome: Outcome) -> str:
    """What could be better is for `lint` and its like to say."""
    counts = Counter(finding.severity for finding in outcome.findings if outcome.about or finding.severity != "info")
    said = ", ".join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    kept = f"{outcome.known} in the baseline" if outcome.known else ""
    if outcome.about:
        rest = "; ".join(part for part in (said, kept) if part)
        return outcome.about + (f": {rest}" if rest else "")
    differing = len(outcome.differing)
    if outcome.failed and not outcome.changes:
        return f"{said} in {counted(outcome.modules, 'module')}; nothing was written"
    made = sum(change.kind != "removed" for change in outcome.changes)
    total = counted(made, "file")
    if outcome.failed:
        return f"{total}, {differing} out of date: {_mend(outcome)}" + (f" ({said})" if said else "")
    removed = [change.path for change in outcome.changes if change.kind == "removed"] if outcome.seconds is None else []
    gone = f": removed {_few(removed)}" if removed else ""
    nothing = "" if made or outcome.settings is None else f"; no dashboard or rule in {_folders(outcome)}"
    return f"{total}, {differing} changed{gone}{nothing}" + (f"; {said}" if said else "")


def _folders(outcome: Outcome) -> str:
    folders = outcome.settings.folders if outcome.settings is not None else ()
    return f"{counted(outcome.modules, 'module')} of {' and '.join(folders) or 'no folder'}"


def _mend(outcome: Outcome) -> str:
    return f"run obskit {outcome.call} and commit the result"


def difference(change: Change) -> tuple[str, str]:
    """What is wrong with a file that differs, in one word, and which module makes it."""
    made = "no module makes it: a build deletes it" if change.kind == "removed" else "made by " + ", ".join(change.sources)
    return _STATES[change.kind], made


def stranger(path: str, out: str) -> Finding:
    """The finding for a file in a format's folder that is not the format's."""
    message = "not a file of obskit's, in a folder that it owns; left alone"
    return Finding(id="stranger", severity="warning", message=message, origin=Origin(f"{out}/{path}"))


def everything(outcome: Outcome) -> Iterator[Finding]:
    """The findings, and as findings too what a check found of the output: files that differ, and strangers."""
    yield from outcome.findings
    if outcome.failed and not outcome.written:
        hint = _mend(outcome)
        for change in outcome.differing:
            word, why = difference(change)
            message = f"{word} file ({why})"
            yield Finding(id="stale", severity="error", message=message, origin=Origin(f"{outcome.out}/{change.path}"), hint=hint)
    for path in outcome.strangers:
        yield stranger(path, outcome.out)


def page_lines(page: Page) -> Iterator[str]:
    """A page, line by line."""
    yield from (f"{page.id}: {page.first}", "")
    if page.prose:
        yield from (*page.prose.splitlines(), "")
    for title, blocks in (("Settings", page.settings), ("Bad", page.bad), ("Good", page.good)):
        for block in blocks:
            yield from (f"{title}:", *(f"    {line}".rstrip() for line in block.splitlines()), "")
    yield from level_lines(page)


def level_lines(page: Page) -> Iterator[str]:
    """The level that the findings of a page have here, and how to change or waive them."""
    usual = "" if page.level == page.usual else f"; without settings: {page.usual}"
    yield f"Level here: {page.level or 'off'}" + (f" ({MEANINGS[page.level]})" if page.level else "") + usual
    yield from _silence(page)


def excerpt(query: str, span: tuple[int, int] | None) -> tuple[str, ...]:
    """The line of the query that the span begins in, cut to the screen; with a span, a second line marks it with carets."""
    start, end = span if span is not None else (0, 0)
    first = query.rfind("\n", 0, start) + 1
    last = query.find("\n", start)
    line = query[first : last if last >= 0 else len(query)]
    start, end = start - first, min(end - first, len(line))
    left = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[left : left + _WIDTH].replace("\t", " ")
    lead, tail = ("…" if left else ""), ("…" if left + _WIDTH < len(line) else "")
    said = f"{lead}{printable(shown)}{tail}"
    if span is None:
        return (said,)
    return said, " " * _columns(lead + shown[: start - left]) + "^" * max(1, _columns(shown[start - left : end - left]))


def around(query: str, span: tuple[int, int] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The line above and the line below that in which the span begins, where that is a short one; each cut to the screen."""
    if span is None:
        return (), ()
    lines = query.split("\n")
    at = query.count("\n", 0, span[0])
    if len(lines[at].strip()) >= _SHORT:
        return (), ()
    above, below = (tuple(_cut(line) for line in part if line.strip()) for part in (lines[max(0, at - 1) : at], lines[at + 1 : at + 2]))
    return above, below


def inside(finding: Finding) -> str:
    """Where in the declaration, and from where the author's function was called; empty when that is said already."""
    origin = finding.origin
    if origin is None:
        return ""
    where = f"in {origin.where}" if origin.where and origin.where not in finding.message else ""
    caller = f"called from {origin.caller}" if origin.caller else ""
    return ", ".join(part for part in (where, caller) if part)


def one_line(text: str) -> str:
    """The text without line breaks, and not endless."""
    line = " ".join(text.split())
    return printable(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")


def printable(text: str) -> str:
    """Control characters, which a terminal would obey, made visible."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _few(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")


def _cut(line: str) -> str:
    return printable(line[:_WIDTH].replace("\t", " ").rstrip()) + ("…" if len(line) > _WIDTH else "")


def _columns(text: str) -> int:
    """How many columns a terminal gives the text."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text if not unicodedata.combining(character))


def _silence(page: Page) -> Iterator[str]:
    if page.settable:
        yield f'Change it for the project: [tool.obskit.lint] levels = {{ {page.id} = "off" }}'
    if not page.waivable:
        yield "It cannot be waived: waivers are for lint checks only."
        return
    yield f'Waive it once: waive=(Waive("{page.id}", "why", until="2027-06-30"),) on the declaration,'
    yield f"    or # obskit: ignore[{page.id}, until=2027-06-30] why, on a line of its call or the line above; until is optional."
