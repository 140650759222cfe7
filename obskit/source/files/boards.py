"""Dashboards of other people, of any age, in the neutral form."""

from __future__ import annotations

from obskit.artifact import Place
from obskit.finding import Finding, Severity
from obskit.model import Board, Json, view
from obskit.model.modern import modernise
from obskit.naming import board_uid
from obskit.source.files.dialects import NAMES, told_apart
from obskit.source.files.document import Document
from obskit.source.files.kinds import dashboard_of
from obskit.source.files.report import Report, called
from obskit.source.files.resources import classic
from obskit.source.files.shapes import shaped

ID = "dashboard-file"


def board(document: Document, kind: str) -> tuple[Board | None, tuple[Finding, ...]]:
    """The dashboard of a document of `kind` (`dashboard`, `dashboard-v2`), and what keeps it from being one.

    One without a uid has one made from its path and title, which is stable.
    """
    report = Report(document, ID)
    data, place = dashboard_of(document.data)
    if not isinstance(data, dict):
        report.error(place, f"the dashboard must be an object, not {called(data)}")
        return None, report.findings
    if kind == "dashboard-v2":
        translated = classic(data, place, report)

        def say(severity: Severity, _where: Place, message: str) -> None:
            report.say(severity, place, message)

        raw = shaped(translated, (), say, None)
    else:
        raw = shaped(data, place, lambda severity, where, message: report.say(severity, where, message), document.origin)
    uid = _uid(document.data, raw)
    board, notes = modernise(raw)
    board["uid"] = uid or board_uid(f"{document.name} {document.index}", board.get("title") or "")
    made = view(board, module=document.name, origin=document.origin(place), uid_given=bool(uid), notes=notes)
    made = told_apart(made)
    for language, name in NAMES.items():
        _unchecked(made, language, name, report)
    return made, report.findings


def _uid(data: Json, raw: Json) -> str:
    metadata = data.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    given = raw.get("uid") or name
    return given if isinstance(given, str) else ""


def _unchecked(board: Board, language: str, name: str, report: Report) -> None:
    """One finding about the queries in a language."""
    found = [query for _, query in board.queries() if query.language == language and query.text]
    if found:
        number = f"{len(found)} queries are" if len(found) > 1 else "1 query is"
        message = f"{number} in {name}, which is not checked"
        report.add(Finding(id=ID, severity="info", message=message, origin=found[0].origin))
