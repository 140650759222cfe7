"""What was found, what was expected, and what to write instead: the explanation of a text that is no TraceQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from obskit.traceql.refusal import Refusal, shown
from obskit.traceql.slips import CALLS, PROMETHEUS, RENAMED, WORDS, close
from obskit.traceql.tokens import Token
from obskit.traceql.tree import Span
from obskit.traceql.words import AGGREGATES, COMPARISONS, FIELDS, FIRSTS, KINDS, LOGICAL, SECONDS, STATUSES

_NOTHING = Token("end", "", -1, -1)
_RESOURCE = re.compile(r"(?:service|k8s|host|cloud|deployment|telemetry|process|container|cluster|namespace|os|faas)\b")
_PAIRS = {
    ("=", "="): ("==", "compare by a single ="),
    ("<", ">"): ("<>", "write !="),
    ("=", ">"): ("=>", "write >="),
    ("*", "*"): ("**", "write ^ for powers"),
    ("!", "="): ("! =", "write != without a space"),
    ("=", "~"): ("= ~", "write =~ without a space"),
    (">", ">"): ("> >", "write >> without a space"),
    (">", "="): ("> =", "write >= without a space"),
    ("<", "="): ("< =", "write <= without a space"),
}


class _Place(NamedTuple):
    """A token that was not expected, with its neighbours."""

    tokens: list[Token]
    at: int
    expected: str

    def token(self, offset: int = 0) -> Token:
        at = self.at + offset
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NOTHING

    @property
    def in_braces(self) -> bool:
        return self.innermost("{") >= 0

    def innermost(self, opening: str) -> int:
        """The index of the bracket of that kind that is open here, or -1."""
        closing, depth = {"{": "}", "(": ")"}[opening], 0
        for index in range(self.at - 1, -1, -1):
            kind, text, _, _ = self.tokens[index]
            if kind == "op" and text == closing:
                depth += 1
            elif kind == "op" and text == opening:
                if depth == 0:
                    return index
                depth -= 1
        return -1

    @property
    def owner(self) -> str:
        """The word in front of the innermost parenthesis."""
        opened = self.innermost("(")
        return self.tokens[opened - 1].text if opened > 0 else ""

    def refusal(self, message: str, hint: str, first: int = 0, last: int = 0) -> Refusal:
        return Refusal(message, (self.token(first).start, self.token(last).end), hint)


def unexpected(tokens: list[Token], at: int, expected: str) -> Refusal:
    """The refusal of the token at an index, where something else was expected."""
    place = _Place(tokens, at, expected)
    for rule in _RULES:
        found = rule(place)
        if found is not None:
            return found
    token = place.token()
    return Refusal(f"found {_what(token)}, expected {expected}", _span(place), _hint(place))


def number_hint(text: str) -> str:
    """What to write instead of something that begins as a number."""
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", text):
        return f"write it in decimal: {int(text, 16) if len(text) < 20 else 'digits alone'}"
    if "_" in text:
        return "write the digits without _"
    if re.fullmatch(r"[0-9]+", text):
        return "write it without the leading zero" if text.startswith("0") else "the largest is 9223372036854775807"
    return "durations are glued numbers and units: 1h30m, 100ms, 1.5s; a name that begins with a digit needs a scope: span.5"


def _span(place: _Place) -> Span:
    token = place.token()
    return (token.start, token.end) if token.kind != "end" or place.at == 0 else (token.end, token.end)


def _what(token: Token) -> str:
    nouns = {"string": "the string ", "number": "the number ", "attribute": "the field ", "intrinsic": "the field ", "word": "the word "}
    return "the end of the query" if token.kind == "end" else nouns.get(token.kind, "") + shown(token.text)


def _end(place: _Place) -> Refusal | None:
    """The text ends too soon."""
    if place.token().kind != "end":
        return None
    braces, opened = place.innermost("{"), place.innermost("(")
    which = max(braces, opened)
    if place.expected == "a comparison":
        return _comparison(place)
    if which >= 0 and place.expected.startswith(('"}"', '")"', '","')):
        token = place.tokens[which]
        closing = "}" if token.text == "{" else ")"
        return Refusal(f'"{token.text}" is not closed', (token.start, token.end), f'add "{closing}"')
    return None


def _unreadable(place: _Place) -> Refusal | None:
    token = place.token()
    if token.kind == "unterminated":
        what = "comment" if token.text.startswith("/*") else "string"
        double = "strings end on their line; only `…` may go on"
        hint = "end it by */" if what == "comment" else double if token.text[0] == '"' else "end it by `"
        return place.refusal(f"the {what} never ends", hint)
    if token.kind not in ("unknown", "variable"):
        return None
    hints = {
        "'": 'write strings in double quotes: "…"', "#": "comments begin with //", "&": "write &&",
        "[": "TraceQL has no ranges: rate() needs none",
        "]": "TraceQL has no ranges and no lists", ";": "one query has no end mark", "?": "take it away", "@": "take it away",
        ":": "intrinsics are glued to their scope: span:name", ".": "a name begins right after the dot: span.name",
    }  # fmt: skip
    hint = hints.get(token.text, "write white space as spaces" if token.text.isspace() else "take it away, or put it in quotes")
    if token.text == "[" and place.in_braces:
        hint = 'match alternatives by a regex: =~ "a|b"'
    name = f"the character U+{ord(token.text[0]):04X}" if token.text.isspace() or not token.text.isprintable() else shown(token.text)
    return place.refusal(f"found {name}, which TraceQL does not have here", hint)


def _pair(place: _Place) -> Refusal | None:
    """An operator of another language, or one torn apart."""
    token, before = place.token(), place.token(-1)
    known = _PAIRS.get((before.text, token.text)) if token.kind == before.kind == "op" else None
    if known is None:
        return None
    written = f"{before.text}{token.text}" if before.end == token.start else f"{before.text} {token.text}"
    return place.refusal(f"found {shown(written)}, which is no operator", known[1], -1)


def _dotted(place: _Place) -> Refusal | None:
    """A name without its scope, `service.name`; also one whose scope stands apart."""
    token, after = place.token(), place.token(1)
    if token.kind != "word" or after.kind != "attribute" or after.start != token.end:
        if token.kind == "word" and after.kind == "attribute" and token.text in ("span", "resource", "event", "link", "instrumentation"):
            return place.refusal(f"the scope {shown(token.text)} stands apart from its name", f"write {token.text}{after.text}", 0, 1)
        return None
    whole = token.text + after.text
    likely = "resource" if _RESOURCE.match(whole) else "span"
    other = "span" if likely == "resource" else "resource"
    return place.refusal(f"found {shown(whole)}, a name without a scope", f"write {likely}.{whole} (or {other}.{whole})", 0, 1)


def _intrinsic(place: _Place) -> Refusal | None:
    token = place.token()
    if token.kind == "attribute" and place.expected == "a name after the dot":
        return place.refusal(f"{shown(token.text)} has no name", f"write the name right after the dot: {token.text}name")
    if token.kind != "intrinsic":
        return None
    spelt = "".join(token.text.split())
    if spelt in FIELDS:
        return None
    scope = spelt.partition(":")[0]
    known = [name for name in FIELDS if name.startswith(f"{scope}:")]
    hint = f"{scope} has {', '.join(known)}; attributes are written {scope}.name"
    if spelt == "trace:rootServiceName":
        hint = "write trace:rootService"
    return place.refusal(f"found {shown(spelt)}, which is no intrinsic", hint)


def _call(place: _Place) -> Refusal | None:
    """Functions with the wrong insides."""
    token, owner = place.token(), place.owner
    if place.in_braces or place.token(-1).text != "(":
        return None
    if owner in CALLS and token.text != ")":
        found = "a range of PromQL" if token.kind == "word" and token.text not in FIELDS else _what(token)
        return place.refusal(f"found {found} in {owner}(), which takes nothing", CALLS[owner])
    if token.text == ")" and owner:
        hint = "write with(exemplars=true), or take it away" if owner == "with" else f"give it a field: {owner}(span.name)"
        return place.refusal(f"{owner}() is empty, expected {place.expected}", hint, -2)
    return None


def _comparison(place: _Place) -> Refusal | None:
    """An aggregate that is compared with nothing."""
    if place.expected != "a comparison":
        return None
    first = place.at - 1
    while first > 0 and not (place.tokens[first].kind == "word" and place.tokens[first].text in AGGREGATES):
        first -= 1
    token = place.tokens[first]
    call = "".join([part.text for part in place.tokens[first : place.at]][:8])
    hint = f"compare it: {call} > 100"
    if token.text != "count":
        hint += f"; or, for a metric, {call.replace('(', '_over_time(', 1)}"
    elif token.text == "count":
        hint += "; or, for a metric, count_over_time()"
    return Refusal(f"{token.text} needs a comparison, found {_what(place.token())}", (token.start, place.token(-1).end), hint)


def _word(place: _Place) -> Refusal | None:
    """Words of other languages, or misspelt ones."""
    token, before = place.token(), place.token(-1)
    if token.kind != "word":
        return None
    if token.text == "not" and place.token(1).text == "in":
        return place.refusal('found "not in", which TraceQL does not have', 'write !~ "a|b"', 0, 1)
    after_pipe = before.text == "|"
    if after_pipe and token.text in PROMETHEUS:
        return place.refusal(f"found {shown(token.text)}, which is no stage", PROMETHEUS[token.text])
    if token.text in SECONDS and after_pipe:
        return place.refusal(f"{token.text} does not follow a metrics function", f"write | rate() by (span.name) | {token.text}(10)")
    if token.text in FIRSTS and place.at == 0:
        return place.refusal(f"{token.text} has no spans to count", f"begin with a filter: {{ }} | {token.text}(…)")
    if token.text == "coalesce":
        return place.refusal("coalesce() does not follow a stage", "begin with a filter: { } | by(span.name) | coalesce()")
    if token.text.lower() in WORDS:
        return place.refusal(f"found {shown(token.text)}, which TraceQL does not have", WORDS[token.text.lower()])
    if token.text in RENAMED and not after_pipe:
        return place.refusal(f"found {shown(token.text)}, which is no field without a scope", f"write {RENAMED[token.text]}")
    if token.text == "nil":
        return place.refusal(f"found nil, expected {place.expected}", "nil stands only beside = and !=: span.name != nil")
    return None


def _hint(place: _Place) -> str:
    token, before = place.token(), place.token(-1)
    if token.kind == "word" and token.text not in FIELDS:
        near = close(token.text, place.in_braces, before.text == "|")
        if near:
            return f"did you mean {near}?"
        if place.in_braces or place.expected == "a field":
            return f'write span.{token.text} or resource.{token.text}; a string stands in double quotes: "{token.text}"'
        if before.text == "|":
            return "a stage is a filter, by(…), select(…), an aggregate with a comparison, or a metrics function"
    if token.text == "," or (before.text == "," and token.text in (")", "}")):
        return "take the comma away, or write what is missing"
    if place.expected in ("a field", "a field or a value") and token.kind in ("string", "number") and place.owner != "":
        return "a field is a name with its scope: span.name"
    if token.text in LOGICAL and not place.in_braces:
        return "join filters before the first |, conditions inside the braces"
    if token.text in ("+", "-", "*", "/", "%", "^") and not place.in_braces:
        return "write the metrics query in parentheses: ({ } | rate()) * 100"
    if token.text == "|" and "topk" in place.expected:
        return "only | topk(n) and | bottomk(n) follow a metrics function"
    if token.text in ("(", ")", "{", "}"):
        return f'take "{token.text}" away, or write what is missing before it'
    if token.text in COMPARISONS and place.expected == "the end of the query":
        return "nothing follows pipelines in parentheses but with(…)"
    if token.kind in ("attribute", "intrinsic", "string", "number") or token.text in STATUSES | KINDS:
        return "join the two by an operator: && || = != < > + -"
    return f"write {place.expected}"


_RULES: tuple[Callable[[_Place], Refusal | None], ...] = (_unreadable, _end, _pair, _dotted, _intrinsic, _call, _comparison, _word)
