"""Two shapes of PromQL walked side by side: every difference becomes an edit in words, or there are no words for the pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from obskit.diff.changes import Edit, Rename
from obskit.diff.shapes import Shape, restored
from obskit.diff.spelling import grouping, matcher, matching, operator, spelled

COMPARISONS = frozenset(("==", "!=", "<", ">", "<=", ">="))
_SETS = frozenset(("and", "or", "unless"))
_QUANTILES = frozenset(("histogram_quantile", "quantile", "quantile_over_time"))
_COUNTED = frozenset(("topk", "bottomk", "limitk"))
_MANY = 100
"""Differences beyond which nobody reads them one by one."""
_DEEPEST = 4
"""How far below its top a query may hold the other one, to be told as wrapped."""


class UnfitError(Exception):
    """The two differ in a way that has no words."""


def walked(before: Shape, after: Shape) -> tuple[Edit, ...]:
    """The edits that make one query of the other. Raises UnfitError when no words say all of it."""
    found = list(_walk(before, after, ""))
    if len(found) > _MANY:
        raise UnfitError
    return tuple(dict.fromkeys(_merged(found, before, after)))


def _walk(before: Shape, after: Shape, role: str) -> Iterator[Edit]:
    if before == after:
        return
    if before.kind == after.kind and len(before.parts) == len(after.parts):
        found = list(_WALKS[before.kind](before, after, role))
        for index, (one, two) in enumerate(zip(before.parts, after.parts, strict=True)):
            found += _walk(one, two, _role(after, index))
        wrapped = _wrapped(before, after) if len(found) > 2 else None
        yield from wrapped if wrapped is not None else found
        return
    wrapped = _wrapped(before, after)
    if wrapped is None:
        raise UnfitError
    yield from wrapped


def _role(shape: Shape, index: int) -> str:
    """What a number below the shape is called."""
    name = shape.name
    if shape.kind == "binary":
        return "threshold" if name in COMPARISONS else f'number beside "{name}"'
    if name in _QUANTILES:
        return "quantile"
    if name in _COUNTED:
        return f"limit of {name}"
    return f"argument {index + 1} of {name}" if shape.kind in ("call", "aggregate") else "number"


def _selector(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    if before.name != after.name:
        first, second = restored(before.name), restored(after.name)
        rename = Rename(kind="metric", before=first, after=second) if first and second and "$" not in first + second else None
        yield Edit(what="metric", before=first or "any", after=second or "any", rename=rename)
    yield from _matchers(before, after)
    yield from _lengths(before, after, after.name or before.name)


def _matchers(before: Shape, after: Shape) -> Iterator[Edit]:
    gone = sorted(before.traits["matchers"] - after.traits["matchers"])
    come = sorted(after.traits["matchers"] - before.traits["matchers"])
    of = restored(after.name or before.name)
    signals = tuple(filter(None, [restored(after.name)]))
    pairs = [(one, _partner(one, gone, come)) for one in gone]
    for one, other in pairs:
        if other is None:
            yield Edit(what="matcher", before=matcher(one), within=of)
            continue
        rename = Rename(kind="label", before=one[0], after=other[0], signals=signals) if one[0] != other[0] else None
        yield Edit(what="matcher", before=matcher(one), after=matcher(other), within=of, rename=rename)
    taken = {other for _, other in pairs}
    yield from (Edit(what="matcher", after=matcher(one), within=of) for one in come if one not in taken)


def _partner(
    one: tuple[str, str, str], gone: list[tuple[str, str, str]], come: list[tuple[str, str, str]]
) -> tuple[str, str, str] | None:
    """What a matcher became: the only one of its label, else the only one that asks the same of another label."""
    same = [other for other in come if other[0] == one[0]]
    if len(same) == 1 and sum(other[0] == one[0] for other in gone) == 1:
        return same[0]
    alike = [other for other in come if other[1:] == one[1:] and all(other[0] != left[0] for left in gone)]
    return alike[0] if not same and len(alike) == 1 and sum(other[1:] == one[1:] for other in gone) == 1 else None


def _lengths(before: Shape, after: Shape, of: str) -> Iterator[Edit]:
    for trait, what in (("window", "window"), ("step", "step"), ("offset", "offset"), ("at", "time pinned by @")):
        first, second = before.traits.get(trait), after.traits.get(trait)
        if first != second:
            if trait == "window" and (first is None or second is None):
                raise UnfitError  # a range where none was: the function around it tells, and it does not fit
            yield Edit(what=what, before=first or None, after=second or None, within=restored(of))


def _subquery(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    for edit in _lengths(before, after, ""):
        yield replace(edit, what=f"{edit.what} of the subquery")


def _call(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    if before.name != after.name:
        yield Edit(what="function", before=before.name, after=after.name)


def _aggregate(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    if before.name != after.name:
        yield Edit(what="aggregation", before=before.name, after=after.name)
    if before.traits != after.traits:
        rename = _listed(before, after, ("by", "without"))
        yield Edit(what="grouping", before=grouping(before) or "none", after=grouping(after) or "none", rename=rename)


def _binary(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    if before.name != after.name:
        families = [{name in COMPARISONS, name in _SETS} for name in (before.name, after.name)]
        if families[0] != families[1]:
            raise UnfitError
        what = "comparison" if after.name in COMPARISONS else "operator"
        yield Edit(what=what, before=before.name, after=after.name)
    if before.traits != after.traits:
        rename = _listed(before, after, ("on", "ignoring", "group_left", "group_right"))
        bare = before._replace(name=""), after._replace(name="")
        texts = [operator(one).strip() or "all labels" for one in bare]
        if not matching(before) and not matching(after):
            yield Edit(what="bool", after="") if "bool" in after.traits else Edit(what="bool", before="")
        else:
            yield Edit(what="matching", before=texts[0], after=texts[1], rename=rename)


def _listed(before: Shape, after: Shape, words: tuple[str, ...]) -> Rename | None:
    """The rename behind lists of labels, where one label of one list took the place of another."""
    if before.traits.keys() != after.traits.keys():
        return None
    found = set()
    for word in words:
        one, two = (frozenset(shape.traits.get(word, ())) for shape in (before, after))
        if one != two:
            gone, come = one - two, two - one
            if len(gone) != 1 or len(come) != 1:
                return None
            found.add((*gone, *come))
    if len(found) != 1:
        return None
    first, second = found.pop()
    return Rename(kind="label", before=first, after=second, signals=tuple(sorted(_metrics(after))), sure=False)


def _metrics(shape: Shape) -> set[str]:
    return {restored(one.name) for one in _selectors(shape)} - {""}


def _number(before: Shape, after: Shape, role: str) -> Iterator[Edit]:
    yield Edit(what=role or "number", before=before.name, after=after.name)


def _text(before: Shape, after: Shape, role: str) -> Iterator[Edit]:
    yield Edit(what=role or "text", before=spelled(before), after=spelled(after))


def _negated(before: Shape, after: Shape, role: str) -> Iterator[Edit]:  # noqa: ARG001  # the same call for every kind
    yield from ()


_WALKS = {
    "selector": _selector,
    "subquery": _subquery,
    "call": _call,
    "aggregate": _aggregate,
    "binary": _binary,
    "negated": _negated,
    "number": _number,
    "text": _text,
}


def _wrapped(before: Shape, after: Shape) -> list[Edit] | None:
    """The edit where one query stands whole inside the other."""
    if _holds(after, before, _DEEPEST):
        what, text = _around(after, before)
        return [Edit(what=what, after=text)]
    if _holds(before, after, _DEEPEST):
        what, text = _around(before, after)
        return [Edit(what=what, before=text)]
    return None


def _around(outer: Shape, inner: Shape) -> tuple[str, str]:
    """What stands around a part, and what it is called."""
    if outer.kind == "binary" and inner in outer.parts:
        other = outer.parts[1 - outer.parts.index(inner)]
        if outer.parts[0] == inner:
            what = "threshold" if outer.name in COMPARISONS and other.kind == "number" else "operand"
            inside = spelled(other)
            return what, f"{operator(outer)} " + (f"({inside})" if other.kind == "binary" else inside)
    return "wrapping", spelled(outer, hole=_same(outer, inner))


def _holds(outer: Shape, inner: Shape, deep: int) -> bool:
    return deep > 0 and any(part == inner or _holds(part, inner, deep - 1) for part in outer.parts)


def _same(outer: Shape, inner: Shape) -> Shape | None:
    """The very part of a shape that equals another one."""
    if outer == inner:
        return outer
    return next((found for part in outer.parts if (found := _same(part, inner)) is not None), None)


def _merged(found: list[Edit], before: Shape, after: Shape) -> Iterator[Edit]:
    """Each edit once; of which metric, unless it was done to every one. A name that is still there was not renamed."""
    selectors = _selectors(after)
    windowed = [shape for shape in selectors if "window" in shape.traits]
    left = {restored(shape.name) for shape in selectors}
    known = {restored(shape.name) for shape in _selectors(before)}
    for edit in dict.fromkeys(found):
        everywhere = len(windowed) if edit.what == "window" else len(selectors)
        done = sum((other.what, other.before, other.after) == (edit.what, edit.before, edit.after) for other in found)
        what = f"{edit.what} of {edit.within}" if edit.within and done < everywhere else edit.what
        rename = edit.rename
        if rename is not None and rename.kind == "metric" and (rename.before in left or rename.after in known):
            rename = None
        yield Edit(what=what, before=edit.before, after=edit.after, rename=rename)


def _selectors(shape: Shape) -> list[Shape]:
    return [shape] if shape.kind == "selector" else [found for part in shape.parts for found in _selectors(part)]
