"""A TraceQL query asks for a span attribute that no catalogue declares.

No span has it, so the panel stays empty and looks healthy. The attribute is misspelt, was renamed, or is not declared yet:
declare it, or name it in `tool.obskit.lint.external`. What libraries write by themselves under OpenTelemetry's names (`http.…`,
`db.…`) need not be declared, and is told only when it is nearly a declared name; attributes of resources are not judged, nor
are services without any declared attribute.

Bad:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Cost", traceql("{ span.cost.us != nil } | avg_over_time(span.cost.us)"))])

Good:
    cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Cost", traceql("{ span.cost.usd != nil } | avg_over_time(span.cost.usd) by (resource.k8s.pod.name)")),
        timeseries("Slow", traceql('{ span.http.route = "/" && span.cost.usd > 1 } | rate()')),
    ])
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.finding import Severity
from obskit.lint.names_of_spans import arithmetic
from obskit.lint.problem import Problem
from obskit.lint.spans import declares_attributes, is_conventional, is_plain, services
from obskit.lint.telling import told
from obskit.naming import nearest
from obskit.traceql import Field

LEVEL: Severity = "error"

_VERY_NEAR = 0.9


def check(analysed: Analysed) -> Iterator[Problem]:
    """Names of the span's scope that are not declared; unscoped ones where they are nearly a declared name."""
    if not declares_attributes(analysed):
        return
    declared = frozenset(one.service.traces_as for found in analysed.attributes.values() for one in found)
    for one in analysed.traces:
        told_already: set[str] = set()
        asked = services(one)
        if asked is not None and not asked <= declared:
            continue
        for field in one.parsed.fields:
            if field.scope not in ("", "span") or field.name in told_already or not is_plain(one, field):
                continue
            problem = _problem(analysed, one, field, asked)
            if problem is not None:
                told_already.add(field.name)
                yield problem


def _problem(analysed: Analysed, one: Traced, field: Field, asked: frozenset[str] | None) -> Problem | None:
    name = field.name
    found = analysed.attributes.get(name, ())
    if found and (asked is None or any(attribute.service.traces_as in asked for attribute in found)):
        return None
    if any(pattern.fullmatch(name) for pattern in analysed.known.external) or arithmetic(analysed, name):
        return None
    of = [one.name for one in found]
    if of:
        owner = found[0].service.name
        hint = f'it is declared for service "{owner}"; declare it for this one too'
        return told(one, f'no span of {_quoted(asked)} has the attribute "{name}"', field.span, hint)
    near = nearest(name, analysed.attributes)
    if is_conventional(name):
        near = next(iter(difflib.get_close_matches(name, list(analysed.attributes), n=1, cutoff=_VERY_NEAR)), "")
    if not near and (is_conventional(name) or not field.scope):
        return None
    return told(one, f'span attribute "{name}" is not in the catalogue', field.span, _hint(analysed, near))


def _quoted(names: frozenset[str] | None) -> str:
    return " or ".join(f'"{name}"' for name in sorted(names or ()))


def _hint(analysed: Analysed, near: str) -> str:
    if not near:
        return 'declare it in the catalogue, or name it in "external" of [tool.obskit.lint]'
    origin = analysed.attributes[near][0].origin
    return f'did you mean "{near}"?' + (f" declared in {origin}" if origin else "")
