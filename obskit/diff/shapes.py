"""A PromQL query as plain values that can be compared: what it asks, without its layout, parentheses and the order of its matchers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from obskit.diff.texts import number
from obskit.duration import Duration
from obskit.model import references
from obskit.promql import SENTINELS, Parsed, nodes, parse

STAND_IN = "obskit_variable_"
"""What a variable in a name or a string is called while the query is read, before its own name."""
_BUILT_IN = {length: f"${name}" for name, length in SENTINELS.items() if name}
_CUSTOM = SENTINELS[""]
_SLOTS = frozenset({"string", "label", "name", "duration"})
"""Where the name of a variable survives the reading."""


class Shape(NamedTuple):
    """One node: its kind, its name (metric, function, operator, number), its traits in words, the nodes below."""

    kind: str
    name: str
    traits: Mapping[str, Any]
    parts: tuple[Shape, ...]


class Read(NamedTuple):
    """A query that was read; `spelled` are its variables as they are written, in source order; `loose` those whose place loses them."""

    shape: Shape
    spelled: tuple[str, ...]
    loose: tuple[str, ...]
    own: tuple[str, ...]
    """The duration variables that are no built-in ones."""


_NONE: Mapping[str, Any] = MappingProxyType({})


def read(text: str) -> Read | None:
    """The query, or None for one that is no PromQL or whose tree cannot be taken apart safely."""
    parsed = parse(text, {name: STAND_IN + name for name in references(text)} if "$" in text or "[[" in text else {})
    if parsed.ast is None and parsed.variables:
        parsed = parse(text)
    if parsed.ast is None or _has_negative_at(parsed):
        return None
    spelled = tuple([_form(parsed.text[slice(*use.span)]) for use in parsed.variables])
    loose = tuple([form for form, use in zip(spelled, parsed.variables, strict=True) if use.slot not in _SLOTS])
    own = tuple(dict.fromkeys(use.name for use in parsed.variables if use.slot == "duration" and use.name not in SENTINELS))
    return Read(_Reader(own).read(parsed), spelled, loose, own)


def restored(text: str) -> str:
    """A name or string with its variables as an author writes them."""
    return text.replace(STAND_IN, "$")


def _form(written: str) -> str:
    """One spelling of a variable: `$a`, `${a}` and `[[a]]` are the same, `${a:regex}` is not."""
    return written[2:-1] if written.startswith("${") else written[2:-2] if written.startswith("[[") else written[1:]


def _has_negative_at(parsed: Parsed) -> bool:
    """Whether the query pins a time before 1970, which the parser's tree cannot tell."""
    if "@" not in parsed.text:
        return False
    return any(first.text == "@" and second.text == "-" for first, second in zip(parsed.tokens, parsed.tokens[1:], strict=False))


class _Reader:
    """Builds shapes from the tree, children before parents."""

    def __init__(self, own: tuple[str, ...]) -> None:
        self.variable = f"${own[0]}" if len(own) == 1 else "$…"
        self.stack: list[Shape] = []

    def read(self, parsed: Parsed) -> Shape:
        self.selectors = list(parsed.selectors)
        for node in reversed(nodes(parsed.ast)):  # type: ignore[arg-type]  # there is a tree
            _MAKERS[type(node).__name__](self, node)
        return self.stack.pop()

    def taken(self, count: int) -> tuple[Shape, ...]:
        return tuple([self.stack.pop() for _ in range(count)])

    def length(self, given: timedelta | None) -> str:
        if given is None:
            return ""
        milliseconds = (given.days * 86_400 + given.seconds) * 1000 + given.microseconds // 1000
        size = abs(milliseconds)
        text = _BUILT_IN.get(size) or (self.variable if size == _CUSTOM else str(Duration(size)))
        return f"-{text}" if milliseconds < 0 else text

    def times(self, node: Any) -> dict[str, str]:
        found = {"offset": self.length(node.offset), "at": _at(node.at)}
        return {name: value for name, value in found.items() if value}

    def put(self, kind: str, name: str, traits: Mapping[str, Any], parts: tuple[Shape, ...] = ()) -> None:
        self.stack.append(Shape(kind, name, traits or _NONE, parts))


def _at(at: Any) -> str:
    if at is None:
        return ""
    kind = str(at.type).rpartition(".")[2].lower()
    return f"{kind}()" if kind != "at" else number(at.at.timestamp())


def _selector(reader: _Reader, node: Any) -> None:
    from obskit.promql.tree import OPERATORS

    name = node.name or ""
    matchers = set()
    for one in node.matchers.matchers:
        op = OPERATORS[str(one.op)]
        if one.name == "__name__" and op == "=":
            name = one.value
        else:
            matchers.add((one.name, op, one.value))
    reader.put("selector", name, {"matchers": frozenset(matchers), **reader.times(node)})


def _range(reader: _Reader, node: Any) -> None:
    (of,) = reader.taken(1)
    reader.stack.append(of._replace(traits={**of.traits, "window": reader.length(node.range)}))


def _subquery(reader: _Reader, node: Any) -> None:
    traits = {"window": reader.length(node.range), **reader.times(node)}
    reader.put("subquery", "", traits | ({"step": reader.length(node.step)} if node.step is not None else {}), reader.taken(1))


def _call(reader: _Reader, node: Any) -> None:
    reader.put("call", node.func.name, _NONE, reader.taken(len(node.args)))


def _aggregate(reader: _Reader, node: Any) -> None:
    traits: dict[str, Any] = {}
    if node.modifier is not None:
        word = "by" if str(node.modifier.type).endswith(".By") else "without"
        if node.modifier.labels or word == "without":  # `by ()` is what no modifier means
            traits[word] = frozenset(node.modifier.labels)
    reader.put("aggregate", str(node.op), traits, reader.taken(1 if node.param is None else 2))


def _binary(reader: _Reader, node: Any) -> None:
    traits: dict[str, Any] = {}
    modifier = node.modifier
    if modifier is not None:
        card = str(modifier.card)
        if modifier.matching is not None:
            on = str(modifier.matching.type).endswith(".Include")
            if on or modifier.matching.labels:
                traits["on" if on else "ignoring"] = frozenset(modifier.matching.labels)
        group = "group_left" if card.endswith(".ManyToOne") else "group_right" if card.endswith(".OneToMany") else ""
        if group:
            traits[group] = frozenset(modifier.group_labels or ())
        if modifier.return_bool:
            traits["bool"] = True
    reader.put("binary", str(node.op), traits, reader.taken(2))


def _unary(reader: _Reader, node: Any) -> None:  # noqa: ARG001  # the same call for every kind of node
    (of,) = reader.taken(1)
    if of.kind == "number":
        reader.put("number", number(-float(of.name)), _NONE)
    else:
        reader.put("negated", "-", _NONE, (of,))


def _number(reader: _Reader, node: Any) -> None:
    reader.put("number", number(node.val), _NONE)


def _text(reader: _Reader, node: Any) -> None:
    reader.put("text", node.val, _NONE)


_MAKERS: Mapping[str, Callable[[_Reader, Any], None]] = {
    "VectorSelector": _selector,
    "MatrixSelector": _range,
    "SubqueryExpr": _subquery,
    "Call": _call,
    "AggregateExpr": _aggregate,
    "BinaryExpr": _binary,
    "UnaryExpr": _unary,
    "ParenExpr": lambda _reader, _node: None,
    "NumberLiteral": _number,
    "StringLiteral": _text,
}
