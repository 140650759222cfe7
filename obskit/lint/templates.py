"""Reads the templates of alert annotations and labels as far as Prometheus does when it loads a rule file.

Language: Go's text/template, with the functions of Prometheus 3.14 (package `template`) and the variables that it defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from obskit.naming import did_you_mean

VARIABLES = ("$labels", "$externalLabels", "$externalURL", "$value", "$")
SINCE = {"toDuration": "3.6", "now": "3.6", "urlQueryEscape": "3.8", "toTime": "2.38", "stripDomain": "2.36", "stripPort": "2.33"}
"""The first Prometheus with a function, where it has not been there for long."""
FUNCTIONS = frozenset(SINCE) | frozenset(
    """query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel humanize
    humanize1024 humanizeDuration humanizePercentage humanizeTimestamp parseDuration pathPrefix externalURL and or not len index slice
    print printf println html js urlquery call eq ne lt le gt ge""".split()
)
DEEPEST = 100
"""Parentheses inside each other; deeper ones are not judged."""

_WORDS = frozenset("break continue block define else end if range template with".split())
_CONTROL = ("if", "with", "range")
_SPACE = r"[ \t\r\n]"
_OPEN = re.compile(rf"\{{\{{(?:-(?={_SPACE}))?(?:{_SPACE}?(?P<comment>/\*))?")
_CLOSE = re.compile(rf"(?:{_SPACE}-)?\}}\}}")
_TOKEN = re.compile(
    rf"""(?P<space>(?:{_SPACE}(?!-\}}\}}))+)
    |(?P<string>"(?:\\[^\n]|[^"\\\n])*"|`[^`]*`)
    |(?P<character>'(?:\\[^\n]|[^'\\\n])*')
    |(?P<mark>:=|[=|(),])
    |(?P<variable>\$\w*)
    |(?P<number>[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)i?)
    |(?P<field>\.[^\W\d]\w*)
    |(?P<dot>\.)
    |(?P<word>[^\W\d]\w*)""",
    re.VERBOSE,
)
_ESCAPE = r"""\\(?:[abfnrtv\\%s]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-3][0-7]{2})"""
_STRING = re.compile(rf'"(?:{_ESCAPE % chr(34)}|[^"\\])*"|`[^`]*`')
_CHARACTER = re.compile(rf"'(?:{_ESCAPE % chr(39)}|[^'\\])'")
_ENDS_WORD = re.compile(rf"{_SPACE}|[.,|:()]|\}}\}}")


class Fault(NamedTuple):
    """Why a template does not parse; `span` is the part meant. A function newer than `since` is no fault of the language."""

    message: str
    span: tuple[int, int]
    hint: str = ""
    since: str = ""


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.start + len(self.text))


class _FaultyError(Exception):
    def __init__(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        self.fault = Fault(message, span, hint)


class _TooDeepError(Exception):
    pass


def faults(text: str) -> tuple[Fault, ...]:
    """What keeps `text` from being a template: the first fault, else the functions that only newer versions have."""
    parser = _Parser()
    try:
        for action in _actions(text):
            parser.action(action)
        parser.finish()
    except _FaultyError as faulty:
        return (faulty.fault,)
    except _TooDeepError:
        return ()
    return tuple(
        Fault(f'function "{token.text}" needs Prometheus {SINCE[token.text]}', token.span, since=SINCE[token.text]) for token in parser.newer
    )


def _actions(text: str) -> Iterator[list[_Token]]:
    """The tokens of each `{{…}}`, the last one of kind "end"."""
    at = 0
    while match := _OPEN.search(text, at):
        at = match.end()
        if match["comment"] and not match[0][-3].isspace() or (match["comment"] and "-" in match[0]):
            at = _comment_end(text, match.start(), at)
            continue
        at = match.start("comment") if match["comment"] else at
        action: list[_Token] = []
        while not (close := _CLOSE.match(text, at)):
            action.append(_token(text, at, match.start()))
            at += len(action[-1].text)
        yield [*action, _Token("end", close[0], at)]
        at = close.end()


def _comment_end(text: str, start: int, at: int) -> int:
    end = text.find("*/", at)
    close = _CLOSE.match(text, end + 2) if end >= 0 else None
    if close is None:
        raise _FaultyError("a template comment is not closed", (start, at), 'a comment ends in "*/}}"')
    return close.end()


def _token(text: str, at: int, start: int) -> _Token:
    match = _TOKEN.match(text, at)
    if match is None:
        if at >= len(text):
            raise _FaultyError('"{{" is never closed', (start, start + 2), 'add "}}"')
        if text[at] in "\"'`":
            raise _FaultyError("a string in the template is never closed", (at, at + 1), f"add {text[at]} at its end")
        raise _FaultyError(f'"{text[at]}" has no meaning in a template', (at, at + 1))
    token = _Token(match.lastgroup or "", match[0], at)
    if token.kind in ("word", "field", "variable", "number") and match.end() < len(text) and not _ENDS_WORD.match(text, match.end()):
        raise _FaultyError(f'"{text[match.end()]}" after "{token.text}" has no meaning in a template', (match.end(), match.end() + 1))
    if token.kind == "string" and not _STRING.fullmatch(token.text):
        raise _FaultyError("a string in the template has an unknown escape", token.span, "put it in backquotes, or write \\\\ for \\")
    if token.kind == "character" and not _CHARACTER.fullmatch(token.text):
        raise _FaultyError("single quotes hold one character", token.span, "put strings in double quotes or backquotes")
    return token


class _Parser:
    """Follows the blocks of a template and parses each action's pipeline."""

    def __init__(self) -> None:
        self.known = list(VARIABLES)
        self.blocks: list[tuple[_Token, list[str], bool]] = []
        self.newer: list[_Token] = []
        self.tokens: list[_Token] = []

    def action(self, tokens: list[_Token]) -> None:
        self.tokens = tokens[::-1]
        first = self.peek()
        word = first.text if first.kind == "word" and first.text in _WORDS else ""
        if word:
            self.take()
        if word in _CONTROL:
            self.blocks.append((first, list(self.known), False))
            self.pipeline(word)
        elif word == "end":
            self.end(first)
        elif word == "else":
            self.otherwise(first)
        elif word in ("define", "block", "template"):
            self.named(first)
        elif word:
            if not any(block.text == "range" for block, _, _ in self.blocks):
                raise _FaultyError(f'"{word}" stands outside of a range', first.span)
        else:
            self.pipeline("action")
        if self.peek().kind != "end":
            raise _FaultyError(f'"{self.peek().text}" is unexpected here', self.peek().span)

    def finish(self) -> None:
        if self.blocks:
            block = self.blocks[-1][0]
            raise _FaultyError(f'"{block.text}" is never ended', block.span, "add {{ end }}")

    def end(self, token: _Token) -> None:
        if not self.blocks:
            raise _FaultyError('"end" ends nothing', token.span, "remove it")
        self.known = self.blocks.pop()[1]

    def otherwise(self, token: _Token) -> None:
        block, known, done = self.blocks[-1] if self.blocks else (token, [], True)
        again = self.peek().text if self.peek().kind == "word" else ""
        if done or block.text not in _CONTROL or (again and (again != block.text or again == "range")):
            raise _FaultyError('"else" belongs to nothing', token.span, "it follows if, with or range, once")
        self.blocks[-1] = (block, known, not again)
        if again:
            self.take()
            self.pipeline(again)

    def named(self, token: _Token) -> None:
        if token.text == "define" and self.blocks:
            raise _FaultyError('"define" stands inside of a block', token.span)
        if self.take().kind != "string":
            raise _FaultyError(f'"{token.text}" wants a name in quotes', token.span)
        if token.text == "block" or (token.text == "template" and self.peek().kind != "end"):
            self.pipeline(token.text)
        if token.text != "template":
            self.blocks.append((token, self.known, False))
            self.known = ["$"]

    def peek(self) -> _Token:
        """The next token that is no space."""
        while self.tokens[-1].kind == "space":
            self.tokens.pop()
        return self.tokens[-1]

    def take(self) -> _Token:
        token = self.peek()
        return token if token.kind == "end" else self.tokens.pop()

    def pipeline(self, context: str, depth: int = 0) -> None:
        """Declarations and commands up to the end of the action, or the closing parenthesis."""
        if depth > DEEPEST:
            raise _TooDeepError
        declared = self.declarations(context)
        stage, start = 0, self.peek()
        while self.peek().kind != "end" and self.peek().text != ")":
            stage += 1
            self.command(stage, depth)
        if stage == 0 or (declared and self.peek() is start):
            raise _FaultyError(f"a value is missing in the template's {context}", start.span)

    def declarations(self, context: str) -> int:
        count = 0
        while self.peek().kind == "variable":
            variable = self.tokens.pop()
            following = self.peek().text if self.peek().kind == "mark" else ""
            if following not in (":=", "=", ","):
                self.tokens += [_Token("space", " ", variable.start)] if following == "" else []
                self.tokens.append(variable)
                break
            count += 1
            self.known.append(variable.text)
            mark = self.take()
            if mark.text != ",":
                break
            if context != "range" or count > 1:
                raise _FaultyError('"," between variables stands in a range only, and once', mark.span)
        return count

    def command(self, stage: int, depth: int) -> None:
        first = self.peek()
        if stage > 1 and (first.kind in ("string", "character", "number", "dot") or first.text in ("true", "false", "nil")):
            raise _FaultyError(f'"{first.text}" is no function to pipe into', first.span)
        while True:
            self.operand(depth)
            token = self.tokens[-1]
            if token.kind == "space":
                if self.peek().kind == "end" or self.peek().text in (")", "|"):
                    token = self.tokens[-1]
                else:
                    continue
            if token.text == "|" and token.kind == "mark":
                self.tokens.pop()
                return
            if token.kind == "end" or token.text == ")":
                return
            raise _FaultyError(f'"{token.text}" is unexpected here', token.span, "put a space between arguments")

    def operand(self, depth: int) -> None:
        token = self.take()
        if token.text == "(" and token.kind == "mark":
            self.pipeline("parenthesis", depth + 1)
            if self.take().text != ")":
                raise _FaultyError('"(" is never closed', token.span, 'add ")"')
        elif token.kind == "word" and token.text not in ("true", "false", "nil"):
            self.function(token)
        elif token.kind == "variable" and token.text not in self.known:
            hint = did_you_mean(token.text, self.known) or "there are " + ", ".join(VARIABLES[:-1])
            raise _FaultyError(f'variable "{token.text}" is not defined', token.span, hint)
        elif token.kind in ("mark", "end"):
            raise _FaultyError(f'"{token.text}" is unexpected here', token.span)
        closed = token.kind in ("string", "character", "number", "dot") or token.text in ("true", "false", "nil")
        while self.tokens[-1].kind == "field":
            if closed:
                raise _FaultyError(f'"{token.text}" has no fields', token.span)
            self.tokens.pop()

    def function(self, token: _Token) -> None:
        if token.text not in FUNCTIONS:
            hint = did_you_mean(token.text, FUNCTIONS) or 'text that is no template goes into quotes: {{ "{{" }}'
            raise _FaultyError(f'function "{token.text}" does not exist in templates', token.span, hint)
        if token.text in SINCE:
            self.newer.append(token)
