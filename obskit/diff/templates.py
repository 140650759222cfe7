"""Texts with label templates in them, as legends and annotations are: a label renamed in all of them is one rename."""

from __future__ import annotations

import re

from obskit.diff.changes import Edit, Rename
from obskit.diff.leaves import ABSENT, texts

_LEGEND = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
_LABELS = re.compile(r"(?:\$labels|\.Labels)\.([A-Za-z_]\w*)")


def legend(before: str, after: str, within: str) -> Edit:
    """The edit of a legend, where `{{label}}` names labels."""
    return _edit("legend", before, after, within, _LEGEND)


def annotation(what: str, before: str, after: str) -> Edit:
    """The edit of a rule's annotation or label, where `$labels.label` names labels."""
    return _edit(what, before, after, "", _LABELS)


def _edit(what: str, before: str, after: str, within: str, form: re.Pattern[str]) -> Edit:
    first, second = texts(before or ABSENT, after or ABSENT)
    return Edit(what=what, before=first, after=second, within=within, rename=_rename(before, after, form))


def _rename(before: str, after: str, form: re.Pattern[str]) -> Rename | None:
    """The one label that another took the place of, when that is all that differs."""
    ones, twos = form.split(before), form.split(after)
    if len(ones) != len(twos) or ones[::2] != twos[::2]:
        return None
    differing = {(one, two) for one, two in zip(ones[1::2], twos[1::2], strict=True) if one != two}
    if len(differing) != 1:
        return None
    one, two = differing.pop()
    return None if one in twos[1::2] else Rename(kind="label", before=one, after=two, sure=False)
