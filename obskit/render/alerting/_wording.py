r"""Templates of annotations and labels, from Prometheus' words to Grafana's, and what Grafana's reader of the file does to text.

Words: `$value` is a text of all values there, a single one is `$values.B.Value` (B is the reduced query of every rule built here);
`$labels` and the functions of Prometheus are the same, but a label that is missing prints `[no value]`, and is an error to functions
of text; `$externalURL` is the function `externalURL`, which gives Grafana's address; external labels do not exist, and print as
nothing; `query` gives nothing, `graphLink` and `tableLink` take something else (package `ngalert/state/template`).

Text: most fields are interpolated from the environment when the file is read, `$NAME` and `${NAME}`, and `$$` stands for `$`.
Annotations are left alone, or, by newer versions, only `${NAME}` in them is replaced, without any way to say `$`; so a `$` before
a `{` becomes a template that prints it, which all versions read alike. A query's `model` is never touched (package
`provisioning/values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from obskit.render.alerting._dots import ALERT, OTHER, Follower, called_with, expression, is_declared
from obskit.templates import FaultyError, Token, actions

VALUE = "values.B.Value"
_FIELDS = {".Value": f".V{VALUE[1:]}", ".ExternalURL": "externalURL", ".ExternalLabels": '""', ".Labels": ".Labels"}
_FOLLOWED = ("if", "with", "else", "template", "block")
"""Where the dot is known from there on, or does not matter."""
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


def translated(text: str, certain: frozenset[str] | None = None) -> Wording:
    """The template in Grafana's words. A text that is no template is left as it is: a check tells.

    `certain` are the labels that every series of the alert carries, None where that does not matter.
    """
    if "{{" not in text:
        return Wording(text)
    try:
        found = [[token for token in action if token.kind != "space"] for action in actions(text)]
    except FaultyError:
        return Wording(text)
    reader = _Reader(text, Follower(called_with(found)), certain)
    edits = [edit for words in found for edit in reader.edits(words)]
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
    """Edits action by action; `certain` are the labels that every series of the alert carries, None: all."""

    def __init__(self, text: str, follower: Follower, certain: frozenset[str] | None) -> None:
        self.lost: list[str] = []
        self.text, self.follower, self.certain = text, follower, certain

    def edits(self, words: list[Token]) -> Iterator[_Edit]:
        self.follower.enter(words)
        yield from self._words(words)
        self.follower.leave(words)

    def _words(self, words: list[Token]) -> Iterator[_Edit]:
        variables = self.follower.scope.variables
        for at, word in enumerate(words):
            if word.kind == "word" and word.text in _GONE:
                self.lost.append(f'"{word.text}" {_GONE[word.text]}')
            elif word.kind == "dot" or word.text in variables:
                self._as_a_whole(words, at)
            elif word.kind == "variable" and not is_declared(word, words[at + 1]):
                if word.text == "$value":
                    yield (*word.span, f"${VALUE}")
                elif word.text == "$externalURL":
                    yield (*word.span, "externalURL")
                elif word.text == "$externalLabels":
                    yield self._no_labels(words, at)
                elif word.text == "$labels":
                    yield from self._label(words, at, at)
            elif word.kind == "field" and word.text in _FIELDS:
                yield from self._field(words, at)

    def _field(self, words: list[Token], at: int) -> Iterator[_Edit]:
        """A field where the dot, or a variable before it, is the alert's data."""
        word, first, seen = words[at], at, self.follower.scope.dot
        if at and _touch(words[at - 1], word) and (words[at - 1].kind != "mark" or words[at - 1].text == ")"):
            first, seen = at - 1, self.follower.scope.variables.get(words[at - 1].text, OTHER)
        if word.text == ".Labels":
            yield from self._label(words, first, at) if seen == ALERT else ()
        elif True in seen and False in seen:
            self.lost.append(f'"{word.text}" is asked of the alert here and of something else too, and of the alert it is another thing')
        elif seen == ALERT and word.text == ".ExternalLabels":
            yield self._no_labels(words, at)
        elif seen == ALERT:
            yield (words[at if word.text == ".Value" else first].start, word.span[1], _FIELDS[word.text])

    def _label(self, words: list[Token], first: int, at: int) -> Iterator[_Edit]:
        """A label that may be missing, asked for by `index`, which yields nothing then, as in Prometheus."""
        before, label = words[first - 1] if first else None, words[at + 1]
        if self.certain is None or not _follows(words[at], label) or label.text[1:] in self.certain:
            return
        after = words[at + 2]
        tested = before is not None and before.text in ("if", "with")
        if (tested and after.kind == "end") or _follows(label, after):
            return
        found = f'index {self.text[words[first].start : words[at].span[1]]} "{label.text[1:]}"'
        begins = before is None or tested or before.text in ("(", ":=", "=")
        alone = begins and (after.kind == "end" or after.text in ("|", ")"))
        yield (words[first].start, label.span[1], found if alone else f"({found})")

    def _as_a_whole(self, words: list[Token], at: int) -> None:
        """The alert's data given to what may read any field of it, out of sight here."""
        word, after = words[at], words[at + 1]
        if True not in self.follower.scope.seen([word]) or is_declared(word, after) or _follows(word, after):
            return
        followed = words[0].text in _FOLLOWED or any(one.text == ":=" for one in words)
        if not followed or expression(words) != [word]:
            self.lost.append(f'"{word.text}" as a whole is another thing in Grafana, with other fields')

    def _no_labels(self, words: list[Token], at: int) -> _Edit:
        self.lost.append("external labels do not exist in Grafana and print as nothing")
        start, last = _labels(words, at)
        return (start, words[last].span[1], '""')


def _touch(before: Token, word: Token) -> bool:
    return before.start + len(before.text) == word.start


def _follows(before: Token, word: Token) -> bool:
    """Whether a word is a field of the one before it."""
    return word.kind == "field" and _touch(before, word)


def _labels(words: list[Token], at: int) -> tuple[int, int]:
    """Where the external label that is read begins, and its last word: `$externalLabels.x`, `$.ExternalLabels.x`, `index … "x"`."""
    first = at - 1 if at and words[at].kind == "field" and words[at - 1].kind == "variable" and _touch(words[at - 1], words[at]) else at
    last = at
    while last + 1 < len(words) and words[last + 1].kind == "field" and _touch(words[last], words[last + 1]):
        last += 1
    if first and words[first - 1].text == "index" and last + 1 < len(words) and words[last + 1].kind == "string":
        return words[first - 1].start, last + 1
    return words[first].start, last
