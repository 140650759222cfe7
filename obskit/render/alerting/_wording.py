r"""Templates of annotations and labels, from Prometheus' words to Grafana's, and what Grafana's reader of the file does to text.

Words: `$value` is a text of all values there, a single one is `$values.B.Value` (B is the reduced query of every rule built here);
`$labels` and the functions of Prometheus are the same; `$externalURL` is the function `externalURL`, which gives Grafana's address;
external labels do not exist, and print as nothing; `query` gives nothing, `graphLink` and `tableLink` take something else (package
`ngalert/state/template`).

Text: most fields are interpolated from the environment when the file is read, `$NAME` and `${NAME}`, and `$$` stands for `$`.
Annotations are left alone, or, by newer versions, only `${NAME}` in them is replaced, without any way to say `$`; so a `$` before
a `{` becomes a template that prints it, which all versions read alike. A query's `model` is never touched (package
`provisioning/values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from obskit.templates import FaultyError, Token, actions

VALUE = "values.B.Value"
_OPENS = ("if", "with", "range", "define", "block")
_FIELDS = {".Value": f".V{VALUE[1:]}", ".ExternalURL": "externalURL", ".ExternalLabels": '""'}
_GONE = {
    "query": "queries nothing in Grafana and yields nothing",
    "graphLink": "takes other arguments in Grafana",
    "tableLink": "takes other arguments in Grafana",
}
_BRACED = re.compile(r"\$+(?=(?:__\w+)?\{)")
_Edit = tuple[int, int, str]


class Wording(NamedTuple):
    """A template in Grafana's words; `lost` says what has no word there."""

    text: str
    lost: tuple[str, ...] = ()


def translated(text: str) -> Wording:
    """The template in Grafana's words. A text that is no template is left as it is: a check tells."""
    if "{{" not in text:
        return Wording(text)
    reader = _Reader()
    try:
        edits = [edit for action in actions(text) for edit in reader.edits([token for token in action if token.kind != "space"])]
    except FaultyError:
        return Wording(text)
    return Wording(_edited(text, edits), tuple(dict.fromkeys(reader.lost)))


def annotation(text: str) -> str:
    """The text for an annotation: the same to whoever reads it, whether or not `${NAME}` is replaced there."""
    if "$" not in text or not _BRACED.search(text):
        return text
    try:
        found = list(actions(text))
    except FaultyError:
        return text
    strings = [token for action in found for token in action if token.kind == "string" and _BRACED.search(token.text)]
    edits: list[_Edit] = [(*token.span, _quoted(token.text)) for token in strings]
    inside = [(text.rfind("{{", 0, action[0].start), action[-1].span[1]) for action in found]
    for match in _BRACED.finditer(text):
        if not any(start <= match.start() < end for start, end in inside):
            edits.append((*match.span(), f'{{{{ "{match[0]}" }}}}'))
    return _edited(text, sorted(edits))


def _quoted(string: str) -> str:
    """A Go string in double quotes, each `$` of it as an escape."""
    if string[0] == "`":
        inner = string[1:-1].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "")
        string = f'"{inner}"'
    return string.replace("$", "\\x24")


def _edited(text: str, edits: list[_Edit]) -> str:
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


class _Reader:
    """Follows the blocks of a template: where the dot is another, and where a variable is the author's own."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.blocks: list[tuple[str, frozenset[str]]] = []
        self.own: frozenset[str] = frozenset()

    def edits(self, words: list[Token]) -> Iterator[_Edit]:
        first = words[0].text
        declared = {word.text for word, after in pairwise(words) if _is_declared(word, after)}
        if first == "else" and self.blocks:
            self.own = self.blocks[-1][1]
            self.blocks[-1] = ("if", self.own) if len(words) == 2 else self.blocks[-1]
        yield from self._words(words)
        if first in _OPENS:
            self.blocks.append((first, self.own))
        elif first == "end" and self.blocks:
            self.own = self.blocks.pop()[1]
        self.own |= declared

    def _words(self, words: list[Token]) -> Iterator[_Edit]:
        moved = any(block != "if" for block, _ in self.blocks)
        skip = -1
        for at, word in enumerate(words):
            if at <= skip:
                continue
            before, after = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
            if word.kind == "word" and word.text in _GONE:
                self.lost.append(f'"{word.text}" {_GONE[word.text]}')
            elif word.kind == "variable" and word.text not in self.own and not (after is not None and _is_declared(word, after)):
                if word.text == "$value":
                    yield (*word.span, f"${VALUE}")
                elif word.text == "$externalURL":
                    yield (*word.span, "externalURL")
                elif word.text == "$externalLabels":
                    start, skip = _labels(words, at)
                    yield (start, words[skip].span[1], self._no_labels())
            elif word.kind == "field" and word.text in _FIELDS and _is_root(word, before, moved):
                if word.text == ".ExternalLabels":
                    start, skip = _labels(words, at)
                    yield (start, words[skip].span[1], self._no_labels())
                else:
                    whole = word.text != ".Value" and before is not None and before.text == "$" and _touch(before, word)
                    yield (before.start if whole and before is not None else word.start, word.span[1], _FIELDS[word.text])

    def _no_labels(self) -> str:
        self.lost.append("external labels do not exist in Grafana and print as nothing")
        return '""'


def _is_declared(word: Token, after: Token) -> bool:
    return word.kind == "variable" and after.kind == "mark" and after.text in (":=", "=", ",")


def _touch(before: Token, word: Token) -> bool:
    return before.start + len(before.text) == word.start


def _is_root(word: Token, before: Token | None, moved: bool) -> bool:
    """Whether a field (`.Value`) is one of the alert's data: of the dot at the top, or of `$`."""
    if before is None or not _touch(before, word) or (before.kind == "mark" and before.text != ")"):
        return not moved
    return before.kind == "variable" and before.text == "$"


def _labels(words: list[Token], at: int) -> tuple[int, int]:
    """Where the external label that is read begins, and its last word: `$externalLabels.x`, `$.ExternalLabels.x`, `index … "x"`."""
    first = at - 1 if at and words[at].kind == "field" and words[at - 1].text == "$" and _touch(words[at - 1], words[at]) else at
    last = at
    while last + 1 < len(words) and words[last + 1].kind == "field" and _touch(words[last], words[last + 1]):
        last += 1
    if first and words[first - 1].text == "index" and last + 1 < len(words) and words[last + 1].kind == "string":
        return words[first - 1].start, last + 1
    return words[first].start, last
