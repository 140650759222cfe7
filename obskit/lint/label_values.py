"""What matchers ask of a label's values, held against those that are declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from obskit.analysis import Analysed, Asked
from obskit.naming import did_you_mean
from obskit.promql import Matcher
from obskit.semantics import Read
from obskit.semantics.labels import literals, matches

if TYPE_CHECKING:
    from obskit.catalog import Label, Service


class Impossible(NamedTuple):
    """Why a value never occurs, and what to write."""

    message: str
    hint: str


def asks(analysed: Analysed) -> Iterator[tuple[Asked, Read, Matcher]]:
    """Every matcher whose label and value the query itself says."""
    for asked in analysed.queries:
        for read in asked.meaning.reads if asked.meaning is not None else ():
            for matcher in read.selector.matchers:
                if matcher.value and matcher.label is not None:
                    yield asked, read, matcher


def impossible(read: Read, matcher: Matcher, services: frozenset[Service]) -> Impossible | None:
    """Why the matcher names a value that its label never has; None when it may have it. `services` are the project's own."""
    series = read.series
    value = matcher.value
    if series is None or series.signal is None or not value:
        return None
    asked_for = (value,) if matcher.op in ("=", "!=") else literals(value)
    label = next((one for one in series.signal.labels if one.name == matcher.label), None)
    if label is None:
        service = series.service
        if matcher.label == "job" and service in services and service is not None and service.job:
            return _of_job(asked_for, value, service.job, read.name)
        return None
    if asked_for is None:
        if label.values and all(matches(value, one) is False for one in label.values):
            message = f'label "{label.name}" of metric "{read.name}" never matches "{value}"'
            return Impossible(message, label.expects(value) + _declared(label))
        return None
    wrong = next((one for one in asked_for if one and not _allows(label, one)), None)
    if wrong is None:
        return None
    return Impossible(f'label "{label.name}" of metric "{read.name}" is never "{wrong}"', label.expects(wrong) + _declared(label))


def contradicted(read: Read, label: str | None) -> bool:
    """Whether no value of the label passes all matchers of the selector on it, nor does a series without it."""
    matchers = [matcher for matcher in read.selector.matchers if matcher.label == label]
    if any(matcher.value is None for matcher in matchers):
        return False
    declared = None
    if read.series is not None and read.series.signal is not None:
        declared = next((one for one in read.series.signal.labels if one.name == label), None)
    values = {*declared.values} if declared is not None and declared.values else None
    for matcher in matchers if values is None else ():
        named = (matcher.value or "",) if matcher.op == "=" else literals(matcher.value or "") if matcher.op == "=~" else None
        if named is not None:
            values = set(named)
            break
    if values is None or (len(matchers) == 1 and (declared is None or not declared.values)):
        return False
    if declared is None or declared.optional:
        values.add("")
    return all(any(_passes(matcher, value) is False for matcher in matchers) for value in values)


def _passes(matcher: Matcher, value: str) -> bool | None:
    wanted = matcher.value or ""
    if matcher.op in ("=", "!="):
        return (value == wanted) is (matcher.op == "=")
    verdict = matches(wanted, value)
    return None if verdict is None else verdict is (matcher.op == "=~")


def _allows(label: Label, value: str) -> bool:
    if label.values:
        return value in label.values
    return not label.pattern or matches(label.pattern, value) is not False


def _of_job(asked_for: tuple[str, ...] | None, value: str, job: str, metric: str) -> Impossible | None:
    named = job not in asked_for if asked_for is not None else matches(value, job) is False
    if not named:
        return None
    hint = did_you_mean(value, (job,)) or f'its service has the job "{job}"'
    return Impossible(f'label "job" of metric "{metric}" is never "{value}"', hint)


def _declared(label: Label) -> str:
    return f" (declared in {label.origin})" if label.origin is not None else ""
