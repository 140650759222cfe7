"""One line that begins with `#`: HELP, TYPE, UNIT, a comment, or the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from obskit.exposition.labels import unescaped
from obskit.exposition.model import Format
from obskit.exposition.notes import MalformedError
from obskit.naming import did_you_mean, is_metric_name

_PARTS = re.compile(r"[ \t]*+#[ \t]*+(HELP|TYPE|UNIT)(?:[ \t]++([^ \t]++))?+[ \t]*+(.*)", re.DOTALL)
_WORDS: dict[Format, tuple[str, ...]] = {"text": ("HELP", "TYPE"), "openmetrics": ("HELP", "TYPE", "UNIT")}
TYPES: dict[Format, tuple[str, ...]] = {
    "text": ("counter", "gauge", "histogram", "summary", "untyped"),
    "openmetrics": ("counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown"),
}
_IN_THE_OTHER = {"unknown": "untyped", "untyped": "unknown", "info": "gauge", "stateset": "gauge", "gaugehistogram": "histogram"}


@dataclass(frozen=True, slots=True)
class Described:
    """`word` (HELP, TYPE or UNIT) of the family `name` is `said`."""

    word: str
    name: str
    said: str


def described(line: str, form: Format) -> Described | None:
    """What the line says of a family; None for a comment. Raises MalformedError."""
    match = _PARTS.fullmatch(line)
    if match is None or match[1] not in _WORDS[form] or (form == "text" and match[2] is None):
        if form == "openmetrics":
            hint = "a line that begins with # is HELP, TYPE, UNIT or EOF"
            raise MalformedError("comment", "OpenMetrics has no comments", (0, len(line)), hint)
        return None
    word, name, said = match[1], match[2] or "", match[3]
    if not is_metric_name(name):
        message = f'{word} is of "{_cut(name)}", which is no metric name' if name else f"{word} names no metric"
        raise MalformedError("name", message, match.span(2) if name else (0, len(line)), f"as in: # {word} requests_total …")
    if form == "openmetrics" and line != f"# {word} {name} {said}".rstrip(" ") and line != f"# {word} {name} {said}":
        raise MalformedError("blank", "OpenMetrics has exactly one space between parts", (0, len(line)))
    if word == "HELP":
        return Described(word, name, unescaped(said, match.start(3), form, quotes=form == "openmetrics") if "\\" in said else said)
    return Described(word, name, _type(said.rstrip(" \t"), match, form) if word == "TYPE" else said)


def _type(said: str, match: re.Match[str], form: Format) -> str:
    if said in TYPES[form]:
        return "untyped" if said == "unknown" else said
    span = match.span(3) if said else (0, match.end())
    if not said:
        raise MalformedError("type", f'the type of "{_cut(match[2])}" is missing', span, "one of: " + ", ".join(TYPES[form]))
    other = f'{format_name(form)} writes "{_IN_THE_OTHER[said]}"' if said in _IN_THE_OTHER else ""
    hint = other or did_you_mean(said[:60], TYPES[form]) or "one of: " + ", ".join(TYPES[form])
    raise MalformedError("type", f'"{_cut(said)}" is no type', span, hint)


def format_name(form: Format) -> str:
    """What people call the format."""
    return {"text": "the text format", "openmetrics": "OpenMetrics"}[form]


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
