"""The labels between two braces, and what is wrong with them where they cannot be read."""

from __future__ import annotations

import re

from obskit.exposition.model import Format, Labels
from obskit.exposition.notes import MalformedError

BLANK = re.compile(r"[ \t]*+")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*+")
_LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*+)[ \t]*+=[ \t]*+"((?:[^"\\]++|\\.)*+)"[ \t]*+')
_WORD = re.compile(r'[^ \t=,"}]*+')
_ESCAPE = re.compile(r"\\(.?)")
_MEANING = {"\\": "\\", "n": "\n", '"': '"'}
_QUOTE_HINT = r'inside a value a quote is written \", a line feed \n, a backslash \\'


def labels(line: str, at: int, form: Format) -> tuple[Labels, int]:
    """The labels from behind the opening brace, and where the closing one ends. Raises MalformedError."""
    found: list[tuple[str, str]] = []
    names: set[str] = set()
    at = _past_blanks(line, at)
    while line[at : at + 1] != "}":
        match = _LABEL.match(line, at)
        if match is None:
            raise _unreadable(line, at)
        name, raw = match.groups()
        if name in names or name == "__name__":
            what = f'label "{name}" is given twice' if name in names else 'the label "__name__" is the metric\'s name itself'
            raise MalformedError("label", what, match.span(1))
        names.add(name)
        found.append((name, unescaped(raw, match.start(2), form) if "\\" in raw else raw))
        at = match.end()
        if line[at : at + 1] == ",":
            at = _past_blanks(line, at + 1)
        elif line[at : at + 1] != "}":
            raise _unfinished(line, at, name, match.end(2))
    return tuple(found), at + 1


def unescaped(raw: str, at: int, form: Format, *, quotes: bool = True) -> str:
    """The text that `raw` stands for; it begins at `at` in its line. Raises MalformedError on an escape that means nothing.

    OpenMetrics lets a backslash stand for itself before anything else; the text format has `\\"` in label values only.
    """

    def meaning(match: re.Match[str]) -> str:
        known = _MEANING.get(match[1]) if quotes or match[1] != '"' else None
        if known is None and (form == "text" or not match[1]):
            span = (at + match.start(), at + match.end())
            raise MalformedError("escape", f'"{match[0]}" is no escape', span, r"a backslash is written \\")
        return match[0] if known is None else known

    return _ESCAPE.sub(meaning, raw)


def _past_blanks(line: str, at: int) -> int:
    match = BLANK.match(line, at)
    return match.end() if match else at


def _unreadable(line: str, at: int) -> MalformedError:
    """Why no label begins at `at`."""
    name = _NAME.match(line, at)
    if at >= len(line):
        return MalformedError("label", 'the labels are not closed by "}"', (at, at))
    if name is None:
        if line[at] == '"':
            hint = "ask the exporter for names that need no quotes: Accept: text/plain; version=0.0.4; escaping=underscores"
            return MalformedError("label", "a quoted name is neither text format 0.0.4 nor OpenMetrics 1.0", (at, len(line)), hint)
        end = _end(line, at)
        return MalformedError("label", f'"{_cut(line[at:end])}" is not a label name', (at, end), "letters, digits and _, not a digit first")
    equals = _past_blanks(line, name.end())
    if line[equals : equals + 1] != "=":
        return MalformedError("label", f'label "{_cut(name[0])}" is not followed by "="', (equals, max(_end(line, equals), equals + 1)))
    quote = _past_blanks(line, equals + 1)
    if line[quote : quote + 1] != '"':
        end = _end(line, quote)
        what = f'the value of label "{_cut(name[0])}" is not in double quotes'
        return MalformedError("label", what, (quote, end), f'write {_cut(name[0])}="{_cut(line[quote:end])}"')
    message = f'the value of label "{_cut(name[0])}" is not closed on its line'
    return MalformedError("escape", message, (quote, len(line)), _QUOTE_HINT)


def _unfinished(line: str, at: int, name: str, quote: int) -> MalformedError:
    if at >= len(line):
        return MalformedError("label", 'the labels are not closed by "}"', (at, at))
    message = f'the value of label "{_cut(name)}" ends at a quote, but more follows'
    return MalformedError("escape", message, (quote, _end(line, at)), _QUOTE_HINT)


def _end(line: str, at: int) -> int:
    """Where the word at `at` ends, one character on at least."""
    match = _WORD.match(line, at)
    return min(max(match.end() if match else at, at + 1), len(line))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
