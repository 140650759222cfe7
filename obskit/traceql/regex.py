"""Whether Tempo compiles a regex, told without compiling it: RE2's syntax, read in linear time.

Source: the syntax page of RE2 and Go's `regexp/syntax`.
"""

from __future__ import annotations

import re

_MOST_REPEATS = 1000
_PLAIN = re.compile(r"[\w \-/:@,;=<>'\"&%#~!|]*(?:\.[*+]?)?[\w \-/:@,;=<>'\"&%#~!]*")
_REPEAT = re.compile(r"[*+?]|\{([0-9]+)(?:(,)([0-9]*))?\}")
_OPENING = re.compile(r"\?(?:P?<(?P<name>[^>)]*)>|(?P<flags>[imsU]*(?:-[imsU]+)?)(?P<end>[:)]))")
_ESCAPE = re.compile(
    r"""\\(?:[afnrtvAbBzdDsSwW] | [pP](?:[A-Z]|\{\^?[A-Za-z_]+\}) | x(?:[0-9a-fA-F]{2}|\{[0-9a-fA-F]{1,6}\}) | 0[0-7]{0,2} | [1-7][0-7]{1,2}
      | [!-/:-@\[-`{-~\x00-\x20\x7f])""",
    re.VERBOSE,
)
_NOT_IN_CLASS = frozenset({"\\A", "\\b", "\\B", "\\z"})
_POSIX = re.compile(r"\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]")
_CLASSES = re.compile(r"\\[dDsSwWpP]")
_LOOKS = {
    "?=": "looks ahead", "?!": "looks ahead", "?<=": "looks behind", "?<!": "looks behind", "?>": "has an atomic group",
    "?(": "has a condition",
}  # fmt: skip
_NO = "Tempo's regexes have no lookaround, back-references, atomic groups or conditions; use a second comparison"
_FIX = "close what is open, and write a backslash in front of what is meant as it is"

Fault = tuple[str, str]
"""A message to follow the regex, and a hint."""


def fault(pattern: str) -> Fault | None:
    """What RE2 refuses in `pattern`, or None."""
    return None if _PLAIN.fullmatch(pattern) else _Scan(pattern).run()


class _Scan:
    """One pass over a pattern: what can be repeated, what is open."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.open = 0
        self.names: set[str] = set()
        self.repeatable = self.repeated = False

    def run(self) -> Fault | None:
        pattern, size = self.pattern, len(self.pattern)
        while self.at < size:
            character = pattern[self.at]
            step = _STEPS.get(character)
            wrong = step(self) if step is not None else self._literal()
            if wrong:
                return wrong
        return ("has a parenthesis that is not closed", _FIX) if self.open else None

    def _took(self, length: int, repeatable: bool = True) -> None:
        self.at += length
        self.repeatable, self.repeated = repeatable, False

    def _literal(self) -> Fault | None:
        self._took(1)
        return None

    def _alternative(self) -> Fault | None:
        self._took(1, repeatable=False)
        return None

    def _opened(self) -> Fault | None:
        rest = self.pattern[self.at + 1 : self.at + 4]
        for look, what in _LOOKS.items():
            if rest.startswith(look):
                return what, _NO
        self.open += 1
        if not rest.startswith("?"):
            return self._alternative()
        found = _OPENING.match(self.pattern, self.at + 1)
        if found is None:
            return ("refers back to a group", _NO) if rest.startswith("?P=") else (f'has a group that begins with "({rest[:2]}"', _FIX)
        name = found["name"]
        if name is not None:
            if not re.fullmatch(r"\w+", name) or name in self.names:
                return (f'has the group name "{name}" twice' if name in self.names else f'has the group name "{name}"'), _FIX
            self.names.add(name)
        elif found["end"] == ")":
            self.open -= 1
            self.at = found.end()
            return None
        self._took(found.end() - self.at, repeatable=False)
        return None

    def _closed(self) -> Fault | None:
        if not self.open:
            return "closes a parenthesis that is not open", _FIX
        self.open -= 1
        self._took(1)
        return None

    def _repeat(self) -> Fault | None:
        found = _REPEAT.match(self.pattern, self.at)
        if found is None:
            return self._literal()
        if not self.repeatable:
            return f'repeats nothing with "{found[0]}"', _FIX
        if self.repeated:
            return f'repeats a repetition with "{found[0]}"', "Tempo's regexes have no possessive repetition; group what is repeated: (a+)+"
        if found[1] is not None:
            least, most = _count(found[1]), _count(found[3] or found[1])
            if least > _MOST_REPEATS or most > _MOST_REPEATS or most < least:
                return f'has the repetition "{found[0]}"', "repeat at most 1000 times, the smaller number first"
        self._took(len(found[0]))
        if self.pattern[self.at : self.at + 1] == "?":
            self.at += 1
        self.repeated = True
        return None

    def _escape(self) -> Fault | None:
        if self.pattern.startswith("\\Q", self.at):
            end = self.pattern.find("\\E", self.at)
            self._took((len(self.pattern) if end < 0 else end + 2) - self.at)
            return None
        found = _ESCAPE.match(self.pattern, self.at)
        if found is None:
            return _no_escape(self.pattern, self.at)
        self._took(len(found[0]))
        return None

    def _class(self) -> Fault | None:
        pattern, at = self.pattern, self.at + 1
        at += pattern.startswith("^", at)
        first = True
        while first or not pattern.startswith("]", at):
            first = False
            posix = _POSIX.match(pattern, at)
            if posix:
                at = posix.end()
                continue
            if pattern.startswith("[:", at) and ":]" in pattern[at + 2 : at + 20]:
                return "names a class that is none", "such as [[:alpha:]], [[:digit:]] or [[:space:]]"
            low, at, wrong = _member(pattern, at)
            if wrong:
                return wrong
            if pattern.startswith("-", at) and not pattern.startswith("-]", at) and low >= 0:
                high, at, wrong = _member(pattern, at + 1)
                if wrong:
                    return wrong
                if high < low:
                    return "has a range that ends before it begins", 'write "-" first or last when it is meant as it is'
        self._took(at + 1 - self.at)
        return None


def _member(pattern: str, at: int) -> tuple[int, int, Fault | None]:
    """One character of a class as its number (-1: a class such as \\d), where it ends, and what is wrong with it."""
    if at >= len(pattern):
        return 0, at, ("has a bracket that is not closed", _FIX)
    if pattern[at] != "\\":
        return ord(pattern[at]), at + 1, None
    found = _ESCAPE.match(pattern, at)
    if found is None or found[0] in _NOT_IN_CLASS:
        return 0, at, _no_escape(pattern, at)
    text = found[0]
    if _CLASSES.match(text):
        return -1, found.end(), None
    if text[1] == "x":
        point = int(text[2:].strip("{}"), 16)
        return point, found.end(), None if point <= 0x10FFFF else (f'has "{text}"', "characters end at \\x{10FFFF}")
    if text[1] in "01234567":
        return int(text[1:], 8), found.end(), None
    return {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}.get(text[1], ord(text[1])), found.end(), None


def _no_escape(pattern: str, at: int) -> Fault:
    following = pattern[at + 1 : at + 2]
    if not following:
        return "ends in a backslash", "write the backslash twice"
    if following in "123456789k":
        return f'refers back to a group with "\\{following}"', _NO
    return f'holds "\\{following}", which is no escape', "RE2 knows \\d \\s \\w \\b \\A \\z \\pL \\x41"


def _count(digits: str) -> int:
    return int(digits) if len(digits.lstrip("0")) < 9 else _MOST_REPEATS + 1


_STEPS = {
    "(": _Scan._opened, ")": _Scan._closed, "|": _Scan._alternative, "*": _Scan._repeat, "+": _Scan._repeat, "?": _Scan._repeat,
    "{": _Scan._repeat, "\\": _Scan._escape, "[": _Scan._class,
}  # fmt: skip
