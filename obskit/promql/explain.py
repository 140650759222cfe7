"""The parser's refusals in words an operator can act on, with the place the parser does not tell.

The patterns are the messages of promql-parser 0.12.0, which gives no positions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from obskit.naming import did_you_mean
from obskit.promql.fault import Fault, between, shown
from obskit.promql.functions import FUNCTIONS, REMOVED
from obskit.promql.lexical import beyond, newer
from obskit.promql.positions import Span
from obskit.promql.slips import slip
from obskit.promql.tokens import AGGREGATIONS, COMPARISONS, GROUPING, SET_OPERATORS, Token, closers
from obskit.promql.tree import parser

_TYPES = {"vector": "an instant vector", "matrix": "a range vector", "scalar": "a number", "string": "a string"}
_MOST_CANDIDATES = 20
_OFFSET = frozenset({"offset"})
_GROUPS = frozenset({"group_left", "group_right"})
_GRAMMAR = ("unknown escape", "no arguments for aggregate", "ranges only allowed", "offset", "@ m", "duration must be")
"""Refusals of the text itself; the others know what every part is, and that the parts do not fit."""

_ZEROS = frozenset({"0", "0s", "0m", "0h", "0ms", "0d"})


def explained(refusal: str, text: str, tokens: tuple[Token, ...]) -> Fault:
    """The fault behind the parser's message; `text` is what it was given, `tokens` its tokens without comments."""
    fault = newer(tokens) or _template(tokens)
    if fault is not None:
        return fault
    place = _Place(refusal, text, tokens)
    for pattern, explain in _EXPLANATIONS:
        found = pattern.search(refusal)
        if found is not None:
            fault = explain(found, place)
            is_grammar = fault.stage != "syntax" or any(part in refusal for part in _GRAMMAR)
            return fault if is_grammar else fault._replace(stage="validation")
    return slip(tokens) or Fault("the query is not valid PromQL", None, "look for a missing operator, comma or bracket")


def _template(tokens: tuple[Token, ...]) -> Fault | None:
    """`%(name)s`, as template languages write it."""
    for percent, bracket, name, close, letter in zip(tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:], strict=False):
        adjacent = percent.end == bracket.start and close.end == letter.start
        if adjacent and (percent.text, bracket.text, close.text) == ("%", "(", ")") and name.word() and letter.text[:1] in ("s", "d"):
            return Fault("template text is left in the query", between(percent, letter), f"expand %({name.text})s before the query is used")
    return None


class _Place:
    """Where a refusal may come from: each question gives the span of one token or call, or None when it could be several."""

    def __init__(self, refusal: str, text: str, tokens: tuple[Token, ...]) -> None:
        self.refusal = refusal
        self.text = text
        self.tokens = tokens

    def call(self, names: frozenset[str]) -> tuple[str, Span | None]:
        """The innermost call of one of `names` that alone is refused with the same message: its name as written, and where."""
        pairs = closers(self.tokens)
        calls = [(token, end) for index, token in enumerate(self.tokens) if (end := self._end(index, names, pairs)) is not None]
        if len(calls) == 1:
            return calls[0][0].text, calls[0][0].span
        if len(calls) > _MOST_CANDIDATES:
            return "", None
        refused = [(end - token.start, token) for token, end in calls if self._refused_alike(self.text[token.start : end])]
        if not refused:
            return "", None
        _, innermost = min(refused, key=lambda found: found[0])
        return innermost.text, innermost.span

    def only(self, texts: frozenset[str]) -> Span | None:
        """The one token with such a text."""
        found = [token for token in self.tokens if token.text.lower() in texts and token.kind != "string"]
        return found[0].span if len(found) == 1 else None

    def matcher(self, value: str) -> Span | None:
        """The one string whose content is `value`, with its label and operator."""
        found = [index for index, token in enumerate(self.tokens) if token.kind == "string" and _content(token.text) == value]
        if len(found) != 1:
            return None
        return between(self.tokens[max(found[0] - 2, 0)], self.tokens[found[0]])

    def _end(self, index: int, names: frozenset[str], pairs: dict[int, int]) -> int | None:
        """Where the call ends that the token at `index` begins, if it does."""
        if self.tokens[index].text not in names and self.tokens[index].word() not in names & AGGREGATIONS:
            return None
        at = index + 1
        if at + 1 in pairs and self.tokens[at].word() in GROUPING:
            at = pairs[at + 1] + 1
        if at >= len(self.tokens) or self.tokens[at].text != "(" or at not in pairs:
            return None
        return self.tokens[pairs[at]].end

    def _refused_alike(self, text: str) -> bool:
        try:
            parser().parse(text)
        except ValueError as refusal:
            return str(refusal) == self.refusal
        return False


def _content(text: str) -> str:
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _wrong_type(found: re.Match[str], place: _Place) -> Fault:
    wanted, name, given = found["wanted"], found["name"], found["given"]
    _, span = place.call(frozenset({name}))
    message = f'function "{name}" needs {_TYPES.get(wanted, wanted)}, and gets {_TYPES.get(given, given)}'
    hint = f"see what each argument of {name} must be"
    if wanted == "matrix":
        hint = f"give it a range: {name}(metric[5m]); over an expression, a subquery: {name}((expression)[30m:1m])"
    elif wanted == "vector" and given == "matrix":
        hint = "remove the range, or wrap it in a function of ranges such as rate or avg_over_time"
    elif wanted == "scalar":
        hint = "write a number, or wrap the vector in scalar()"
    elif wanted == "string":
        hint = "put it in quotes"
    return Fault(message, span, hint)


def _wrong_aggregate_type(found: re.Match[str], place: _Place) -> Fault:
    name, span = place.call(AGGREGATIONS)
    what = f'"{name}"' if name else "an aggregation"
    wanted, given = (_TYPES.get(kind, kind) for kind in (found["wanted"], found["given"]))
    hint = "wrap a range in a function such as rate first" if found["given"] == "matrix" else "see the arguments of this aggregation"
    return Fault(f"{what} needs {wanted}, and gets {given}", span, hint)


def _wrong_count(found: re.Match[str], place: _Place) -> Fault:
    name = found["name"]
    _, span = place.call(frozenset({name}))
    return Fault(f'function "{name}" needs {_arguments(found["wanted"])}, and gets {found["given"]}', span, f"see the arguments of {name}")


def _wrong_aggregate_count(found: re.Match[str], place: _Place) -> Fault:
    name, span = place.call(AGGREGATIONS)
    what = f'"{name}"' if name else "an aggregation"
    if "wanted" not in found.groupdict():
        return Fault(f"{what} aggregates nothing", span, "write an expression in its parentheses")
    one = found["wanted"] == "1"
    hint = "it takes one expression" if one else "the parameter comes first: topk(5, expression), quantile(0.9, expression)"
    return Fault(f"{what} needs {_arguments(found['wanted'])}, and gets {found['given']}", span, hint)


def _arguments(count: str) -> str:
    return "1 argument" if count == "1" else f"{count} arguments"


def _empty_selector(_found: re.Match[str], place: _Place) -> Fault:
    span = place.only(frozenset({"info"}))
    if span is not None and "info" in (token.text for token in place.tokens):
        return beyond('"info" with a selector of labels', next(token for token in place.tokens if token.span == span))
    return Fault("the selector matches everything", None, "add a metric name, or a matcher that demands a value")


def _unknown_function(found: re.Match[str], place: _Place) -> Fault:
    name = found["name"]
    called = [
        token
        for token, after in zip(place.tokens, place.tokens[1:], strict=False)
        if token.text == name and token.kind == "identifier" and after.text == "("
    ]
    hint = did_you_mean(name.lower(), FUNCTIONS | AGGREGATIONS | REMOVED.keys()) or "check the name, and the version of Prometheus"
    return Fault(f'there is no function "{name}"', called[0].span if called else None, hint)


def _bad_regex(found: re.Match[str], place: _Place) -> Fault:
    value = found["value"]
    hint = "it is RE2: no lookahead, no backreferences; close every ( and ["
    return Fault(f"the regex {shown(value)} is not valid", place.matcher(value), hint)


def _bad_escape(found: re.Match[str], place: _Place) -> Fault:
    mark = "\\" + found["mark"]
    strings = [token for token in place.tokens if token.kind == "string" and mark in token.text.replace("\\\\", "  ")]
    span = None
    if strings:
        at = strings[0].start + strings[0].text.replace("\\\\", "  ").index(mark)
        span = (at, at + 2)
    return Fault(f'"{mark}" is not an escape in a string', span, f'write "\\{mark}", or put the string in backquotes')


def _fixed(message: str, hint: str, texts: frozenset[str] = frozenset()) -> Callable[[re.Match[str], _Place], Fault]:
    """An explanation whose words do not depend on the query; it points at the one token among `texts`."""
    return lambda found, place: Fault(message.format(*found.groups()), place.only(texts), hint)


_EXPLANATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Place], Fault]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), explain)
    for pattern, explain in (
        (r"expected type (?P<wanted>\w+) in call to function '(?P<name>\w+)', got (?P<given>\w+)", _wrong_type),
        (r"expected type (?P<wanted>\w+) in aggregation .*got (?P<given>\w+)", _wrong_aggregate_type),
        (r"expected (?P<wanted>.+?) argument\(s\) in call to '(?P<name>\w+)', got (?P<given>\d+)", _wrong_count),
        (r"wrong number of arguments for aggregate .*expected (?P<wanted>\d+), got (?P<given>\d+)", _wrong_aggregate_count),
        (r"no arguments for aggregate", _wrong_aggregate_count),
        (r"unknown function with name '(?P<name>.*)'", _unknown_function),
        (r"illegal regex for (?P<value>.*)", _bad_regex),
        (r"unknown escape sequence '(?P<mark>.)'", _bad_escape),
        (
            r"comparisons between scalars must use BOOL",
            _fixed("a comparison of two numbers needs \"bool\"", 'write it after the operator: "== bool"', COMPARISONS),
        ),
        (
            r"set operator '?(\w+)'? not allowed",
            _fixed('"{}" joins vectors, and one side is a number', "wrap the number in vector()", SET_OPERATORS),
        ),
        (
            r"label '(.*)' must not occur in ON and GROUP",
            _fixed('label "{}" is both matched on and copied', "leave it out of group_left or group_right", _GROUPS),
        ),
        (r"metric name must not be set twice", _fixed("the metric has two names", "keep the name in front of the braces only")),
        (r"at least one non-empty matcher", _empty_selector),
        (
            r"ranges only allowed for vector",
            _fixed("a range follows something that is no metric", "write a subquery: (expression)[30m:1m]"),
        ),
        (
            r"subquery is only allowed on vector, got matrix",
            _fixed("a subquery follows a range vector", "wrap the range in a function such as rate first"),
        ),
        (
            r"no offset modifiers allowed before range",
            _fixed("the offset stands before the range", "write metric[5m] offset 1h", _OFFSET),
        ),
        (r"offset may not be set multiple", _fixed("there is more than one offset", "add them up into one")),
        (
            r"offset modifier must be preceded by",
            _fixed("the offset follows no metric", "move it behind the metric it shifts: sum(metric offset 1h)", _OFFSET),
        ),
        (r"@ may not be set multiple", _fixed('there is more than one "@"', "keep one")),
        (r"@ modifier must be preceded by", _fixed('"@" follows no metric', "move it behind the metric", frozenset({"@"}))),
        (r"duration must be greater than 0", _fixed("a duration of zero selects nothing", "write a longer one: [5m]", _ZEROS)),
        (
            r"unexpected end of input in offset",
            _fixed('"offset" has no duration', "write a duration after it: offset 5m", _OFFSET),
        ),
        (
            r"vector matching only allowed between (?:instant )?vectors",
            _fixed('"on" and "ignoring" match vectors, and one side is a number', "remove the matching", frozenset({"on", "ignoring"})),
        ),
        (
            r"bool modifier can only be used on comparison",
            _fixed('"bool" belongs to a comparison', "remove it", frozenset({"bool"})),
        ),
        (
            r"must contain only scalar and instant vector",
            _fixed("an operator joins instant vectors and numbers only", "wrap a range in a function such as rate; remove strings"),
        ),
        (r"unary expression only allowed", _fixed("a sign stands before something that is no vector or number", "remove it")),
    )
)
