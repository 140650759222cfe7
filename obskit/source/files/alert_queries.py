"""The queries and expressions of a Grafana alert rule: references that exist, no circle, datasources that are fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from obskit.artifact import Place
from obskit.model import Json
from obskit.naming import did_you_mean
from obskit.promql import parse
from obskit.source.extra import Extra
from obskit.source.files.report import Report, called, short

EXPRESSIONS = frozenset(["__expr__", "-100"])
_TYPES = ("math", "reduce", "resample", "classic_conditions", "threshold", "sql")
_REFERENCE = re.compile(r"\$(?:\{([^{}]+)\}|(\w+))")
_VARIABLE = re.compile(r"\$\{DS_\w+\}|\$\{?datasource\}?|\[\[\w+\]\]", re.IGNORECASE)
_COMPARISONS = frozenset(["==", "!=", "<", ">", "<=", ">="])
_DATA = {
    "refId": "scalar", "queryType": "scalar", "relativeTimeRange": "object", "datasourceUid": "scalar", "model": "object",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    ref: str
    source: str
    kind: str
    """Of an expression: math, reduce, …"""
    uses: tuple[str, ...]
    model: Json
    place: Place

    @property
    def is_expression(self) -> bool:
        return self.source in EXPRESSIONS

    @property
    def promql(self) -> str:
        """The query, if it is one in PromQL."""
        source = self.model.get("datasource")
        type_ = source.get("type") if isinstance(source, dict) else None
        text = self.model.get("expr")
        if self.is_expression or not isinstance(text, str) or type_ not in ("prometheus", None):
            return ""
        return "" if type_ is None and self.model.get("queryType") in ("range", "instant", "stats") else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The data of one rule, by reference; `what` is how messages call the rule."""

    what: str
    parts: dict[str, _One]

    @classmethod
    def of(cls, items: list[tuple[Json, Place]], what: str, report: Report) -> Asking:
        parts: dict[str, _One] = {}
        for item, place in items:
            found = report.members(item, place, f"a query of {what}", _DATA, strict=False)
            ref = found.get("refId", "")
            if not ref:
                report.error(place, f"a query of {what} has no refId", "refId: A")
            elif ref in parts:
                report.error((*place, "refId"), f'{what} has two queries "{short(ref)}"', "give each its own refId")
            else:
                parts[ref] = _part(found, ref, place, what, report)
        return cls(what=what, parts=parts)


def _part(found: Json, ref: str, place: Place, what: str, report: Report) -> _One:
    source, model = found.get("datasourceUid", ""), found.get("model", {})
    kind = model.get("type") if isinstance(model.get("type"), str) else ""
    if not source and "datasourceUid" not in found:
        report.error(place, f'query "{short(ref)}" of {what} has no datasourceUid', 'an expression has "__expr__"')
    elif _VARIABLE.fullmatch(source):
        hint = "a rule has no variables: write the uid of the datasource, or set an environment variable of that name"
        report.warning((*place, "datasourceUid"), f'query "{short(ref)}" of {what} asks the datasource "{short(source)}"', hint)
    if source in EXPRESSIONS and kind not in _TYPES:
        hint = did_you_mean(str(kind), _TYPES) or "one of: " + ", ".join(_TYPES)
        report.error((*place, "model", "type"), f'expression "{short(ref)}" of {what} has the type "{short(kind)}"', hint)
    uses = tuple(_uses(model, str(kind))) if source in EXPRESSIONS else ()
    return _One(ref=ref, source=source, kind=str(kind), uses=uses, model=model, place=place)


def _uses(model: Json, kind: str) -> Iterator[str]:
    """The references that an expression makes."""
    text = model.get("expression")
    if kind == "classic_conditions":
        conditions = model.get("conditions")
        for condition in conditions if isinstance(conditions, list) else ():
            query = condition.get("query") if isinstance(condition, dict) else None
            params = query.get("params") if isinstance(query, dict) else None
            if isinstance(params, list) and params and isinstance(params[0], str):
                yield params[0]
    elif isinstance(text, str) and kind == "math":
        yield from (match[1] or match[2] for match in _REFERENCE.finditer(text))
    elif isinstance(text, str) and text and kind in ("reduce", "resample", "threshold"):
        match = _REFERENCE.fullmatch(text.strip())
        yield (match[1] or match[2]) if match else text.strip()


def judge(asking: Asking, condition: str, place: Place, report: Report) -> None:
    """What is wrong with how the parts of a rule refer to each other."""
    parts, what = asking.parts, asking.what
    if condition and parts and condition not in parts and "$" not in condition:
        hint = did_you_mean(condition, parts) or "it has: " + ", ".join(parts)
        report.error((*place, "condition"), f'the condition "{short(condition)}" of {what} is none of its queries', hint)
    for part in parts.values():
        at = (*part.place, "model")
        for use in part.uses:
            if use not in parts:
                hint = did_you_mean(use, parts) or "it has: " + ", ".join(parts)
                report.error((*at, "expression"), f'expression "{short(part.ref)}" of {what} asks for "{short(use)}"', hint)
        if part.is_expression and not part.uses and part.kind not in ("sql", "math", ""):
            report.error(at, f'expression "{short(part.ref)}" of {what} asks for nothing', "expression: A")
        if part.kind == "threshold":
            _compared_before(asking, part, report)
    circle = _circle(parts)
    if circle:
        report.error((*parts[circle[0]].place, "model"), f"the expressions of {what} go in a circle: {' → '.join(circle)}")


def _compared_before(asking: Asking, threshold: _One, report: Report) -> None:
    """A comparison in PromQL leaves nothing below it: a threshold after it sees values and never their absence."""
    waiting, seen = list(threshold.uses), set[str]()
    while waiting:
        ref = waiting.pop()
        part = asking.parts.get(ref)
        if part is None or ref in seen:
            continue
        seen.add(ref)
        if part.kind in ("reduce", "resample"):
            waiting += part.uses
        text = part.promql
        ast = parse(text).ast if text and any(sign in text for sign in _COMPARISONS) else None
        if type(ast).__name__ == "BinaryExpr" and str(getattr(ast, "op", "")) in _COMPARISONS and not _is_bool(ast):
            hint = "leave the comparison to one of them, or write `bool` after it"
            report.warning(
                (*part.place, "model", "expr"), f'query "{short(ref)}" of {asking.what} compares, and so does "{threshold.ref}"', hint
            )


def _is_bool(ast: object) -> bool:
    modifier = getattr(ast, "modifier", None)
    return bool(getattr(modifier, "return_bool", False))


def _circle(parts: dict[str, _One]) -> tuple[str, ...]:
    """References that lead back to their beginning, or nothing."""
    done: set[str] = set()
    for start in parts:
        path: list[str] = []
        waiting: list[tuple[str, int]] = [(start, 0)]
        while waiting:
            ref, depth = waiting.pop()
            done.update(path[depth:])
            del path[depth:]
            if ref in path:
                return (*path[path.index(ref) :], ref)
            if ref in done or ref not in parts:
                continue
            path.append(ref)
            waiting += [(use, depth + 1) for use in parts[ref].uses]
        done.update(path)
    return ()


def extras(asking: Asking, report: Report) -> Iterator[Extra]:
    """The queries in PromQL; a text that is none is an error."""
    for part in asking.parts.values():
        text = part.model.get("expr")
        if text is not None and not isinstance(text, str) and not part.is_expression:
            report.error((*part.place, "model", "expr"), f'the expr of query "{short(part.ref)}" must be text, not {called(text)}')
        if part.promql.strip():
            origin = report.document.origin((*part.place, "model", "expr"), f"{asking.what}, query {part.ref}")
            yield Extra(text=part.promql, origin=origin, owner=report.document.name)
