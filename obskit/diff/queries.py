"""Two texts of one query: nothing where they ask the same, words where there are some, else both texts in full."""

from __future__ import annotations

import re
from dataclasses import replace

from obskit.diff.changes import Edit, Rename
from obskit.diff.shapes import Read, read
from obskit.diff.spans import spans
from obskit.diff.walking import UnfitError, walked
from obskit.promql import parse

MOST = 6
"""Edits of one query, beyond which its two texts say more."""
_LABEL_VALUES = re.compile(r"\s*label_values\s*\(\s*(?P<query>.*\S)\s*,\s*(?P<label>[A-Za-z_]\w*)\s*\)\s*", re.DOTALL)
_QUERY_RESULT = re.compile(r"\s*query_result\s*\((?P<query>.*)\)\s*", re.DOTALL)


def asked(before: str, after: str, language: str, within: str = "") -> tuple[Edit, ...]:
    """The edits between two texts of a query in `promql`, `traceql` or another language, which is compared as text."""
    if before == after:
        return ()
    found: tuple[Edit, ...] | None = None
    if language == "promql":
        found = _promql(before, after)
    elif language == "traceql":
        found = spans(before, after)
    if found is not None and any(edit.before == edit.after for edit in found):
        found = None  # what differs is not in the words
    if before and after and (found is None or len(found) > MOST):
        found = None if before.strip() != after.strip() else ()
    if found is None:
        found = (Edit(what="query", before=before or None, after=after or None, block=True),)
    return tuple([replace(edit, within=within) for edit in found])


def variable_asked(before: str, after: str) -> tuple[Edit, ...]:
    """The edits between two queries of a variable that asks Prometheus: `label_values(query, label)`, `query_result(query)`."""
    if before == after:
        return ()
    for form in (_LABEL_VALUES, _QUERY_RESULT):
        one, two = form.fullmatch(before), form.fullmatch(after)
        if one is None or two is None:
            continue
        found = asked(one["query"], two["query"], "promql")
        if any(edit.block for edit in found):
            break
        if form is _LABEL_VALUES and one["label"] != two["label"]:
            rename = Rename(kind="label", before=one["label"], after=two["label"], signals=_metrics(two["query"]), sure=False)
            what = "label whose values are listed"
            found = (*found, Edit(what=what, before=one["label"], after=two["label"], rename=rename))
        return found
    return (Edit(what="query", before=before or None, after=after or None, block=True),)


def _metrics(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(selector.name for selector in parse(text).selectors if selector.name))


def _promql(before: str, after: str) -> tuple[Edit, ...] | None:
    one, two = read(before), read(after)
    if one is None or two is None:
        return None
    try:
        if one.shape == two.shape:
            return () if one.spelled == two.spelled else None
        return walked(one.shape, two.shape) if _comparable(one, two) else None
    except (UnfitError, RecursionError):
        return None


def _comparable(one: Read, two: Read) -> bool:
    """Whether the shapes tell all that the variables of two queries do."""
    if one.loose != two.loose or len(one.own) > 1 or len(two.own) > 1:
        return False
    return sorted(_formatted(one)) == sorted(_formatted(two))


def _formatted(query: Read) -> list[str]:
    return [form for form in query.spelled if ":" in form or "." in form]
