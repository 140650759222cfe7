"""The tokens of Go templates, as text/template reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = r"[ \t\r\n]"
_OPEN = re.compile(rf"\{{\{{(?:-{_SPACE})?(?P<comment>/\*)?")
_CLOSE = re.compile(rf"(?:{_SPACE}-)?\}}\}}")
_TOKEN = re.compile(
    rf"""(?P<space>(?:{_SPACE}(?!-\}}\}}))+)
    |(?P<string>"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`)
    |(?P<character>'(?:\\[^\n]|[^'\\\n])*')
    |(?P<mark>:=|[=|(),])
    |(?P<variable>\$\w*)
    |(?P<number>[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d(?:_?\d)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)i?)
    |(?P<field>\.[^\W\d]\w*)
    |(?P<dot>\.)
    |(?P<word>[^\W\d]\w*)""",
    re.VERBOSE,
)
_ESCAPE = r"""\\(?:[abfnrtv\\%s]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-3][0-7]{2})"""
_STRING = re.compile(rf'"(?:{_ESCAPE % chr(34)}|[^"\\])*"|`[^`]*`')
_CHARACTER = re.compile(rf"'(?:{_ESCAPE % chr(39)}|[^'\\])'")
_CLOSE_HINT = 'close with "}}"'
_ENDS_WORD = re.compile(rf"{_SPACE}|[.,|:()]|\}}\}}")


class Fault(NamedTuple):
    """Why a template does not parse; `span` is the part meant. A function newer than `since` is no fault of the language."""

    message: str
    span: tuple[int, int]
    hint: str = ""
    since: str = ""


class Token(NamedTuple):
    """A word or sign; `kind` is the name of the pattern's group, or "end" for the closing braces."""

    kind: str
    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.start + len(self.text))


class FaultyError(Exception):
    """The text is no template."""

    def __init__(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        self.fault = Fault(message, span, hint)


def actions(text: str) -> Iterator[list[Token]]:
    """The tokens of each `{{…}}`, the last one of kind "end"."""
    at = 0
    while match := _OPEN.search(text, at):
        at = match.end()
        if match["comment"]:
            at = _comment_end(text, match.start(), at)
            continue
        action: list[Token] = []
        while not (close := _CLOSE.match(text, at)):
            action.append(_token(text, at, match.start()))
            at += len(action[-1].text)
        yield [*action, Token("end", close[0], at)]
        at = close.end()


def _comment_end(text: str, start: int, at: int) -> int:
    end = text.find("*/", at)
    close = _CLOSE.match(text, end + 2) if end >= 0 else None
    if close is None:
        raise FaultyError("a template comment is not closed", (start, at), 'a comment ends in "*/}}"')
    return close.end()


def _token(text: str, at: int, start: int) -> Token:
    match = _TOKEN.match(text, at)
    if match is None:
        if at >= len(text):
            raise FaultyError('"{{" is never closed', (start, start + 2), 'add "}}"')
        if text[at] in "\"'`":
            raise FaultyError("a string in the template is never closed", (at, at + 1), f"add {text[at]} at its end")
        hint = "operators are functions: gt $value 1" if text[at] in "<>=!&+-*/%" else _CLOSE_HINT if text[at] == "}" else ""
        raise FaultyError(f'"{text[at]}" has no meaning in a template', (at, at + 1), hint)
    token = Token(match.lastgroup or "", match[0], at)
    if token.kind in ("word", "field", "variable", "number") and match.end() < len(text) and not _ENDS_WORD.match(text, match.end()):
        hint = _CLOSE_HINT if text[match.end()] == "}" else ""
        raise FaultyError(f'"{text[match.end()]}" after "{token.text}" has no meaning in a template', (match.end(), match.end() + 1), hint)
    if token.kind == "string" and not _STRING.fullmatch(token.text):
        raise FaultyError("a string in the template has an unknown escape", token.span, "put it in backquotes, or write \\\\ for \\")
    if token.kind == "character" and not _CHARACTER.fullmatch(token.text):
        raise FaultyError("single quotes hold one character", token.span, "put strings in double quotes or backquotes")
    return token
