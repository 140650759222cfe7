"""A dashboard shows more time than Tempo answers in one query.

TraceQL metrics look back 24 hours at most, 3 hours before Tempo 3.0, and searches 7 days, unless the server is set otherwise: beyond
that Tempo answers 400, and the panel shows an error. Show less, in the panel by `time_from`, or measure by Prometheus what needs
longer.

Bad:
    board = dashboard("Shop", uid="shop", time="7d", panels=[timeseries("Requests", traceql("{ } | rate()"))])

Good:
    board = dashboard("Shop", uid="shop", time="7d", panels=[
        timeseries("Requests", traceql("{ } | rate()"), time_from="24h"),
        trace_list("Errors", "{ status = error }"),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed, Traced
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.tempo import is_trace_id, older
from obskit.model import Board, Panel

LEVEL: Severity = "warning"

_BACK = re.compile(r"(?:now)?-?(\d+)([smhdwMy])(?:/\w+)?", re.ASCII)
_HOURS = {"s": 1 / 3600, "m": 1 / 60, "h": 1, "d": 24, "w": 168, "M": 720, "y": 8760}
_SEARCH = 168


def check(analysed: Analysed) -> Iterator[Problem]:
    """Time ranges that are longer than Tempo's limits, each once a board."""
    most = 3 if older(analysed.project.settings.targets.tempo, "3.0") else 24
    beyond: dict[tuple[int, str], list[Traced]] = {}
    for one in analysed.traces:
        limit = most if one.is_metrics else _SEARCH
        if one.rule is not None and one.rule.trace is not None and one.rule.trace.window > limit * 3_600_000:
            back = Duration(one.rule.trace.window)
            message = f"{one.who} looks back {back}, and Tempo answers metrics of {limit} h at most"
            yield Problem(message, one.origin, f'.over("{limit}h") at most', one.text, None, one.waive)
        if one.parsed.kind is not None and not is_trace_id(one) and _shown(one.board, one.panel) > limit:
            key = (id(one.board), one.parsed.kind)
            same = beyond.setdefault(key, [])
            if all(one.panel is not before.panel for before in same):
                same.append(one)
    for found in beyond.values():
        yield _told(found, most if found[0].is_metrics else _SEARCH)


def _told(found: list[Traced], limit: int) -> Problem:
    first, alone = found[0], len(found) == 1
    others = "" if alone else f" and {len(found) - 1} more"
    shown = f"{_shown(first.board, first.panel):g} h"
    what = "metrics" if first.is_metrics else "searches"
    message = f'dashboard "{first.board.title}" shows {shown} in {first.panel.name}{others}, and Tempo answers {what} of {limit} h at most'
    hint = f'time_from="{limit}h" on the panels, or a shorter time of the dashboard'
    origin = first.origin if alone else first.board.origin or first.origin
    return Problem(message, origin, hint, waive=first.waive if alone else first.board.waive)


def _shown(board: Board, panel: Panel) -> float:
    """How many hours a panel shows; 0 where that is not plain."""
    own, times = panel.json.get("timeFrom"), board.json.get("time")
    if not own and (not isinstance(times, dict) or times.get("to", "now") != "now"):
        return 0
    text = own or (times.get("from") if isinstance(times, dict) else None)
    match = _BACK.fullmatch(text) if isinstance(text, str) else None
    return int(match[1]) * _HOURS[match[2]] if match else 0
