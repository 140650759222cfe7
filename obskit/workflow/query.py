"""`obskit query`: what one query means, and what there is to say against it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from obskit.finding import Finding, at_least
from obskit.settings import Settings

if TYPE_CHECKING:
    from obskit import promql, traceql
    from obskit.analysis import Analysed, Asked, Place

_NAMED = re.compile(r'^(alert|panel|record) "query"')
_SILENT = ("undefined-variable",)
"""Checks of what stands around a query on a board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a query.

    `ok` says that nothing keeps it from being answered: it is valid, and no finding is an error. `stage` names where it was
    refused: `syntax`, `validation` (it reads well and breaks the language's rules), `unsupported` (the language has it, the
    target version or this analysis has not), None when it was not. `line` and `column` count from 1. `canonical` is the
    query laid out afresh, `meaning` what it yields, None without a tree. `missing` says which modules of the project could not be
    loaded: the answer knows nothing of what they declare; `exceptions` are those they raised.
    """

    query: str
    ok: bool
    stage: str | None
    message: str
    hint: str
    span: tuple[int, int] | None
    canonical: str | None
    meaning: dict[str, Any] | None
    findings: tuple[Finding, ...]
    missing: tuple[Finding, ...] = ()
    exceptions: tuple[BaseException, ...] = ()

    @property
    def line(self) -> int | None:
        return None if self.span is None else self.query.count("\n", 0, self.span[0]) + 1

    @property
    def column(self) -> int | None:
        return None if self.span is None else self.span[0] - self.query.rfind("\n", 0, self.span[0])


def answering(settings: Settings | None, language: str, *, today: datetime.date, place: Place = "panel") -> Callable[[str], Answer]:
    """What answers queries in a language, by the signals of the project; without one, by the query's own text.

    Raises ObskitError when the project cannot be loaded.
    """
    known = _known(settings)
    answer = _promql if language == "promql" else _traceql
    missing = tuple(fault.finding for fault in known.project.faults)
    return lambda text: replace(answer(known, text, today, place), missing=missing, exceptions=known.project.exceptions)


def _known(settings: Settings | None) -> Analysed:
    from pathlib import Path

    from obskit import analysis, source

    if settings is None:
        return analysis.run(source.Project(settings=Settings(root=Path.cwd())))
    return analysis.run(source.load(settings))


def _promql(known: Analysed, text: str, today: datetime.date, place: Place) -> Answer:
    from obskit.analysis import alone
    from obskit.promql import canonical, parse

    analysed = alone(known, text, place=place)
    asked = next(iter(analysed.queries), None)
    problem = (asked.parsed if asked is not None else parse(text)).problem
    findings = _findings(analysed, text, today)
    if problem is not None:
        return _refused("promql", text, problem, findings)
    assert asked is not None
    return _answered(text, canonical(asked.parsed), _told(asked), findings)


def _traceql(known: Analysed, text: str, today: datetime.date, place: Place) -> Answer:  # noqa: ARG001  # an alert asks no traces
    from obskit.analysis import alone
    from obskit.traceql import canonical, parse

    analysed = alone(known, text, language="traceql")
    asked = next(iter(analysed.traces), None)
    parsed = asked.parsed if asked is not None else parse(text)
    findings = _findings(analysed, text, today)
    if parsed.problem is not None:
        return _refused("traceql", text, parsed.problem, findings)
    assert asked is not None
    assert parsed.tree is not None
    return _answered(text, canonical(parsed.tree), asked.said(), findings)


def _refused(language: str, text: str, problem: promql.Problem | traceql.Problem, findings: tuple[Finding, ...]) -> Answer:
    """The answer without a tree. Its problem is a finding too, of a query that is too large for the checks as of any other."""
    stage, message, hint, span = problem.stage, problem.message, problem.hint, problem.span
    if not any(finding.message == message for finding in findings):
        check = f"{language}-{'unsupported' if stage == 'unsupported' else 'syntax'}"
        findings = (Finding(id=check, severity="error", message=message, hint=hint, query=text, span=span), *findings)
    return Answer(
        query=text, ok=False, stage=stage, message=message, hint=hint, span=span, canonical=None, meaning=None, findings=findings
    )


def _answered(text: str, canonical: str, meaning: dict[str, Any], findings: tuple[Finding, ...]) -> Answer:
    newer = next((finding for finding in findings if finding.id.endswith("-version") and finding.severity == "error"), None)
    return Answer(
        query=text,
        ok=not any(at_least(finding.severity, "error") for finding in findings),
        stage="unsupported" if newer else None,
        message=newer.message if newer else "",
        hint=newer.hint if newer else "",
        span=newer.span if newer else None,
        canonical=canonical,
        meaning=meaning,
        findings=findings,
    )


def _findings(analysed: Analysed, text: str, today: datetime.date) -> tuple[Finding, ...]:
    """What the checks say of the query itself, and not of the board or the rule around it."""
    from obskit import lint

    found = lint.run(analysed, today=today, ignore=_SILENT) if text else ()  # of no text, nothing is told by its text
    return tuple(
        replace(finding, origin=None, message=_NAMED.sub(r"this \1", finding.message)) for finding in found if finding.query == text
    )


def _told(asked: Asked) -> dict[str, Any]:
    """A query's meaning for people and programs."""
    meaning = asked.meaning
    assert meaning is not None
    value, unit = meaning.value, meaning.unit
    known = {series.name for series in meaning.series}
    return {
        "kind": value.kind,
        "result": meaning.result,
        "unit": None if unit is None else unit.unit.name + (f" per {unit.per}" if unit.per else ""),
        "grafana_unit": (unit.grafana or None) if unit is not None else None,
        "labels": list(value.labels.names),
        "other_labels": value.labels.open,
        "values": {name: sorted(values) for name, values in value.labels.names.items() if values is not None},
        "bounds": [value.low, value.high],
        "signals": list(dict.fromkeys(read.name for read in meaning.reads if read.name)),
        "unknown": list(dict.fromkeys(read.name for read in meaning.reads if read.name and read.name not in known)),
    }
