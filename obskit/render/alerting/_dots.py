"""Where the dot of a template, and which of its variables, are the alert's data: through blocks, and templates that it defines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from obskit.templates import Token

Seen = frozenset[bool]
"""What the dot or a variable can be: the alert's data (True), anything else (False); empty where nothing comes by."""
ALERT: Seen = frozenset((True,))
OTHER: Seen = frozenset((False,))
_TESTS = ("if", "with", "range")


class Scope(NamedTuple):
    """The dot, and the variables that the author declared, and `$`."""

    dot: Seen
    variables: Mapping[str, Seen]

    def seen(self, words: list[Token]) -> Seen:
        """What these words of an action yield."""
        if len(words) != 1:
            return OTHER
        (word,) = words
        return self.dot if word.kind == "dot" else self.variables.get(word.text, OTHER) if word.kind == "variable" else OTHER


class Follower:
    """Follows the actions of a template; `given` is what each template in it is called with, `calls` what this pass has seen of that."""

    def __init__(self, given: Mapping[str, Seen]) -> None:
        self.scope = Scope(ALERT, MappingProxyType({"$": ALERT}))
        self.calls: dict[str, Seen] = {}
        self._given = given
        self._open: list[tuple[Scope, Scope]] = []

    def enter(self, words: list[Token]) -> None:
        """Before an action is read: after an `else` the dot is what it was."""
        if words[0].text == "else" and self._open:
            self.scope = self._open[-1][1]

    def leave(self, words: list[Token]) -> None:
        """After an action: what it opens, ends or declares holds from here."""
        first = words[0].text
        if first == "end":
            self.scope = self._open.pop()[0] if self._open else self.scope
            return
        again = first == "else"
        keyword = words[1].text if again and len(words) > 2 else first
        if keyword in ("template", "block", "define"):
            self._named(keyword, words)
            return
        head = Scope(self.scope.dot, {**self.scope.variables, **self._declared(keyword, words)})
        if keyword in _TESTS:
            self._open.append((self._open.pop()[0] if again and self._open else self.scope, head))
            moved = head.seen(expression(words)) if keyword == "with" else OTHER
            head = head._replace(dot=head.dot if keyword == "if" else moved)
        self.scope = head

    def _named(self, keyword: str, words: list[Token]) -> None:
        name = words[1].text[1:-1]
        if keyword != "define":
            self.calls[name] = self.calls.get(name, frozenset()) | self.scope.seen(expression(words))
        if keyword != "template":
            inside = self._given.get(name, frozenset())
            self._open.append((self.scope, self.scope))
            self.scope = Scope(inside, MappingProxyType({"$": inside}))

    def _declared(self, keyword: str, words: list[Token]) -> dict[str, Seen]:
        names = [word.text for word, after in pairwise(words) if is_declared(word, after)]
        seen = self.scope.seen(expression(words)) if keyword != "range" and len(names) == 1 else OTHER
        return dict.fromkeys(names, seen)


def expression(words: list[Token]) -> list[Token]:
    """The words of an action without its keyword, what it declares, and parentheses around all of the rest."""
    marks = [at for at, word in enumerate(words) if word.kind == "mark" and word.text in (":=", "=")]
    keywords = 2 if words[0].text == "else" else 1 if words[0].text in _TESTS else 2 if words[0].text in ("template", "block") else 0
    found = words[marks[0] + 1 if marks else keywords : -1]
    while len(found) > 2 and found[0].text == "(" and found[-1].text == ")":
        found = found[1:-1]
    return found


def is_declared(word: Token, after: Token) -> bool:
    return word.kind == "variable" and after.kind == "mark" and after.text in (":=", "=", ",")


def called_with(actions: Iterable[list[Token]]) -> Mapping[str, Seen]:
    """What each template that a text defines is called with, also by one another."""
    found: Mapping[str, Seen] = {}
    every = list(actions)
    while True:
        follower = Follower(found)
        for words in every:
            follower.enter(words)
            follower.leave(words)
        if follower.calls == found:
            return found
        found = follower.calls
