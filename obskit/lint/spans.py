"""What the fields of a TraceQL query can be: the attributes declared for the services whose spans it asks for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from obskit.analysis import Analysed, Traced
from obskit.lint.filters import filters
from obskit.semantics.labels import literals
from obskit.traceql import Binary, Comparison, Expr, Field, MetricsQuery, Query, Unary, comparisons, metrics

if TYPE_CHECKING:
    from obskit.catalog import SpanAttribute

SERVICE = "service.name"
_PLAIN = re.compile(r'(?:resource)?\.service\.name\s*=\s*"([^"\\$\[]+)"')
_OPEN = frozenset(
    ("browser", "client", "cloud", "code", "container", "db", "deployment", "device", "dotnet", "enduser", "error", "event",
     "exception", "faas", "feature_flag", "file", "gen_ai", "graphql", "host", "http", "jvm", "k8s", "messaging", "net", "network",
     "nodejs", "os", "otel", "peer", "process", "rpc", "server", "service", "session", "source", "telemetry", "thread", "tls", "url",
     "user", "user_agent", "webengine")
)  # fmt: skip


def declares_attributes(analysed: Analysed) -> bool:
    """Whether the project says what its spans carry, and no module that may say more of it is missing."""
    return bool(analysed.attributes) and (analysed.declares_signals or not analysed.project.faults)


def is_conventional(name: str) -> bool:
    """Whether a name lies in a namespace of OpenTelemetry's conventions: libraries write such attributes by themselves."""
    return name.partition(".")[0] in _OPEN and "." in name


def is_plain(one: Traced, field: Field) -> bool:
    """Whether a field's name is the author's, and no variable is part of it."""
    return not one.parsed.variables or not one.parsed.variables_in(field.span)


def of_service(one: Traced) -> tuple[Comparison, ...]:
    """The conditions on `service.name`, of the resource or unscoped."""
    tree = one.parsed.tree
    if tree is None or SERVICE not in one.text:
        return ()
    return tuple([found for found in compared(tree, (SERVICE,)) if found.field.scope in ("", "resource")])


def compared(tree: Query, names: Container[str]) -> Iterator[Comparison]:
    """The comparisons in filters of fields with these names with constants, in source order."""
    for each in filters(tree):
        if each.expr is not None:
            yield from _compared(each.expr, names)


def _compared(expr: Expr, names: Container[str]) -> Iterator[Comparison]:
    if isinstance(expr, Binary):
        if any(isinstance(side, Field) and side.name in names for side in (expr.left, expr.right)):
            yield from comparisons(expr)
        else:
            yield from _compared(expr.left, names)
            yield from _compared(expr.right, names)
    elif isinstance(expr, Unary):
        yield from _compared(expr.operand, names)


def measured(tree: Query) -> tuple[MetricsQuery, ...]:
    """The metrics queries of a tree, in source order."""
    return (tree.root,) if isinstance(tree.root, MetricsQuery) else metrics(tree)


def named(one: Traced, condition: Comparison) -> tuple[str, ...] | None:
    """The values that `=` or `=~` spells out; None for any other condition."""
    value = condition.value.value
    if not isinstance(value, str) or one.parsed.variables_in(condition.value.span):
        return None
    return (value,) if condition.op == "=" else literals(value) if condition.op == "=~" else None


def services(one: Traced) -> frozenset[str] | None:
    """The `service.name` of all spans that a query is about; None where it does not say so plainly."""
    if SERVICE not in one.text or "||" in one.text or one.parsed.tree is None:
        return None
    plain = plain_service(one)
    if plain and one.text.count("{") == 1:
        return frozenset((plain,))
    found: set[str] = set()
    conditions = of_service(one)
    for condition in conditions:
        values = named(one, condition)
        if values is None:
            return None
        found.update(values)
    return frozenset(found) if found and sum(1 for _ in filters(one.parsed.tree)) <= len(conditions) else None


def plain_service(one: Traced) -> str:
    """The service of a query that names one, once and literally; empty for all other queries. Quick to tell."""
    match = _PLAIN.search(one.text) if one.text.count(SERVICE) == 1 else None
    if match is None or not any(field.span[0] == match.start() and field.name == SERVICE for field in one.parsed.fields):
        return ""
    return match[1]


def attributes(analysed: Analysed, one: Traced, field: Field) -> tuple[SpanAttribute, ...]:
    """The declared attributes that a field of a span can be; empty where that is unknown.

    Of a service without declared attributes nothing is known: a query about it has none.
    """
    if field.scope not in ("", "span") or not is_plain(one, field):
        return ()
    found = analysed.attributes.get(field.name, ())
    asked = services(one) if found else None
    return found if asked is None else tuple([attribute for attribute in found if attribute.service.traces_as in asked])
