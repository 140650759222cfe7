"""The answer to a query: as text for people, as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.cli.show._words import printable
from obskit.cli.show.json import dump, finding_data, line
from obskit.cli.show.text import lines, say
from obskit.workflow.query import Answer

_WIDTH = 8


def as_text(answer: Answer) -> None:
    """The query laid out, what it means, and what is wrong."""
    for text in _text(answer):
        say(text)


def as_json(answer: Answer) -> None:
    dump(_data(answer))


def as_line(answer: Answer) -> None:
    line(_data(answer))


def as_bad_line(message: str) -> None:
    """The answer to a line that holds no query, of the same shape as any other."""
    refused = Answer(
        query="",
        ok=False,
        stage="syntax",
        message=message,
        hint="write each query as a JSON string on a line of its own",
        span=None,
        canonical=None,
        meaning=None,
        findings=(),
    )
    line(_data(refused) | {"query": None})


def _data(answer: Answer) -> dict[str, Any]:
    return {
        "query": answer.query,
        "ok": answer.ok,
        "stage": answer.stage,
        "message": answer.message,
        "hint": answer.hint,
        "line": answer.line,
        "column": answer.column,
        "canonical": answer.canonical,
        "meaning": answer.meaning,
        "findings": [finding_data(finding) for finding in (*answer.missing, *answer.findings)],
    }


def _text(answer: Answer) -> Iterator[str]:
    for finding in answer.missing:
        yield from lines(finding)
    if answer.missing:
        yield ""
    if answer.canonical is not None:
        yield from map(printable, answer.canonical.split("\n"))
        yield ""
    for name, said in _meaning(answer.meaning or {}):
        yield printable(f"  {name:{_WIDTH}} {said}")
    if answer.findings and answer.meaning:
        yield ""
    for finding in answer.findings:
        yield from lines(finding)


def _meaning(meaning: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not meaning:
        return
    yield "result", f"{meaning['result']} ({_KINDS.get(meaning['kind'], meaning['kind'])})"
    if meaning["unit"]:
        yield "unit", meaning["unit"] + (f" (Grafana: {meaning['grafana_unit']})" if meaning["grafana_unit"] else "")
    else:
        yield "unit", "unknown"
    others = ["and others that are not known"] if meaning["other_labels"] else []
    yield "labels", ", ".join([*map(str, meaning["labels"]), *others]) or "none: one series"
    low, high = meaning.get("bounds", (None, None))
    if low is not None or high is not None:
        ends = (f"at least {low:g}" if low is not None else "", f"at most {high:g}" if high is not None else "")
        yield "values", " and ".join(filter(None, ends))
    if meaning["signals"]:
        yield "reads", ", ".join(f"{name} (unknown)" if name in meaning["unknown"] else name for name in meaning["signals"])


_KINDS = {"vector": "instant vector", "matrix": "range vector", "scalar": "scalar", "string": "string"}
