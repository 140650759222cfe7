"""The neutral form of a dashboard: clean classic JSON (schemaVersion 42) with a typed view of it.

The JSON is Grafana's classic dashboard model as of Grafana 13; the view names the parts that checks ask about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from obskit.model.json import NOTE, Json
from obskit.origin import Origin
from obskit.waiver import Waive

LANGUAGES = {"prometheus": "promql", "tempo": "traceql", "loki": "logql"}
"""Datasource type to query language; others are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an author's object says beside its JSON: where it was made, its panel key, its waivers, a board's folder."""

    origin: Origin | None = None
    key: str = ""
    importance: int = 0
    folder: str = ""
    waive: tuple[Waive, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Query:
    """One target of a panel. `language` is `promql`, `traceql`, `logql` or empty when it is none of these."""

    text: str
    language: str
    ref: str
    datasource: str
    json: Json = field(compare=False, repr=False)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """One panel or row. `row` is the title of the row that it stands in.

    In an expanded row stands what follows up to the next row, in a collapsed one only its own panels, which are listed after it: so
    Grafana reads a file, with scenes (`createSceneObjectsForPanels`) and before (only once such a row was opened there, what follows
    is in it too).
    """

    id: int
    kind: str
    title: str
    row: str
    key: str
    queries: tuple[Query, ...]
    json: Json = field(compare=False, repr=False)
    origin: Origin | None = None
    waive: tuple[Waive, ...] = ()

    @property
    def is_row(self) -> bool:
        return self.kind == "row"

    @property
    def name(self) -> str:
        """How messages call it."""
        return f'{"row" if self.is_row else "panel"} "{self.title}"' if self.title else f"{self.kind} panel {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variable:
    """A template variable; `query` is its query text where it has one, `datasource` the uid it asks."""

    name: str
    kind: str
    query: str
    datasource: str
    json: Json = field(compare=False, repr=False)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Board:
    """A dashboard. `folder` is the Grafana folder's title; `module` the path of the module that declares it.

    `uid_given` is False when the uid was derived. `notes` are (check id, message) pairs from bringing it into this form.
    `form` is the form that a foreign file delivers it in: one board in several forms is one.
    """

    uid: str
    title: str
    folder: str
    module: str
    json: Json = field(compare=False, repr=False)
    panels: tuple[Panel, ...]
    variables: tuple[Variable, ...]
    uid_given: bool = True
    notes: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None
    waive: tuple[Waive, ...] = ()
    form: str = ""

    def queries(self) -> Iterator[tuple[Panel, Query]]:
        for panel in self.panels:
            for query in panel.queries:
                yield panel, query


def view(
    board: Json,
    *,
    folder: str = "",
    module: str = "",
    origin: Origin | None = None,
    uid_given: bool = True,
    notes: tuple[tuple[str, str], ...] = (),
) -> Board:
    """The typed view of clean board JSON. Takes the notes out of the JSON: afterwards it is ready to be written."""
    note: Note = board.pop(NOTE, None) or Note(origin=origin)
    panels = tuple(_panels(board.get("panels", []), note.origin))
    variables = tuple(_variable(item, note.origin) for item in board.get("templating", {}).get("list", []))
    return Board(
        uid=_text(board.get("uid")),
        title=_text(board.get("title")),
        folder=folder,
        module=module,
        json=board,
        panels=panels,
        variables=variables,
        uid_given=uid_given,
        notes=notes,
        origin=note.origin,
        waive=note.waive,
    )


def _panels(items: list[Json], parent: Origin | None) -> Iterator[Panel]:
    row = ""
    for item in items:
        panel = _panel(item, row, parent)
        if panel.is_row:
            row = "" if item.get("collapsed") else panel.title
            yield panel
            yield from (replace(inner, row=panel.title) for inner in _panels(item.get("panels", []), panel.origin))
        else:
            yield panel


def _panel(item: Json, row: str, parent: Origin | None) -> Panel:
    note: Note = item.pop(NOTE, None) or Note(origin=parent)
    title, kind = _text(item.get("title")), _text(item.get("type"))
    origin = note.origin.at(f'{"row" if kind == "row" else "panel"} "{title}"') if note.origin else None
    source = item.get("datasource") or {}
    queries = tuple(_query(target, source, origin) for target in item.get("targets", []))
    return Panel(
        id=item.get("id", 0), kind=kind, title=title, row=row, key=note.key, queries=queries, json=item, origin=origin, waive=note.waive
    )


def _query(target: Json, inherited: Json, parent: Origin | None) -> Query:
    note: Note = target.pop(NOTE, None) or Note(origin=parent)
    source = target.get("datasource") or inherited
    language = LANGUAGES.get(source.get("type", ""), "")
    text = target.get("query" if language == "traceql" else "expr", "")
    ref = _text(target.get("refId"))
    where = f"{parent.where}, query {ref}" if parent and parent.where else f"query {ref}"
    origin = note.origin or parent
    if parent and origin and origin.path != parent.path:
        origin = parent
    return Query(
        text=text if isinstance(text, str) else "",
        language=language,
        ref=ref,
        datasource=_text(source.get("uid")),
        json=target,
        origin=origin.at(where) if origin else None,
    )


def _variable(item: Json, parent: Origin | None) -> Variable:
    note: Note = item.pop(NOTE, None) or Note(origin=parent)
    query = item.get("query", "")
    text = _text(query.get("query") if isinstance(query, dict) else query)
    name = _text(item.get("name"))
    return Variable(
        name=name,
        kind=_text(item.get("type")),
        query=text,
        datasource=_text((item.get("datasource") or {}).get("uid")),
        json=item,
        origin=note.origin.at(f'variable "{name}"') if note.origin else None,
    )


def _text(value: object) -> str:
    """A text member; whatever else stands there is for the schema to refuse."""
    return value if isinstance(value, str) else ""


_REFERENCE = re.compile(
    r"\$\{(?P<braced>[A-Za-z_]\w*)(?:[.:][^}]*)?\}"
    r"|\$(?P<plain>[A-Za-z_]\w*)"
    r"|\[\[(?P<square>[A-Za-z_]\w*)(?::[^\]]*)?\]\]"
)


def references(text: str) -> tuple[str, ...]:
    """The names of the Grafana variables that `text` uses, in order: `$a`, `${a}`, `${a:format}`, `${a.field}`, `[[a]]`."""
    return tuple(match["braced"] or match["plain"] or match["square"] for match in _REFERENCE.finditer(text))


def reference(text: str) -> str:
    """The name of the variable that `text` is a reference to and nothing else (`$a`, `${a}`, `${a:raw}`, `[[a]]`), else empty."""
    match = _REFERENCE.fullmatch(text)
    return (match["braced"] or match["plain"] or match["square"]) if match else ""
