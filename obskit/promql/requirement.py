"""What a query needs of the Prometheus that runs it, as far as its tokens and functions tell.

Source of the versions: the Prometheus changelog, 2.29 to 3.14.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from obskit.promql.functions import REMOVED, SINCE, STABLE
from obskit.promql.parse import Parsed
from obskit.promql.positions import Span
from obskit.promql.tokens import GROUPING, MATCH_OPERATORS, TRIMS, WORD_OPERATORS, Token, closers

_EXTENDED = frozenset({"anchored", "smoothed"})
_FILLS = frozenset({"fill", "fill_left", "fill_right"})
_WORDS = SINCE.keys() | REMOVED.keys() | _EXTENDED | _FILLS | {"atan2"}
_SIGNS = TRIMS | {"@", "-"}
_MATCHING = frozenset({"on", "ignoring", "group_left", "group_right"}) | _FILLS
_JOINING = GROUPING | WORD_OPERATORS | {"bool", "offset"}
_DURATION = r"[0-9]++(?:ms|[smhdwy])"
_VARIABLE = r"\$(?:\w++|\{\w++\})"
_AGELESS = rf"""
    (?:
        [\ \t\r\n(){{}}=~!,+*%^-]++
      | [<>/](?!/)
      | offset[\ ]{_DURATION}(?!\w)
      | (?!(?i:offset)\b)[a-zA-Z_:][a-zA-Z0-9_:]*+
      | (?<=[=~])"(?:[^"\\\n]++|\\[^\n])*+"
      | \[(?:{_DURATION}|{_VARIABLE})\]
      | [0-9]++(?:\.[0-9]++)?+(?![\w.])
      | {_VARIABLE}
    )*+
"""  # what every Prometheus reads; compiled, and kept by `re`, when first needed
_NAME = r"[a-z_][a-z0-9_]*+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A part of a query that not every Prometheus has: from version `since` on, and before version `until` when that is set.

    `experimental` parts need a feature flag in every version, `stable` names the first that needs none. A part that is no
    experiment may have been behind a flag before `since`: from `flagged` on. `span` is its first place in the author's text.
    """

    feature: str
    since: str = ""
    until: str = ""
    experimental: bool = False
    span: Span | None = None
    flag: str = ""
    flagged: str = ""
    stable: str = ""

    def met_by(self, version: str) -> bool:
        """Whether Prometheus `version` ("3.0", "2.42.1") has this part."""
        target = _numbers(version)
        if self.since and target < _numbers(self.since):
            return False
        return not (self.until and target >= _numbers(self.until))

    def flag_at(self, version: str) -> str:
        """What `--enable-feature=` gives Prometheus `version` this part; empty when it needs none, or no flag helps."""
        target = _numbers(version)
        if self.since and target < _numbers(self.since):
            return self.flag if self.flagged and target >= _numbers(self.flagged) else ""
        return self.flag if self.experimental or (self.stable and target < _numbers(self.stable)) else ""


def requires(parsed: Parsed) -> tuple[Requirement, ...]:
    """Each version boundary the query crosses, once, in source order. Works on queries the parser refused, too."""
    if re.fullmatch(_AGELESS, parsed.text, re.VERBOSE | re.ASCII) and _WORDS.isdisjoint(re.findall(_NAME, parsed.text.lower(), re.ASCII)):
        return ()
    return looked_for(parsed)


def looked_for(parsed: Parsed) -> tuple[Requirement, ...]:
    """What `requires` finds in texts that are not plainly ageless."""
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
            if word == "offset" and index:
                range_end = max(range_end, _expression(tokens, index, pairs))
            if word not in _WORDS and (index >= range_end or index + 1 not in pairs):
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
        for requirement in _of(tokens, index, place, pairs):
            found.setdefault(requirement.feature, requirement)
    return tuple(found.values())


def _of(tokens: tuple[Token, ...], index: int, place: str, pairs: dict[int, int]) -> list[Requirement]:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if token.kind == "identifier":
        return _of_word(tokens, index, place, pairs)
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
        found.append(Requirement(feature=f"operator {token.text}", since="3.11", span=token.span))
    if place == "range" and token.kind in ("operator", "bracket") and token.text != "[":
        found.append(_arithmetic(token))
    return found


def _experimental(feature: str, since: str, token: Token, flag: str = "promql-experimental-functions") -> Requirement:
    return Requirement(feature=feature, since=since, experimental=True, span=token.span, flag=flag)


def _arithmetic(token: Token) -> Requirement:
    """Sums, products and functions where a duration stands; no experiment since 3.14."""
    return Requirement(feature="arithmetic in durations", since="3.14", span=token.span, flag="promql-duration-expr", flagged="3.4")


def _expression(tokens: tuple[Token, ...], index: int, pairs: dict[int, int]) -> int:
    """The end of the parentheses or the call behind the `offset` at `index`, or -1."""
    at = index + 2 if index + 1 < len(tokens) and tokens[index + 1].text in ("-", "+") else index + 1
    if at in pairs and tokens[at].text == "(":
        return pairs[at]
    called = at + 1 in pairs and tokens[at].kind == "identifier" and tokens[at + 1].text == "("
    return pairs[at + 1] if called else -1


def _of_word(tokens: tuple[Token, ...], index: int, place: str, pairs: dict[int, int]) -> list[Requirement]:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    called = after is not None and after.text == "("
    word = token.word()
    if place in ("braces", "list"):
        return []
    if place == "range":
        return [_arithmetic(token)] if called else []
    if word == "atan2" and not called and before is not None and after is not None:
        return [Requirement(feature="atan2", since="2.31", span=token.span)]
    if word in _EXTENDED and not called and before is not None and _ends_operand(tokens, index - 1, pairs):
        return [_experimental(word, "3.7", token, "promql-extended-range-selectors")]
    if word in _FILLS and called:
        return [_experimental("fill", "3.10", token, "promql-binop-fill-modifiers")]
    if before is not None and before.text == "@":
        return []
    grouped = word in ("limitk", "limit_ratio") and after is not None and after.word() in ("by", "without")
    if not (called or grouped):
        return []
    if token.text in REMOVED:
        return [Requirement(feature=f"function {token.text}", until=REMOVED[token.text], span=token.span)]
    if word in SINCE:
        since, experimental = SINCE[word]
        if experimental:
            return [_experimental(f"function {word}", since, token)]
        flag = "promql-experimental-functions" if word in STABLE else ""
        return [Requirement(feature=f"function {word}", since=since, span=token.span, flag=flag, stable=STABLE.get(word, ""))]
    return []


def _ends_operand(tokens: tuple[Token, ...], index: int, pairs: dict[int, int]) -> bool:
    """Whether the token at `index` ends something that a modifier may follow, and no list of an operator."""
    token = tokens[index]
    if token.text == ")":
        opening = next((first for first, last in pairs.items() if last == index), 0)
        return opening == 0 or tokens[opening - 1].word() not in _MATCHING
    if token.kind == "identifier":
        return token.word() not in _JOINING
    return token.text in ("]", "}") or token.kind in ("number", "duration", "variable")


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
