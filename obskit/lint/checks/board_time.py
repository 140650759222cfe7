"""A time that Grafana cannot read.

A range it does not understand becomes the last six hours, an interval it does not understand is left out. A range is
`now`, `now-6h`, `now/d`, a date or milliseconds since 1970; an interval `30s`, `1m`, `>10s`, or a variable.

Bad:
    board = dashboard("Shop", uid="shop", time="6 hours", panels=[timeseries("Up", "up")])

Bad:
    board = dashboard("Shop", uid="shop", refresh="half a minute", panels=[timeseries("Up", "up")])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "up", interval="thirty", time_from="yesterday")])

Bad:
    board = dashboard("Shop", uid="shop", variables=[interval_variable("window", ["5m", "1 hour"])], panels=[
        timeseries("Up", "rate(up[$window])"),
    ])

Good:
    board = dashboard("Shop", uid="shop", time="6h", refresh="30s", variables=[interval_variable("window", ["5m", "1h"])], panels=[
        timeseries("Up", "rate(up[$window])", interval=">10s", time_from="now/d", time_shift="1d/d"),
        timeseries("Up, finer", query("up", interval="$window")),
    ])
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.model import Board, Panel, Variable, references

LEVEL: Severity = "error"

_DURATION = r"(?:\d+(?:\.\d+)?(?:ms|[smhdwMy]))+"
_INTERVAL = re.compile(rf"[<>]?\s*(?:{_DURATION}|\d+)", re.ASCII)
_REFRESH = re.compile(rf"{_DURATION}|auto|", re.ASCII)
_MOMENT = re.compile(r"now(?:[-+]\d*(?:ms|f[Qy]|[smhdwMQy])|/(?:f[Qy]|[smhdwMQy]))*", re.ASCII)
_SHIFT = re.compile(rf"(?:now)?-?(?:{_DURATION})?(?:/[smhdwMy])?", re.ASCII)
_CHOICE = re.compile(rf"{_DURATION}|auto", re.ASCII)
_HINTS = {
    "interval": 'a duration: "30s", "1m"',
    "moment": 'for example "now-6h", "now/d", "2027-01-31T08:00:00Z"',
    "shift": 'for example "6h", "now/d", "1w/w"',
}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Ranges and intervals of boards, panels, queries and variables."""
    for board in analysed.project.boards:
        yield from _of_board(board)
        for panel in board.panels:
            yield from _of_panel(board, panel)
        for variable in board.variables:
            if variable.kind == "interval":
                yield from _of_variable(board, variable)


def _of_board(board: Board) -> Iterator[Problem]:
    refresh = board.json.get("refresh", "")
    if not isinstance(refresh, str) or not _REFRESH.fullmatch(refresh):
        message = f'dashboard "{board.title}" reloads every "{refresh}", which is no duration'
        yield Problem(message, board.origin, _HINTS["interval"], waive=board.waive)
    shown = board.json.get("time")
    for side in ("from", "to"):
        text = shown.get(side, "now") if isinstance(shown, dict) else "now"
        if not _is_moment(text):
            message = f'dashboard "{board.title}" shows the time {side} "{text}", which Grafana cannot read'
            yield Problem(message, board.origin, _HINTS["moment"], waive=board.waive)


def _of_panel(board: Board, panel: Panel) -> Iterator[Problem]:
    waive = panel.waive + board.waive
    said = [("interval", panel.json.get("interval"), panel.name, panel.origin)]
    said += [("interval", query.json.get("interval"), f'query "{query.ref}" of {panel.name}', query.origin) for query in panel.queries]
    for key, text, who, origin in said:
        if text and not _is_interval(text):
            yield Problem(f'{who} has the {key} "{text}", which is no duration', origin or board.origin, _HINTS["interval"], waive=waive)
    for key in ("timeFrom", "timeShift"):
        text = panel.json.get(key)
        if text and not (isinstance(text, str) and (references(text) or _SHIFT.fullmatch(text.strip()))):
            message = f'{panel.name} has the {key} "{text}", which Grafana cannot read'
            yield Problem(message, panel.origin or board.origin, _HINTS["shift"], waive=waive)


def _of_variable(board: Board, variable: Variable) -> Iterator[Problem]:
    for value in variable.query.split(","):
        text = value.strip().strip("\"'")
        if text and not references(text) and not _CHOICE.fullmatch(text):
            message = f'variable "{variable.name}" offers the interval "{text}", which is no duration'
            yield Problem(message, variable.origin or board.origin, _HINTS["interval"], waive=board.waive)


def _is_interval(text: object) -> bool:
    return isinstance(text, str) and bool(references(text) or _INTERVAL.fullmatch(text.strip()))


def _is_moment(text: object) -> bool:
    if isinstance(text, int) or (isinstance(text, str) and text.lstrip("-").isdecimal()):
        return True
    if not isinstance(text, str):
        return False
    if _MOMENT.fullmatch("".join(text.split())):
        return True
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
