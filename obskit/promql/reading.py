"""The shape of a query as its tokens tell it: which are calls, operators, selectors and literals, in source order.

It reads what the parser took, and judges nothing; `places` holds it against the tree.
"""

from __future__ import annotations

from typing import NamedTuple

from obskit.promql.tokens import AGGREGATIONS, GROUPING, WORD_OPERATORS, Token, closers

NOWHERE = -1
"""The index of a token that is not there."""

_FILLS = frozenset({"fill", "fill_left", "fill_right"})
_LABELLED = frozenset({"by", "without"})
_SIGNS = frozenset({"-", "+"})
_NUMBERS = frozenset({"number", "duration", "variable"})


class Called(NamedTuple):
    """A call or an aggregation: the tokens of its name, of its closing parenthesis, and of its `by` or `without`."""

    name: int
    close: int
    grouping: int = NOWHERE


class Operated(NamedTuple):
    """A binary operator: its token, that of its `on` or `ignoring`, and that of its `group_left` or `group_right`."""

    sign: int
    matching: int = NOWHERE
    group: int = NOWHERE


class Selected(NamedTuple):
    """A selector: the tokens of its name, its `{`, its last without range, the `[` of its range, and the first and last of its offset."""

    name: int
    brace: int
    last: int
    range: int = NOWHERE
    offset: tuple[int, int] | None = None


class Numbered(NamedTuple):
    """A number: the token of the first minus folded into it (its own when there is none), and its own."""

    first: int
    number: int


class Reading:
    """What the tokens (without comments) of a query read as, each kind in source order; subqueries are their `[`."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.pairs = closers(tokens)
        self.calls: list[Called] = []
        self.aggregates: list[Called] = []
        self.operators: list[Operated] = []
        self.selectors: list[Selected] = []
        self.numbers: list[Numbered] = []
        self.strings: list[int] = []
        self.subqueries: list[int] = []
        self._closing: dict[int, int] = {}  # the aggregation that a parenthesis closes
        self._selected = False  # whether a range or an offset would belong to the last selector
        self._signs = NOWHERE  # the first of the signs that are passed
        self._read()

    def _read(self) -> None:
        index, operand, size = 0, True, len(self.tokens)
        while index < size:
            index, operand = self._operand(index) if operand else self._joint(index)

    def _text(self, index: int) -> str:
        return self.tokens[index].text if index < len(self.tokens) else ""

    def _close(self, index: int) -> int:
        return self.pairs.get(index, index)

    def _operand(self, index: int) -> tuple[int, bool]:
        """Reads on where an operand may begin: the index of the token after what was read, and whether one may begin there."""
        token = self.tokens[index]
        if token.text in _SIGNS:
            if self._signs == NOWHERE:
                self._signs = index
            return index + 1, True
        signs, self._signs = self._signs, NOWHERE
        if token.kind == "identifier":
            return self._word(index)
        if token.text == "{":
            self.selectors.append(Selected(NOWHERE, index, self._close(index)))
            self._selected = True
            return self._close(index) + 1, False
        if token.kind in _NUMBERS:
            self.numbers.append(Numbered(self._first_minus(signs, index), index))
        elif token.kind == "string":
            self.strings.append(index)
        else:
            return index + 1, token.text != ")"
        self._selected = False
        return index + 1, False

    def _first_minus(self, signs: int, index: int) -> int:
        """The first minus that the parser folds into the number at `index`; one in front of a power belongs to the power."""
        if signs == NOWHERE or self._text(index + 1) == "^":
            return index
        return next((at for at in range(signs, index) if self.tokens[at].text == "-"), index)

    def _word(self, index: int) -> tuple[int, bool]:
        word, following = self.tokens[index].text.lower(), self._text(index + 1)
        if word == "bool":
            return index + 1, True
        if self.operators and word in GROUPING and not (word in _LABELLED and following != "("):
            return self._matched(index, word, following), True
        if following == "(":
            return self._called(index, word, index + 1)
        if word in AGGREGATIONS and following.lower() in _LABELLED and self._text(index + 2) == "(":
            return self._called(index, word, self._close(index + 2) + 1, index + 1)
        brace = index + 1 if following == "{" else NOWHERE
        last = self._close(brace) if brace != NOWHERE else index
        self.selectors.append(Selected(index, brace, last))
        self._selected = True
        return last + 1, False

    def _matched(self, index: int, word: str, following: str) -> int:
        """Reads `on (..)`, `ignoring (..)`, `group_left (..)` or a bare `group_left` behind an operator."""
        last = self.operators[-1]
        self.operators[-1] = last._replace(matching=index) if word in ("on", "ignoring") else last._replace(group=index)
        return self._close(index + 1) + 1 if following == "(" else index + 1

    def _called(self, index: int, word: str, opening: int, grouping: int = NOWHERE) -> tuple[int, bool]:
        if word in _FILLS:
            return self._close(opening) + 1, True
        called = Called(index, self._close(opening), grouping)
        if word in AGGREGATIONS:
            self._closing[called.close] = len(self.aggregates)
            self.aggregates.append(called)
        else:
            self.calls.append(called)
        return opening + 1, True

    def _joint(self, index: int) -> tuple[int, bool]:
        """Reads on behind an operand."""
        token = self.tokens[index]
        word = token.word()
        if token.text == "[":
            return self._ranged(index), False
        if word == "offset":
            last = index + 2 if self._text(index + 1) in _SIGNS else index + 1
            if self._selected and last < len(self.tokens):
                self.selectors[-1] = self.selectors[-1]._replace(offset=(index + 1, last))
            return last + 1, False
        if token.text == "@":
            return self._timed(index), False
        if word in _LABELLED and self._text(index + 1) == "(":
            owner = self._closing.get(index - 1)
            if owner is not None:
                self.aggregates[owner] = self.aggregates[owner]._replace(grouping=index)
            return self._close(index + 1) + 1, False
        self._selected = False
        if token.kind == "operator" or word in WORD_OPERATORS:
            self.operators.append(Operated(index))
            return index + 1, True
        return index + 1, token.text in ("(", ",")

    def _ranged(self, index: int) -> int:
        close = self._close(index)
        if any(token.text == ":" for token in self.tokens[index:close]):
            self.subqueries.append(index)
            self._selected = False
        elif self._selected:
            self.selectors[-1] = self.selectors[-1]._replace(range=index)
        return close + 1

    def _timed(self, index: int) -> int:
        """Passes over `@ 5`, `@ -5`, `@ start()`."""
        if index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "identifier":
            return self._close(index + 2) + 1
        return index + (3 if self._text(index + 1) in _SIGNS else 2)
