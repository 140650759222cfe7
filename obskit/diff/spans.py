"""Two TraceQL queries side by side: what changed in filters, functions, groupings and limits, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from obskit.diff.changes import Edit, Rename
from obskit.diff.shapes import STAND_IN, restored
from obskit.diff.texts import number
from obskit.diff.walking import UnfitError
from obskit.traceql import (
    Binary,
    Constant,
    Field,
    Filter,
    Limit,
    MetricsQuery,
    MetricsStage,
    Pipeline,
    Query,
    ScalarFilter,
    SelectStage,
    Threshold,
    conjuncts,
    parse,
    spelling,
)
from obskit.traceql.layout import of_expression

_SAME = "same field"


def spans(before: str, after: str) -> tuple[Edit, ...] | None:
    """The edits between two texts, none when they ask the same; None when there are no words. Never raises."""
    one, two = _read(before), _read(after)
    if one is None or two is None:
        return None
    (first, forms), (second, others) = one, two
    try:
        if first == second:
            return () if forms == others else None
        if sorted(_formats(forms)) != sorted(_formats(others)):
            return None
        return tuple(dict.fromkeys(_query(first, second)))
    except (UnfitError, RecursionError):
        return None


def _read(text: str) -> tuple[Query, tuple[str, ...]] | None:
    parsed = parse(text)
    if parsed.variables:
        values = {use.name: STAND_IN + use.name for use in parsed.variables if use.slot == "string"}
        again = parse(text, values)
        parsed = again if again.tree is not None else parsed
    if parsed.tree is None:
        return None
    return parsed.tree, tuple(parsed.text[slice(*use.span)].strip("${}[]") for use in parsed.variables)


def _formats(forms: Sequence[str]) -> list[str]:
    """The variables that are formatted, as they are written: a format has no words of its own."""
    return [form for form in forms if ":" in form or "." in form]


def _query(before: Query, after: Query) -> Iterator[Edit]:
    if before.hints != after.hints:
        texts = [", ".join(f"{hint.name}={_text(hint.value)}" for hint in one.hints) for one in (before, after)]
        yield Edit(what="hints", before=texts[0] or None, after=texts[1] or None)
    yield from _root(before.root, after.root)


def _root(before: Any, after: Any) -> Iterator[Edit]:
    if isinstance(before, MetricsQuery) and isinstance(after, MetricsQuery):
        yield from _root(before.pipeline, after.pipeline)
        yield from _measured(before.stage, after.stage)
        yield from _seconds(before.seconds, after.seconds)
    elif isinstance(before, Pipeline) and isinstance(after, Pipeline) and len(before.stages) == len(after.stages):
        for one, two in zip(before.stages, after.stages, strict=True):
            yield from _stage(one, two)
    elif before != after:
        yield from _stage(before, after)


def _stage(before: Any, after: Any) -> Iterator[Edit]:
    if before == after:
        return
    if isinstance(before, Filter) and isinstance(after, Filter):
        yield from _filter(before, after)
    elif isinstance(before, ScalarFilter) and isinstance(after, ScalarFilter) and before.left == after.left:
        texts = [f"{of_expression(one.left)} {one.op} {of_expression(one.right)}" for one in (before, after)]
        yield Edit(what="threshold", before=texts[0], after=texts[1])
    elif isinstance(before, SelectStage) and isinstance(after, SelectStage):
        texts = [", ".join(_fields(one.fields)) for one in (before, after)]
        yield Edit(what="selected", before=texts[0], after=texts[1], rename=_renamed(before.fields, after.fields))
    else:
        raise UnfitError


def _filter(before: Filter, after: Filter) -> Iterator[Edit]:
    gone, come = ([] if one.expr is None else list(conjuncts(one.expr)) for one in (before, after))
    same = [one for one in gone if one in come]
    if not same and len(gone) > 1 and len(come) > 1 and len(gone) != len(come):
        raise UnfitError
    gone, come = [one for one in gone if one not in same], [one for one in come if one not in same]
    for one in gone:
        other, rename = next(((two, found) for two in come if (found := _partner(one, two)) is not None), (None, _SAME))
        if other is None:
            yield Edit(what="condition", before=_text(one))
        else:
            come.remove(other)
            yield Edit(what="condition", before=_text(one), after=_text(other), rename=rename if isinstance(rename, Rename) else None)
    yield from (Edit(what="condition", after=_text(one)) for one in come)


def _partner(one: Any, two: Any) -> Rename | str | None:
    """How a condition became another: by a new value (a word), or by a new name of its field; None: it did not."""
    if not (isinstance(one, Binary) and isinstance(two, Binary) and isinstance(one.left, Field) and isinstance(two.left, Field)):
        return None
    if one.left == two.left:
        return _SAME
    if (one.op, one.right) == (two.op, two.right):
        return _rename(one.left, two.left)
    return None


def _rename(one: Field, two: Field, sure: bool = True) -> Rename | None:
    if "intrinsic" in (one.scope, two.scope) or one.name == two.name:
        return None
    return Rename(kind="attribute", before=one.name, after=two.name, sure=sure)


def _renamed(before: Sequence[Field], after: Sequence[Field]) -> Rename | None:
    differing = [(one, two) for one, two in zip(before, after, strict=False) if one != two]
    return _rename(*differing[0], sure=False) if len(before) == len(after) and len(differing) == 1 else None


def _measured(before: MetricsStage, after: MetricsStage) -> Iterator[Edit]:
    if before.function != after.function:
        yield Edit(what="function", before=before.function, after=after.function)
    if before.field != after.field:
        first, second = (None if one.field is None else spelling(one.field) for one in (before, after))
        rename = _rename(before.field, after.field, sure=False) if before.field is not None and after.field is not None else None
        yield Edit(what="attribute measured", before=first, after=second, rename=rename)
    if before.filter != after.filter:
        if before.filter is None or after.filter is None:
            raise UnfitError
        yield from _filter(before.filter, after.filter)
    if before.numbers != after.numbers:
        texts = [", ".join(_text(value) for value in one.numbers) for one in (before, after)]
        what = "quantiles" if after.function == "quantile_over_time" else "arguments"
        yield Edit(what=what, before=texts[0] or None, after=texts[1] or None)
    if before.by != after.by:
        texts = [f"by ({', '.join(_fields(one.by))})" if one.by else "none" for one in (before, after)]
        yield Edit(what="grouping", before=texts[0], after=texts[1], rename=_renamed(before.by, after.by))


def _seconds(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Edit]:
    for kind, what in ((Limit, "limit"), (Threshold, "threshold")):
        first, second = (", ".join(_second(one) for one in given if isinstance(one, kind)) for given in (before, after))
        if first != second:
            yield Edit(what=what, before=first or None, after=second or None)
    if [type(one) for one in before] != [type(one) for one in after] and {type(one) for one in before} == {type(one) for one in after}:
        raise UnfitError


def _second(one: Any) -> str:
    return f"{one.function}({one.count})" if isinstance(one, Limit) else f"{one.op} {of_expression(one.value)}"


def _fields(fields: Sequence[Field]) -> list[str]:
    return [restored(spelling(one)) for one in fields]


def _text(node: Any) -> str:
    if isinstance(node, Constant) and isinstance(node.value, float):
        return number(node.value)
    return restored(of_expression(node))
