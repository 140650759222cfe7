"""What a query needs of the Prometheus that runs it, as far as its tokens and functions tell.

Source of the versions: the Prometheus changelog, 2.29 to 3.14.
"""

from __future__ import annotations

from dataclasses import dataclass

from obskit.promql.functions import REMOVED, SINCE
from obskit.promql.parse import Parsed
from obskit.promql.positions import Span
from obskit.promql.tokens import GROUPING, MATCH_OPERATORS, TRIMS, Token, closers

_WORDS = SINCE.keys() | REMOVED.keys() | {"atan2", "anchored", "smoothed", "fill", "fill_left", "fill_right"}
_SIGNS = TRIMS | {"@", "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A part of a query that not every Prometheus has: from version `since` on, and before version `until` when that is set.

    `experimental` parts need a feature flag. `span` is the first place of it in the author's text.
    """

    feature: str
    since: str = ""
    until: str = ""
    experimental: bool = False
    span: Span | None = None

    def met_by(self, version: str) -> bool:
        """Whether Prometheus `version` ("3.0", "2.42.1") has this part."""
        target = _numbers(version)
        if self.since and target < _numbers(self.since):
            return False
        return not (self.until and target >= _numbers(self.until))


def requires(parsed: Parsed) -> tuple[Requirement, ...]:
    """Each version boundary the query crosses, once, in source order. Works on queries the parser refused, too."""
    tokens = parsed.tokens
    if "#" in parsed.text:
        tokens = tuple([token for token in tokens if token.kind != "comment"])
    found: dict[str, Requirement] = {}
    pairs = closers(tokens)
    range_end = brace_end = list_end = -1
    for index, (kind, text, _, _) in enumerate(tokens):  # most tokens tell nothing, and are passed over by their kind
        if kind == "identifier":
            word = text.lower()
            if word in GROUPING:
                list_end = pairs.get(index + 1, list_end)
            if word not in _WORDS:
                continue
        elif kind == "bracket":
            if text == "[":
                range_end = pairs.get(index, index)
                continue
            if text == "{":
                brace_end = pairs.get(index, index)
            if index >= range_end:
                continue
        elif kind == "operator":
            if index >= range_end and text not in _SIGNS:
                continue
        elif kind == "string":
            if index >= list_end and (index >= brace_end or tokens[index - 1].text in MATCH_OPERATORS):
                continue
        elif kind not in ("number", "duration"):
            continue
        place = "range" if index < range_end else "braces" if index < brace_end else "list" if index < list_end else ""
        for requirement in _of(tokens, index, place):
            found.setdefault(requirement.feature, requirement)
    return tuple(found.values())


def _of(tokens: tuple[Token, ...], index: int, place: str) -> list[Requirement]:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if token.kind == "identifier":
        return _of_word(tokens, index, place)
    if token.kind == "string" and _is_name(tokens, index, place):
        return [Requirement(feature="names in quotes", since="3.0", span=token.span)]
    found = []
    if token.kind == "number" and "_" in token.text:
        found.append(Requirement(feature="underscores in numbers", since="2.54", span=token.span))
    if token.kind == "number" and (place == "range" or _after_offset(tokens, index)):
        found.append(Requirement(feature="a number as a duration", since="2.54", span=token.span))
    if token.kind == "duration" and place == "" and not _after_offset(tokens, index):
        found.append(Requirement(feature="a duration as a number", since="2.54", span=token.span))
    if token.text == "@":
        found.append(Requirement(feature="@", since="2.33", span=token.span))
    if token.text == "-" and before is not None and before.word() == "offset" and index > 1:
        found.append(Requirement(feature="negative offset", since="2.33", span=token.span))
    if token.text in TRIMS:
        found.append(Requirement(feature=f"operator {token.text}", since="3.11", experimental=True, span=token.span))
    if place == "range" and token.kind in ("operator", "bracket") and token.text != "[":
        found.append(Requirement(feature="arithmetic in durations", since="3.14", span=token.span))
    return found


def _of_word(tokens: tuple[Token, ...], index: int, place: str) -> list[Requirement]:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    called = after is not None and after.text == "("
    word = token.word()
    if place in ("braces", "list"):
        return []
    if word == "atan2" and not called and before is not None and after is not None:
        return [Requirement(feature="atan2", since="2.31", span=token.span)]
    if word in ("anchored", "smoothed") and before is not None and before.text in ("]", "}", ")"):
        return [Requirement(feature=word, since="3.7", experimental=True, span=token.span)]
    if word in ("fill", "fill_left", "fill_right") and called:
        return [Requirement(feature="fill", since="3.10", experimental=True, span=token.span)]
    if before is not None and before.text == "@":
        return []
    grouped = word in ("limitk", "limit_ratio") and after is not None and after.word() in ("by", "without")
    if not (called or grouped):
        return []
    if token.text in REMOVED:
        return [Requirement(feature=f"function {token.text}", until=REMOVED[token.text], span=token.span)]
    if word in SINCE:
        since, experimental = SINCE[word]
        return [Requirement(feature=f"function {word}", since=since, experimental=experimental, span=token.span)]
    return []


def _is_name(tokens: tuple[Token, ...], index: int, place: str) -> bool:
    """Whether the string at `index` is the name of a metric or label, and no value."""
    if place == "list":
        return True
    return place == "braces" and tokens[index - 1].text not in MATCH_OPERATORS


def _after_offset(tokens: tuple[Token, ...], index: int) -> bool:
    before = tokens[index - 1] if index else None
    if before is not None and before.text in ("-", "+"):
        before = tokens[index - 2] if index > 1 else None
    return before is not None and before.word() == "offset"


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: "v3.14.0-rc.1" is (3, 14)."""
    numbers = []
    for part in version.removeprefix("v").split(".")[:2]:
        digits = "".join(character for character in part if character.isdigit())
        numbers.append(int(digits) if digits else 0)
    return tuple(numbers) + (0,) * (2 - len(numbers))
