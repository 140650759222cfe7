"""Reads the templates of alert annotations and labels as far as Prometheus does when it loads a rule file.

Language: Go's text/template, with the functions of Prometheus 3.14 (package `template`) and the variables that it defines.
"""

from __future__ import annotations

from obskit.naming import did_you_mean
from obskit.templates import Fault, FaultyError, Token, actions

VARIABLES = ("$labels", "$externalLabels", "$externalURL", "$value", "$")
SINCE = {
    "parseDuration": "2.32", "stripPort": "2.33", "stripDomain": "2.36", "toTime": "2.38", "toDuration": "3.6", "now": "3.6",
    "urlQueryEscape": "3.8",
}  # fmt: skip
"""The first Prometheus with a function, where it has not been there for long."""
FUNCTIONS = frozenset([
    *SINCE,
    "query", "first", "label", "value", "strvalue", "sortByLabel", "args", "safeHtml", "match", "reReplaceAll", "title", "toUpper",
    "toLower", "graphLink", "tableLink", "externalURL", "pathPrefix", "humanize", "humanize1024", "humanizeDuration",
    "humanizePercentage", "humanizeTimestamp",
    "and", "or", "not", "len", "index", "slice", "print", "printf", "println", "html", "js", "urlquery", "call", "eq", "ne", "lt", "le",
    "gt", "ge",
])  # fmt: skip
DEEPEST = 100
"""Parentheses inside each other; deeper ones are not judged."""

_WORDS = frozenset(["break", "continue", "block", "define", "else", "end", "if", "range", "template", "with"])
_CONTROL = ("if", "with", "range")


class _TooDeepError(Exception):
    pass


def faults(text: str) -> tuple[Fault, ...]:
    """What keeps `text` from being a template: the first fault, else the functions that only newer versions have."""
    parser = _Parser()
    try:
        for action in actions(text):
            parser.action(action)
        parser.finish()
    except FaultyError as faulty:
        return (faulty.fault,)
    except _TooDeepError:
        return ()
    return tuple(_newer(token) for token in parser.newer)


def _newer(token: Token) -> Fault:
    since = SINCE[token.text]
    return Fault(f'function "{token.text}" needs Prometheus {since}', token.span, since=since)


class _Parser:
    """Follows the blocks of a template and parses each action's pipeline."""

    def __init__(self) -> None:
        self.known = list(VARIABLES)
        self.blocks: list[tuple[Token, list[str], bool]] = []
        self.newer: list[Token] = []
        self.tokens: list[Token] = []

    def action(self, tokens: list[Token]) -> None:
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
                raise FaultyError(f'"{word}" stands outside of a range', first.span)
        else:
            self.pipeline("action")
        if self.peek().kind != "end":
            raise FaultyError(f'"{self.peek().text}" is unexpected here', self.peek().span)

    def finish(self) -> None:
        if self.blocks:
            block = self.blocks[-1][0]
            raise FaultyError(f'"{block.text}" is never ended', block.span, "add {{ end }}")

    def end(self, token: Token) -> None:
        if not self.blocks:
            raise FaultyError('"end" ends nothing', token.span, "remove it")
        self.known = self.blocks.pop()[1]

    def otherwise(self, token: Token) -> None:
        block, known, done = self.blocks[-1] if self.blocks else (token, [], True)
        again = self.peek().text if self.peek().kind == "word" else ""
        if done or block.text not in _CONTROL or (again and (again != block.text or again == "range")):
            raise FaultyError('"else" belongs to nothing', token.span, "it follows if, with or range, once")
        self.blocks[-1] = (block, known, not again)
        if again:
            self.take()
            self.pipeline(again)

    def named(self, token: Token) -> None:
        if token.text == "define" and self.blocks:
            raise FaultyError('"define" stands inside of a block', token.span)
        if self.take().kind != "string":
            raise FaultyError(f'"{token.text}" wants a name in quotes', token.span)
        if token.text == "block" or (token.text == "template" and self.peek().kind != "end"):
            self.pipeline(token.text)
        if token.text != "template":
            self.blocks.append((token, self.known, False))
            self.known = ["$"]

    def peek(self) -> Token:
        """The next token that is no space."""
        while self.tokens[-1].kind == "space":
            self.tokens.pop()
        return self.tokens[-1]

    def take(self) -> Token:
        token = self.peek()
        return token if token.kind == "end" else self.tokens.pop()

    def pipeline(self, context: str, depth: int = 0) -> None:
        """Declarations and commands up to the end of the action, or the closing parenthesis."""
        if depth > DEEPEST:
            raise _TooDeepError
        self.declarations(context)
        stage, start = 0, self.peek()
        while self.peek().kind != "end" and self.peek().text != ")":
            stage += 1
            self.command(stage, depth)
        if stage == 0:
            raise FaultyError(f"a value is missing in the template's {context}", start.span)

    def declarations(self, context: str) -> None:
        count = 0
        while self.peek().kind == "variable":
            variable = self.tokens.pop()
            spaces = self.tokens[-1:] if self.tokens[-1].kind == "space" else []
            mark = self.peek()
            if mark.kind != "mark" or mark.text not in (":=", "=", ","):
                self.tokens += [*spaces, variable]
                break
            count += 1
            self.tokens.pop()
            self.known.append(variable.text)
            if mark.text != ",":
                break
            if context != "range" or count > 1:
                raise FaultyError('"," between variables stands in a range only, and once', mark.span)

    def command(self, stage: int, depth: int) -> None:
        first = self.peek()
        if stage > 1 and (first.kind in ("string", "character", "number", "dot") or first.text in ("true", "false", "nil")):
            raise FaultyError(f'"{first.text}" is no function to pipe into', first.span)
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
            raise FaultyError(f'"{token.text}" is unexpected here', token.span, "put a space between arguments")

    def operand(self, depth: int) -> None:
        token = self.take()
        if token.text == "(" and token.kind == "mark":
            self.pipeline("parenthesis", depth + 1)
            if self.take().text != ")":
                raise FaultyError('"(" is never closed', token.span, 'add ")"')
        elif token.kind == "word" and token.text not in ("true", "false", "nil"):
            self.function(token)
        elif token.kind == "variable" and token.text not in self.known:
            hint = did_you_mean(token.text, self.known) or "there are " + ", ".join(VARIABLES[:-1])
            raise FaultyError(f'variable "{token.text}" is not defined', token.span, hint)
        elif token.kind in ("mark", "end"):
            raise FaultyError(f'"{token.text}" is unexpected here', token.span)
        closed = token.kind in ("string", "character", "number", "dot") or token.text in ("true", "false", "nil")
        while self.tokens[-1].kind == "field":
            if closed:
                raise FaultyError(f'"{token.text}" has no fields', token.span)
            self.tokens.pop()

    def function(self, token: Token) -> None:
        if token.text not in FUNCTIONS:
            variable = f"${token.text}"
            meant = f'did you mean "{variable}"?' if variable in VARIABLES else did_you_mean(token.text, FUNCTIONS)
            hint = meant or 'text that is no template goes into quotes: {{ "{{" }}'
            raise FaultyError(f'function "{token.text}" does not exist in templates', token.span, hint)
        if token.text in SINCE:
            self.newer.append(token)
