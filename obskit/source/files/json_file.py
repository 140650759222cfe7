"""JSON as a document: refused with a line where it is wrong, with the lines of its parts where it is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from obskit.artifact import Place
from obskit.finding import Finding
from obskit.source.files.document import Document, Lines, depth_of, syntax, unreadable

DEEPEST = 100
"""Levels of nesting, beyond which nobody can have written it; Grafana's own files have about twenty."""

_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?|[\[\]{},]', re.DOTALL)
_BLANK = re.compile(r"\s*")
_ERROR = re.compile(r"(?P<what>.*?): line (?P<line>\d+) column \d+ \(char (?P<at>\d+)\)", re.DOTALL)
_FLOATS = re.compile(r"-?\b(?:NaN|Infinity)\b")
_MANY = 20
"""Findings about repeated keys, beyond which the rest is counted."""


def read_json(raw: bytes, name: str) -> Document:
    """The document that `raw` is. What is wrong with it is in its findings; nothing is raised."""
    import orjson  # only what reads JSON pays for it

    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        data = orjson.loads(raw)
        text = raw.decode()
    except ValueError as error:  # orjson's error and Unicode's are both
        return _refused(raw, name, str(error))
    if depth_of(data, DEEPEST) > DEEPEST:
        return unreadable(name, f"it is nested more than {DEEPEST} levels deep")
    positions = JsonPositions(text)
    return Document(name=name, data=data, positions=positions, findings=tuple(_repeated(positions, name)))


def _refused(raw: bytes, name: str, said: str) -> Document:
    if not raw.strip():
        return unreadable(name, "the file is empty", 1)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return unreadable(name, "it is not text in UTF-8", line, "save it as UTF-8")
    match = _ERROR.fullmatch(said)
    if match is None:
        return unreadable(name, f"it is not JSON: {said}")
    at, line = int(match["at"]), int(match["line"])
    if "depth" in match["what"]:
        return unreadable(name, f"it is nested more than {DEEPEST} levels deep", line)
    if _FLOATS.match(text, at) or _FLOATS.match(text, max(0, at - 1)):
        return unreadable(name, "it is not JSON: NaN and Infinity are no numbers in JSON", line, "write null, or leave the member out")
    return unreadable(name, f"it is not JSON: {match['what']}", line)


def _repeated(positions: JsonPositions, name: str) -> Iterator[Finding]:
    repeats = positions.repeats
    hint = "remove one: which of them counts depends on the reader"
    for key, offset in repeats[:_MANY]:
        message = f'the key "{key}" is there twice in one object; the last one counts'
        yield syntax(name, message, positions.lines.line(offset), hint, "warning")
    if len(repeats) > _MANY:
        yield syntax(name, f"{len(repeats) - _MANY} more keys are there twice", 0, hint, "warning")


class _Part:
    """An object or a list: where it, its members and its items begin."""

    __slots__ = ("at", "parts", "starts")

    def __init__(self, at: int) -> None:
        self.at = at
        self.parts: dict[str | int, _Part] = {}
        self.starts: dict[str | int, int] = {}


class JsonPositions:
    """The lines of the parts of a valid JSON text, found in one pass over it when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.lines = Lines(text)

    def line(self, place: Place) -> int:
        root, _ = self._scanned
        part, at = root, root.at
        for key in place:
            if key not in part.starts:
                break
            at = part.starts[key]
            if key not in part.parts:
                break
            part = part.parts[key]
        return self.lines.line(at)

    def text(self, place: Place) -> str | None:  # noqa: ARG002  # JSON's numbers are written as they are read
        return None

    @property
    def repeats(self) -> list[tuple[str, int]]:
        """The keys that an object has twice, and where they are for the second time."""
        return self._scanned[1]

    @cached_property
    def _scanned(self) -> tuple[_Part, list[tuple[str, int]]]:
        first = re.match(r"\s*", self._text)
        root = _Part(first.end() if first else 0)
        repeats: list[tuple[str, int]] = []
        stack: list[tuple[_Part, str | int]] = []
        part, key = root, "" if self._text[root.at : root.at + 1] == "{" else -1
        outside: _Part | None = root
        place: str | int = key
        for match in _TOKEN.finditer(self._text, root.at):
            at = match.start()
            sign = self._text[at]
            if sign == '"':
                if match[2] is not None:
                    place = _decoded(match[1])
                    if place in part.starts:
                        repeats.append((place, at))
                        part.parts.pop(place, None)
                    part.starts[place] = at
                elif isinstance(place, int):
                    part.starts.setdefault(place, at)
            elif sign in "{[":
                if outside is not None:
                    inner, outside = outside, None
                else:
                    inner = _Part(part.starts.setdefault(place, at))
                    part.parts[place] = inner
                stack.append((part, place))
                part, place = inner, "" if sign == "{" else 0
            elif sign in "}]":
                part, place = stack.pop()
            elif isinstance(place, int):
                place += 1
                part.starts[place] = _BLANK.match(self._text, at + 1).end()  # type: ignore[union-attr]  # it matches nothing too
        return root, repeats


def _decoded(raw: str) -> str:
    if "\\" not in raw:
        return raw
    import orjson

    decoded: Any = orjson.loads(f'"{raw}"')
    return str(decoded)
