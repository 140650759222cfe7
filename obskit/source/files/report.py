"""What there is to say of a document while it is read, and a reader of objects by a table of their members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obskit.artifact import Place
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.finding import SEVERITIES, Finding, Severity
from obskit.model import Json
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.source.files.document import Document

_NAMES = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number", type(None): "nothing"}
_WANTED = {
    "text": "text", "scalar": "text", "list": "a list", "object": "an object", "bool": "true or false", "whole": "a whole number",
    "number": "a number", "duration": "a duration", "labels": "an object of texts",
}  # fmt: skip


def called(value: object) -> str:
    """How messages call the type of a JSON value."""
    return _NAMES[type(value)]


def short(value: object) -> str:
    """A value from a file, as messages show it."""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, (int, float)) else called(value)
    return text if len(text) <= 60 else text[:59] + "…"


MOST = 100
"""Findings of one level in one document that are told one by one."""


class Report:
    """The findings about one document, all of one check id."""

    def __init__(self, document: Document, check: str) -> None:
        self.document = document
        self.check = check
        self._findings: list[Finding] = []
        self._left: dict[Severity, int] = dict.fromkeys(SEVERITIES, MOST)
        """How many more findings of a level are told; below 0, how many were not."""
        self._first: dict[Severity, Origin] = {}
        """Where the first one stands that was not."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was said; of each level, at most `MOST` findings and one that counts the others."""
        more = (
            Finding(id=self.check, severity=severity, message=f"… and {-self._left[severity]} more like it", origin=origin)
            for severity, origin in self._first.items()
        )
        return (*self._findings, *more)

    def say(
        self, severity: Severity, place: Place, message: str, hint: str = "", query: str = "", span: tuple[int, int] | None = None
    ) -> None:
        self._left[severity] -= 1
        if self._left[severity] < 0:
            if severity not in self._first:
                self._first[severity] = self.document.origin(place)
            return
        origin = self.document.origin(place)
        self._findings.append(
            Finding(id=self.check, severity=severity, message=message, origin=origin, hint=hint, query=query, span=span)
        )

    def add(self, finding: Finding) -> None:
        """One that stands elsewhere than at a place of the document."""
        self._findings.append(finding)

    def error(self, place: Place, message: str, hint: str = "", query: str = "", span: tuple[int, int] | None = None) -> None:
        self.say("error", place, message, hint, query, span)

    def warning(self, place: Place, message: str, hint: str = "") -> None:
        self.say("warning", place, message, hint)

    def text(self, value: Any, place: Place) -> str:
        """A number, word or text as it is written in the file."""
        written = self.document.text(place)
        if written is not None:
            return written
        return value if isinstance(value, str) else {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)

    def objects(self, value: Any, place: Place, what: str) -> list[tuple[Json, Place]]:
        """The objects of a list, each with its place; anything else is an error."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.error(place, f"{what} must be a list, not {called(value)}")
            return []
        found = []
        for index, item in enumerate(value):
            if isinstance(item, dict):
                found.append((item, (*place, index)))
            else:
                self.error((*place, index), f"an item of {what} must be an object, not {called(item)}")
        return found

    def members(
        self,
        data: Json,
        place: Place,
        what: str,
        table: Mapping[str, str],
        *,
        elsewhere: Mapping[str, str] | None = None,
        strict: bool = True,
    ) -> Json:
        """The members of an object that are of the kinds of `table`; those that are nothing are left out, others are errors.

        Kinds: text, scalar (its text is answered), list, object, bool, whole, number, duration, labels, any. `elsewhere` names
        the product that knows a member which the table does not have. Readers that are not `strict` overlook other members, and
        fill variables of the environment into texts, which then may stand for anything.
        """
        found: Json = {}
        for key, value in data.items():
            at = (*place, key)
            if key not in table:
                self._unknown(at, key, what, table, elsewhere or {}, "error" if strict else "warning")
            elif not strict and isinstance(value, str) and "$" in value:
                found.update({key: value} if table[key] in ("text", "scalar") else {})
            elif value is not None:
                self._member(found, key, value, at, what, table[key])
        return found

    def _unknown(
        self, at: Place, key: str, what: str, table: Mapping[str, str], elsewhere: Mapping[str, str], severity: Severity
    ) -> None:
        if key in elsewhere:
            self.warning(at, f'field "{short(key)}" of {what} is known to {elsewhere[key]} alone', "Prometheus refuses a file with it")
        else:
            hint = "" if self._left[severity] <= 0 else did_you_mean(key, table) or "known fields: " + ", ".join(table)
            self.say(severity, at, f'{what} has no field "{short(key)}"', hint)

    def _member(self, found: Json, key: str, value: Any, at: Place, what: str, kind: str) -> None:
        scalar = not isinstance(value, (dict, list))
        if kind == "scalar" and scalar:
            found[key] = self.text(value, at)
        elif kind == "duration" and scalar:
            found[key] = self.text(value, at)
            self.duration(found[key], at, f'field "{key}" of {what}')
        elif kind == "labels" and isinstance(value, dict):
            found[key] = self._labels(value, at, f'field "{key}" of {what}')
        elif kind == "any" or _fits(kind, value):
            found[key] = value
        else:
            self.error(at, f'field "{key}" of {what} must be {_WANTED[kind]}, not {called(value)}')

    def duration(self, text: str, place: Place, what: str) -> Duration | None:
        """The duration, or None after an error."""
        try:
            return Duration.parse(text, what)
        except DeclarationError as error:
            self.error(place, error.message, error.hint)
            return None

    def _labels(self, value: Json, place: Place, what: str) -> dict[str, str]:
        found = {}
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                self.error((*place, name), f'"{short(name)}" in {what} must be text, not {called(item)}')
            else:
                found[name] = "" if item is None else self.text(item, (*place, name))
        return found


def _fits(kind: str, value: object) -> bool:
    if kind == "whole":
        return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, {"text": str, "list": list, "object": dict, "bool": bool}.get(kind, ()))
