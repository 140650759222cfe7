"""Who uses a signal, a label or a span attribute: what a rename would touch."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from obskit.analysis.analysed import Analysed
from obskit.analysis.asked import Asked
from obskit.origin import Origin
from obskit.semantics import Aggregate, Binary, Call, Text

_LEGEND = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
_TEMPLATE = re.compile(r"\$labels\.([A-Za-z_]\w*)|\.Labels\.([A-Za-z_]\w*)")
_LABEL_ARGUMENTS = {"label_replace": (1, 3), "label_join": (1, 3)}


class Use(NamedTuple):
    """One place that uses a name. `kind` is panel, variable, annotation, alert, record or link; `place` the board, rule file or datasource.

    `signals` are the metrics read there that have to do with it; `through` the recording rules between, nearest the place
    last; `roles` how a label is used (matcher, grouping, matching, legend, template, values).
    """

    kind: str
    name: str
    place: str
    origin: Origin | None
    signals: tuple[str, ...]
    through: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


def of_series(analysed: Analysed, names: Collection[str]) -> Iterator[Use]:
    """Every place that reads one of the metric names, directly or through recording rules."""
    readers: dict[str, list[Asked]] = {}
    for asked in analysed.queries:
        if asked.meaning is not None:
            for name in dict.fromkeys(read.name for read in asked.meaning.reads):
                readers.setdefault(name, []).append(asked)
    seen: set[int] = set()
    waiting: list[tuple[str, str, tuple[str, ...]]] = [(name, name, ()) for name in names]
    while waiting:
        name, signal, through = waiting.pop(0)
        for asked in readers.get(name, ()):
            if id(asked) in seen:
                continue
            seen.add(id(asked))
            yield _use(asked, (signal,), through)
            if asked.rule is not None and asked.rule.kind == "record":
                waiting.append((asked.rule.name, signal, (*through, asked.rule.name)))


def of_label(analysed: Analysed, label: str) -> Iterator[Use]:
    """Every place that names the label: in its query, its legend, its annotations, as the values of a variable.

    Then what reads the recording rules that do.
    """
    found: list[Use] = []
    for asked in analysed.queries:
        roles = tuple(role for role, named in _mentions(asked) if label in named)
        if roles:
            reads = asked.meaning.reads if asked.meaning is not None else ()
            carrying = [read.name for read in reads if read.name and (read.series is None or label in read.series.labels.names)]
            found.append(_use(asked, tuple(dict.fromkeys(carrying)), roles=roles))
    yield from found
    direct = {(use.kind, use.name, use.place) for use in found}
    records = dict.fromkeys(use.name for use in found if use.kind == "record")
    for use in of_series(analysed, records):
        if (use.kind, use.name, use.place) not in direct:
            yield use._replace(through=use.through or use.signals)


def of_attribute(analysed: Analysed, name: str) -> Iterator[Use]:
    """Every panel and alert whose TraceQL query names the span attribute."""
    for asked in analysed.traces:
        if not any(field.name == name for field in asked.parsed.fields):
            continue
        if asked.rule is not None:
            yield Use("alert", asked.rule.name, asked.board.title, asked.origin, (name,))
        else:
            yield Use("panel", asked.panel.title or asked.panel.name, asked.board.title, asked.origin, (name,))


def _use(asked: Asked, signals: tuple[str, ...], through: tuple[str, ...] = (), roles: tuple[str, ...] = ()) -> Use:
    if asked.rule is not None:
        return Use(asked.rule.kind, asked.rule.name, asked.owner, asked.origin, signals, through, roles)
    board = asked.board.title if asked.board is not None else asked.owner
    if asked.panel is not None:
        return Use("panel", asked.panel.title or asked.panel.name, board, asked.origin, signals, through, roles)
    if asked.variable is not None:
        return Use("variable", asked.variable.name, board, asked.origin, signals, through, roles)
    kind = "annotation" if asked.board is not None else "link"
    return Use(kind, asked.origin.where if asked.origin else "", board, asked.origin, signals, through, roles)


def _mentions(asked: Asked) -> Iterator[tuple[str, Collection[str]]]:
    """How a query and what stands around it use labels."""
    meaning = asked.meaning
    if meaning is not None:
        yield "matcher", {matcher.label or "" for read in meaning.reads for matcher in read.selector.matchers}
        yield "grouping", {label for node in meaning.aggregates for label in _grouped(node)}
        yield "matching", {label for node in meaning.binaries for label in _matched(node)}
        yield "function", {label for call in meaning.calls for label in _argued(call)}
    if asked.label:
        yield "values", {asked.label}
    if asked.query is not None:
        yield "legend", set(_LEGEND.findall(str(asked.query.json.get("legendFormat", ""))))
    if asked.rule is not None:
        texts = [text for part in ("annotations", "labels") for text in _texts(asked.rule.json.get(part))]
        yield "template", {one or other for text in texts for one, other in _TEMPLATE.findall(text)}


def _grouped(node: Aggregate) -> tuple[str, ...]:
    return (node.by or ()) + (node.without or ())


def _matched(node: Binary) -> tuple[str, ...]:
    matching = node.matching
    return (matching.on or ()) + (matching.ignoring or ()) + matching.include


def _argued(call: Call) -> Iterator[str]:
    for index in _LABEL_ARGUMENTS.get(call.function, ()):
        if index < len(call.parts) and isinstance(call.parts[index], Text):
            part = call.parts[index]
            assert isinstance(part, Text)
            yield part.text
    if call.function == "label_join":
        yield from (part.text for part in call.parts[3:] if isinstance(part, Text))


def _texts(given: object) -> list[str]:
    return [text for text in given.values() if isinstance(text, str)] if isinstance(given, dict) else []
