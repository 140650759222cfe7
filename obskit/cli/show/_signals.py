"""The catalogue and the uses of its signals: as a table, as Markdown, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from obskit.cli.show.json import dump, finding_data
from obskit.cli.show.text import lines, say, tell

if TYPE_CHECKING:
    from obskit.analysis.uses import Use
    from obskit.workflow.catalog import Entry, Listed, Used

_PLURALS = {
    "panel": "panels", "variable": "variables", "annotation": "annotations", "alert": "alerts", "record": "recording rules",
    "link": "links",
}  # fmt: skip


def _table(found: Listed) -> None:
    for service, entries in groupby(found.entries, key=lambda entry: entry.service):
        rows = [(entry.name, entry.kind, entry.unit, _labels(entry)) for entry in entries]
        say(f"{service}: {len(rows)} signals")
        for text in _aligned(rows):
            say(f"  {text}")
    for finding in found.findings:
        for text in lines(finding):
            say(text)


def _markdown(found: Listed) -> None:
    for service, entries in groupby(found.entries, key=lambda entry: entry.service):
        say(f"## {_cell(service)}\n")
        say("| Signal | Kind | Unit | Labels | What it is |\n|---|---|---|---|---|")
        for entry in entries:
            said = entry.help + (f" Deprecated: {entry.deprecated}" if entry.deprecated else "")
            say(f"| `{entry.name}` | {entry.kind} | {_cell(entry.unit)} | {_cell(_labels(entry))} | {_cell(said)} |")
        say("")


def _json(found: Listed) -> None:
    dump({"signals": [_entry(entry) for entry in found.entries], "findings": [finding_data(finding) for finding in found.findings]})


LISTINGS: Mapping[str, Callable[[Listed], None]] = {"table": _table, "json": _json, "markdown": _markdown}


def uses_as_text(found: Used) -> None:
    """The places by board and rule file, and how many there are."""
    for finding in found.findings:
        for text in lines(finding):
            say(text)
    what = "label of" if found.is_label else ""
    for entry in found.entries:
        place = f"  {entry.origin}" if entry.origin else ""
        say(f"{found.name}: {what} {entry.name}{place}" if what else f"{entry.name}  {entry.kind}, {entry.unit}{place}")
    for place, uses in groupby(sorted(found.uses, key=lambda use: use.place), key=lambda use: use.place):
        say(f"{place}:")
        for row in _aligned([(use.kind, use.name, str(use.origin or ""), _why(use)) for use in uses]):
            say(f"  {row}")
    is_whole = all(finding.severity != "error" for finding in found.findings)
    tell((", ".join(_counted(found.uses)) or "nothing uses it") + ("" if is_whole else ", of what could be loaded"))


def uses_as_json(found: Used) -> None:
    dump(
        {
            "name": found.name,
            "is_label": found.is_label,
            "signals": [_entry(entry) for entry in found.entries],
            "uses": [_use(use) for use in found.uses],
            "findings": [finding_data(finding) for finding in found.findings],
        }
    )


def _counted(uses: Iterable[Use]) -> Iterator[str]:
    counts = Counter(use.kind for use in uses)
    for kind, many in _PLURALS.items():
        if counts[kind]:
            yield f"{counts[kind]} {many if counts[kind] != 1 else many.removesuffix('s')}"


def _why(use: Use) -> str:
    through = f"through {' and '.join(use.through)}" if use.through else ""
    return ", ".join(filter(None, (", ".join(use.roles), through)))


def _labels(entry: Entry) -> str:
    return ", ".join(f"{name} ({values})" for name, values in entry.labels)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "service": entry.service,
        "unit": entry.unit,
        "labels": dict(entry.labels),
        "help": entry.help,
        "owner": entry.owner,
        "stability": entry.stability,
        "deprecated": entry.deprecated,
        "path": entry.origin.path if entry.origin else None,
        "line": entry.origin.line if entry.origin else None,
    }


def _use(use: Use) -> dict[str, Any]:
    return {
        "kind": use.kind,
        "name": use.name,
        "place": use.place,
        "path": use.origin.path if use.origin else None,
        "line": use.origin.line if use.origin else None,
        "signals": list(use.signals),
        "through": list(use.through),
        "roles": list(use.roles),
    }
