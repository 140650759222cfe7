"""The types of the members of a classic dashboard, of whatever age, and a copy without the members that have another.

What is read further on may therefore rely on them. Members that are not named here are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from obskit.artifact import Place
from obskit.finding import Severity
from obskit.model import NOTE, Json, Note
from obskit.origin import Origin
from obskit.source.files.report import called

Shape = tuple[Any, ...]
"""The alternatives: a type, an object's members (a dict), or a list's item (a list of one shape)."""

Say = Callable[[Severity, Place, str], None]
Locate = Callable[[Place], Origin]

TEXT: Shape = (str,)
FLAG: Shape = (bool, str, int)
NUMBER: Shape = (int, float, str)
OBJECT: Shape = (dict,)
ANYTHING: Shape = (str, int, float, bool, list, dict)

SOURCE: Shape = (str, {"type": TEXT, "uid": TEXT})
LINKS: Shape = ([({"title": TEXT, "url": TEXT, "tags": ([TEXT],), "type": TEXT, "dashboard": TEXT, "dashUri": TEXT, "params": TEXT},)],)
TARGET: Shape = (
    {
        NOTE: ("expr", "query"),
        "refId": TEXT, "datasource": SOURCE, "expr": TEXT, "legendFormat": TEXT, "interval": TEXT, "hide": FLAG, "queryType": TEXT,
    },
)  # fmt: skip
FIELDS: Shape = (
    {
        "defaults": (
            {
                "unit": TEXT, "links": LINKS, "mappings": ([OBJECT],), "custom": OBJECT, "thresholds": ({"steps": ([OBJECT], str)},),
                "color": OBJECT, "displayName": TEXT, "description": TEXT,
            },
        ),
        "overrides": ([({"matcher": OBJECT, "properties": ([({"id": TEXT},)],)},)],),
    },
)  # fmt: skip
GRID: Shape = ({"x": NUMBER, "y": NUMBER, "w": NUMBER, "h": NUMBER},)
PANEL: Shape = (
    {
        NOTE: ("title",),
        "type": TEXT, "title": TEXT, "description": TEXT, "id": (int,), "datasource": SOURCE, "targets": ([TARGET],), "gridPos": GRID,
        "links": LINKS, "repeat": TEXT, "interval": TEXT, "timeFrom": TEXT, "timeShift": TEXT, "fieldConfig": FIELDS,
        "options": (dict, list), "transformations": ([OBJECT],), "libraryPanel": OBJECT, "collapsed": FLAG, "maxPerRow": NUMBER,
        "repeatDirection": TEXT,
    },
)  # fmt: skip
PANEL[0]["panels"] = ([PANEL],)
ROW: Shape = ({NOTE: ("title",), "title": TEXT, "panels": ([PANEL],), "height": NUMBER, "repeat": TEXT, "collapse": FLAG},)
VARIABLE: Shape = (
    {
        NOTE: ("name",),
        "type": TEXT, "name": TEXT, "label": TEXT, "datasource": SOURCE, "query": (str, dict, int, float, list), "regex": TEXT,
        "current": ({"text": (str, int, float, bool, list), "value": (str, int, float, bool, list, dict)}, str, list),
        "options": ([({"text": (str, int, float, bool, list), "value": (str, int, float, bool, list)},)],), "definition": TEXT,
    },
)  # fmt: skip
ANNOTATION: Shape = ({"name": TEXT, "datasource": SOURCE, "expr": TEXT, "query": (str, dict), "iconColor": TEXT},)
INPUT: Shape = ({"name": TEXT, "type": TEXT, "label": TEXT, "pluginId": TEXT},)
BOARD: Shape = (
    {
        NOTE: ("title",),
        "title": TEXT, "uid": TEXT, "description": TEXT, "tags": ([TEXT],), "links": LINKS, "schemaVersion": NUMBER,
        "time": ({"from": (str, int), "to": (str, int)},), "refresh": (str, bool, int), "timezone": TEXT, "timepicker": OBJECT,
        "templating": ({"list": ([VARIABLE],)},), "annotations": ({"list": ([ANNOTATION],)}, list), "panels": ([PANEL],),
        "rows": ([ROW],), "__inputs": ([INPUT],), "graphTooltip": NUMBER, "weekStart": (str, bool),
    },
)  # fmt: skip


def shaped(board: Json, place: Place, say: Say, locate: Locate | None) -> Json:
    """A copy of the dashboard at `place` in which every member has its type; what has not is left out, and said.

    Where `locate` finds lines, the board, its panels, queries and variables carry notes with their origins.
    """
    copy: Json = _Shaping(say, locate).value(board, BOARD, place)
    return copy


class _Shaping:
    def __init__(self, say: Say, locate: Locate | None) -> None:
        self.say = say
        self.locate = locate

    def value(self, value: Any, shape: Shape, place: Place) -> Any:
        """The value in its shape, or None, which is as good as nothing."""
        for alternative in shape:
            if isinstance(alternative, dict) and isinstance(value, dict):
                return self._object(value, alternative, place)
            if isinstance(alternative, list) and isinstance(value, list):
                return self._list(value, alternative[0], place)
            if isinstance(alternative, type) and isinstance(value, alternative) and (type(value) is not bool or bool in shape):
                return value
        if value is not None:
            severity: Severity = "error" if all(isinstance(one, (dict, list)) for one in shape) else "warning"
            wanted = " or ".join(dict.fromkeys(_called(one) for one in shape))
            self.say(severity, place, f'"{_name(place)}" must be {wanted}, not {called(value)}; it is left out')
        return None

    def _object(self, value: Json, members: dict[str, Any], place: Place) -> Json:
        out: Json = {}
        for key, item in value.items():
            out[key] = self.value(item, members[key], (*place, key)) if key in members and key != NOTE else item
        if self.locate is not None and NOTE in members:
            told: Place = tuple(key for key in members[NOTE] if key in value)[:1]
            out[NOTE] = Note(origin=self.locate((*place, *told)))
        return out

    def _list(self, value: list[Any], shape: Shape, place: Place) -> list[Any]:
        items = ((self.value(item, shape, (*place, index))) for index, item in enumerate(value))
        return [item for item in items if item is not None]


def _called(alternative: Any) -> str:
    kinds = {str: "text", int: "a number", float: "a number", bool: "true or false", dict: "an object", list: "a list"}
    return kinds[alternative if isinstance(alternative, type) else type(alternative)]


def _name(place: Place) -> str:
    """The end of a place that says enough: from the last key that is no index."""
    start = max((index for index, key in enumerate(place) if isinstance(key, str)), default=0)
    text = "/".join(map(str, place[start:]))
    return text if len(text) <= 60 else text[:59] + "…"
