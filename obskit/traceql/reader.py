"""A place in the tokens of a query: what stands there, what is expected, how deep it is."""

from __future__ import annotations

from typing import NoReturn

from obskit.traceql.refusal import DEEPEST, TALLEST, too_deep, too_tall
from obskit.traceql.tokens import Kind, Token
from obskit.traceql.tree import Field, Span


class Reader:
    """Reads tokens from left to right. `height` is that of the tree read last; `fields` are all that were read, in order."""

    __slots__ = ("at", "depth", "fields", "height", "kind", "text", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = self.depth = self.height = 0
        self.kind: Kind = tokens[0][0]
        self.text: str = tokens[0][1]
        self.fields: list[Field] = []

    def advance(self) -> None:
        self.at += 1
        self.kind, self.text, _, _ = self.tokens[self.at]

    @property
    def span(self) -> Span:
        token = self.tokens[self.at]
        return (token[2], token[3])

    @property
    def start(self) -> int:
        return self.tokens[self.at][2]

    @property
    def end(self) -> int:
        """The end of the token read last."""
        return self.tokens[self.at - 1][3]

    def is_op(self, text: str) -> bool:
        return self.text == text and self.kind == "op"

    def is_word(self, text: str) -> bool:
        return self.text == text and self.kind == "word"

    def expect(self, text: str, expected: str = "") -> None:
        if self.text != text or self.kind != "op":
            self.fail(expected or f'"{text}"')
        self.advance()

    def enter(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_deep(self.span)

    def leave(self, height: int) -> None:
        """One level up again, with a tree of that height."""
        self.depth -= 1
        self.height = height
        if height > TALLEST:
            raise too_tall(self.span)

    def fail(self, expected: str) -> NoReturn:
        """Refuses the token that stands here."""
        from obskit.traceql.explain import unexpected  # only what fails pays for its explanation

        raise unexpected(self.tokens, self.at, expected)
