"""A board without the datasource that its neutral form gave it: what no file says is no change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from obskit.diff.forms import BoardForm
from obskit.model import Board, Json, Panel, references
from obskit.model.modern.sources import DEFAULT


def as_written(form: BoardForm) -> Board:
    """The board of a form; where its document never refers to the variable `datasource`, without what does, and without the variable
    unless the document has one.
    """
    board = form.board
    if form.neutral is None or all(one.name != DEFAULT for one in board.variables) or _refers(form.raw):
        return board
    declared = _declares(form.raw)
    panels = board.json.get("panels")
    listed = board.json.get("annotations")
    annotations = listed.get("list") if isinstance(listed, dict) else None
    json = {**board.json, "panels": [_panel(one) for one in panels or ()]}
    if isinstance(listed, dict) and isinstance(annotations, list):
        json["annotations"] = {**listed, "list": [_asking(one) for one in annotations]}
    variables = tuple(replace(one, json=_asking(one.json)) for one in board.variables if declared or one.name != DEFAULT)
    return replace(board, json=json, panels=tuple(_viewed(one) for one in board.panels), variables=variables)


def _viewed(panel: Panel) -> Panel:
    queries = tuple(replace(one, json=_asking(one.json)) for one in panel.queries)
    return replace(panel, json=_panel(panel.json), queries=queries)


def _panel(panel: Json) -> Json:
    kept = _asking(panel)
    for key, inner in (("targets", _asking), ("panels", _panel)):
        if isinstance(kept.get(key), list):
            kept = {**kept, key: [inner(one) for one in kept[key]]}
    return kept


def _asking(part: Json) -> Json:
    """A part without a datasource that is the variable."""
    return {key: value for key, value in part.items() if key != "datasource" or not _is_default(value)}


def _is_default(given: Any) -> bool:
    return isinstance(given, dict) and given == {"type": "prometheus", "uid": f"${{{DEFAULT}}}"}


def _declares(document: Json) -> bool:
    """Whether anything in a document has the variable's name."""
    return any(key == "name" and text == DEFAULT for key, text in _texts(document))


def _refers(document: Json) -> bool:
    return any(DEFAULT in references(text) for _, text in _texts(document) if "$" in text or "[[" in text)


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield key, value
