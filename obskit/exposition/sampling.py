"""One line that holds a sample.

Sources: Prometheus text format 0.0.4 ("Exposition formats") and the ABNF of OpenMetrics 1.0.
"""

from __future__ import annotations

import re

from obskit.exposition.labels import BLANK, labels
from obskit.exposition.model import Exemplar, Format, Labels, Sample
from obskit.exposition.notes import MalformedError
from obskit.exposition.numbers import milliseconds, number, seconds

_NAME = re.compile(r"[ \t]*+([a-zA-Z_:][a-zA-Z0-9_:]*+)[ \t]*+")
_WORD = re.compile(r"[^ \t]++")
_STRICT_LABELS = r'\{(?:[^"{} \t,=]++="(?:[^"\\]++|\\.)*+"(?:,(?!\})|(?=\})))*+\}'
_STRICT = re.compile(
    rf"[^ \t{{]++(?:{_STRICT_LABELS})? [^ \t]++(?: [^ \t#]++)?(?: # {_STRICT_LABELS} [^ \t]++(?: [^ \t]++)?)?"
)
_LONGEST_EXEMPLAR = 128


def sample(line: str, number_of_line: int, form: Format) -> Sample:
    """The sample of a line that is neither blank nor begins with `#`. Raises MalformedError."""
    match = _NAME.match(line)
    if match is None:
        word = _WORD.search(line)
        span = word.span() if word else (0, len(line))
        hint = 'as in: requests_total{method="GET"} 12'
        raise MalformedError("name", f'"{_cut(line[slice(*span)])}" does not begin a sample', span, hint)
    name, at = match[1], match.end()
    own: Labels = ()
    if line[at : at + 1] == "{":
        own, at = labels(line, at + 1, form)
    elif at == match.end(1) < len(line):
        raise MalformedError("name", f'"{_cut(line[at])}" cannot be part of a metric name', (at, at + 1), "letters, digits, _ and :")
    value, at = _number(line, at, f'"{_cut(name)}"')
    timestamp, at = _timestamp(line, at, form)
    exemplar = None
    if form == "openmetrics" and line[at : at + 1] == "#":
        exemplar, at = _exemplar(line, at, name)
    if at < len(line):
        raise MalformedError("value", f'"{_cut(line[at:])}" follows the sample', (at, len(line)), _after(line, at))
    if form == "openmetrics" and not _STRICT.fullmatch(line):
        message = "OpenMetrics has one space between parts, no comma behind the last label, no other blank"
        raise MalformedError("blank", message, (0, len(line)))
    return Sample(name=name, labels=own, value=value, line=number_of_line, timestamp=timestamp, exemplar=exemplar)


def _number(line: str, at: int, what: str) -> tuple[float, int]:
    at = _past(line, at)
    word = _WORD.match(line, at)
    if word is None:
        raise MalformedError("value", f"{what} has no value", (at, at))
    value = number(word[0])
    if value is None:
        raise MalformedError("value", f'the value of {what} is "{_cut(word[0])}", which is no number', word.span())
    return value, _past(line, word.end())


def _timestamp(line: str, at: int, form: Format) -> tuple[float | None, int]:
    word = _WORD.match(line, at)
    if word is None or word[0].startswith("#"):
        return None, at
    moment = (milliseconds if form == "text" else seconds)(word[0])
    if moment is None:
        hint = ("whole milliseconds" if form == "text" else "seconds") + " since 1970, or nothing"
        raise MalformedError("value", f'"{_cut(word[0])}" is no timestamp', word.span(), hint)
    return moment, _past(line, word.end())


def _exemplar(line: str, at: int, name: str) -> tuple[Exemplar, int]:
    start = _past(line, at + 1)
    if line[start : start + 1] != "{":
        raise MalformedError("exemplar", "an exemplar begins with its labels", (at, len(line)), 'as in: # {trace_id="abc"} 0.67')
    own, after = labels(line, start + 1, "openmetrics")
    if sum(len(key) + len(value) for key, value in own) > _LONGEST_EXEMPLAR:
        raise MalformedError("exemplar", f"the labels of an exemplar have over {_LONGEST_EXEMPLAR} characters", (start, after))
    value, after = _number(line, after, f'the exemplar of "{_cut(name)}"')
    timestamp, after = _timestamp(line, after, "openmetrics")
    return Exemplar(labels=own, value=value, timestamp=timestamp), after


def _past(line: str, at: int) -> int:
    match = BLANK.match(line, at)
    return match.end() if match else at


def _after(line: str, at: int) -> str:
    return "exemplars are part of OpenMetrics only" if line[at] == "#" else "a sample is a name, labels, a value, and perhaps a timestamp"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
