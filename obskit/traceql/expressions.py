"""Field expressions: what stands in braces, in the stage `by()` and in aggregates. A Pratt parser, with TraceQL's own levels."""

from __future__ import annotations

from obskit.traceql.literals import name, number, string
from obskit.traceql.reader import Reader
from obskit.traceql.refusal import Refusal
from obskit.traceql.tree import Binary, Constant, Expr, Field, Scope, Span, Unary, ValueType
from obskit.traceql.words import FIELDS, KINDS, LEVELS, LIMITS, PREFIXES, STATUSES

_WORDS: dict[str, tuple[ValueType, str | int | bool]] = {
    "true": ("bool", True),
    "false": ("bool", False),
    **{word: ("status", word) for word in STATUSES},
    **{word: ("kind", word) for word in KINDS},
    **{word: ("int", value) for word, value in LIMITS.items()},
}
_SCOPES: dict[str, Scope] = {
    "": "", "span": "span", "resource": "resource", "event": "event", "link": "link", "instrumentation": "instrumentation",
    "parent": "parent",
}  # fmt: skip
_PLACED: dict[str, Scope] = {"span": "parent.span", "resource": "parent.resource"}
_COMPARED = LEVELS["="]


def expression(r: Reader, above: int = 0) -> Expr:
    """The expression that stands here, of operators that bind tighter than `above`."""
    start = r.tokens[r.at][2]
    r.enter()
    left = _operand(r)
    height = r.height
    while r.kind == "op" and (level := LEVELS.get(r.text, 0)) > above:
        op, op_span = r.text, r.span
        r.advance()
        right: Expr
        if level == _COMPARED and op in ("=", "!=") and r.is_word("nil"):
            right = _nil(r)
        else:
            right = expression(r, level - 1 if op == "^" else level)
            height = max(height, r.height)
        height += 1
        left = Binary(op=op, left=left, right=right, op_span=op_span, span=(start, r.end))
    r.leave(height)
    return left


def _operand(r: Reader) -> Expr:
    kind, text = r.kind, r.text
    r.height = 1
    if kind in ("attribute", "intrinsic"):
        return field(r, "a field")
    if kind == "word":
        return _word(r)
    if kind in ("string", "number"):
        return constant(r)
    if kind == "op" and text == "(":
        r.advance()
        inner = expression(r)
        r.expect(")", '")" or an operator')
        return inner
    if kind == "op" and text in PREFIXES:
        start = r.start
        r.advance()
        operand = expression(r, PREFIXES[text])
        r.height += 1
        return Unary(op=text, operand=operand, span=(start, r.end))
    return r.fail("a field or a value")


def _word(r: Reader) -> Expr:
    if r.text != "nil":
        return field(r, "a field or a value") if r.text in FIELDS else word(r, "a field or a value")
    start, right = r.start, _nil(r)
    if not (r.is_op("=") or r.is_op("!=")):
        r.at -= 1
        r.fail("a field or a value")
    op, op_span = r.text, r.span
    r.advance()
    left = _nil(r) if r.is_word("nil") else expression(r, _COMPARED)
    r.height += 1
    return Binary(op=op, left=left, right=right, op_span=op_span, span=(start, r.end))


def _nil(r: Reader) -> Constant:
    span = r.span
    r.advance()
    return Constant(type="nil", value=None, span=span)


def word(r: Reader, expected: str) -> Constant:
    """The value that is a bare word."""
    meant = _WORDS.get(r.text) if r.kind == "word" else None
    if meant is None:
        r.fail(expected)
    span = r.span
    r.advance()
    return Constant(type=meant[0], value=meant[1], span=span)


def constant(r: Reader) -> Constant:
    """The string, number or duration that stands here."""
    text, span = r.text, r.span
    if r.kind == "string":
        value, wrong = string(text)
        if wrong:
            hint = "write the backslash twice, or the whole in backquotes: `…`"
            raise Refusal(f'the string holds "{wrong}", which is no escape', span, hint)
        r.advance()
        return Constant(type="string", value=value, span=span)
    meant = number(text)
    if isinstance(meant, str):
        from obskit.traceql.explain import number_hint
        from obskit.traceql.refusal import shown

        raise Refusal(f"{shown(text)} {meant}", span, number_hint(text))
    r.advance()
    return Constant(type=meant[0], value=meant[1], span=span)


def field(r: Reader, expected: str) -> Field:
    """The attribute or intrinsic that stands here."""
    text, span = r.text, r.span
    if r.kind == "attribute":
        found = _attribute(text, span)
        if found is None:
            r.fail("a name after the dot")
    elif r.kind == "intrinsic":
        spelt = text if text in FIELDS else "".join(text.split())
        if spelt not in FIELDS:
            r.fail("a field")
        found = Field(scope="intrinsic", name=spelt, span=span)
    elif r.kind == "word" and text in FIELDS:
        found = Field(scope="intrinsic", name=text, span=span)
    else:
        r.fail(expected)
    r.advance()
    r.fields.append(found)
    return found


def _attribute(text: str, span: Span) -> Field | None:
    prefix, _, rest = text.partition(".")
    scope = _SCOPES[prefix]
    if scope == "parent":
        inner, dot, further = rest.partition(".")
        if dot and inner in _PLACED:
            scope, rest = _PLACED[inner], further
    if not rest:
        return None
    if '"' not in rest:
        return Field(scope=scope, name=rest, span=span)
    value, wrong = name(rest)
    if wrong:
        raise Refusal(f'the name holds "{wrong}", which is no escape', span, 'a quoted name knows \\" and \\\\ only')
    return Field(scope=scope, name=value, span=span)
