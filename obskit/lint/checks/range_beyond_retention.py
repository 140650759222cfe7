"""A query, or a dashboard, looks back further than samples are kept.

`increase(x[30d])` over a store that keeps 15 days answers with what is left, half of it, and nothing says so; a chart of 30 days
is empty on its left. How long samples are kept is the `retention` of the service (15 days unless it is given, the default of
Prometheus). Keep them longer, or record sums and keep those: recorded series are not judged.

Bad:
    web = Service("web", job="web", retention="15d")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    board = dashboard("Web", uid="web", panels=[stat("A month", "sum(increase(web_requests_total[30d]))")])

Bad:
    web = Service("web", job="web", retention="15d")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    board = dashboard("Web", uid="web", time="30d", panels=[timeseries("Requests", "sum(rate(web_requests_total[$__rate_interval]))")])

Good:
    web = Service("web", job="web", retention="45d")
    requests = Counter("web_requests_total", help="Requests served.", service=web)
    old = Service("old", job="old", retention="15d")
    queue = Gauge("old_queue_length", help="Waiting.", service=old)
    daily = Record(name="old:queue:max1d", expr="max(max_over_time(old_queue_length[1d]))")
    board = dashboard("Web", uid="web", time="30d", panels=[
        stat("A month", "sum(increase(web_requests_total[30d]))"),
        stat("Waiting now", "sum(old_queue_length)"),
        timeseries("Waiting", "old:queue:max1d", interval="1d"),
        timeseries("Waiting, lately", "sum(old_queue_length)", time_from="7d"),
    ])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed, Asked
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.model import Board, Panel
from obskit.semantics import Node, Read, Series, Subquery

LEVEL: Severity = "warning"

_BACK = re.compile(r"(?:now)?-?(\d+)([smhdwMy])(?:/\w+)?", re.ASCII)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 30 * 86_400, "y": 365 * 86_400}
_HINT = "keep the samples longer and say so with retention=, or record what is asked"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Windows, offsets and time ranges that are longer than the retention of the metrics they are about."""
    boards: dict[tuple[str, str], list[Asked]] = {}
    series: dict[tuple[str, str], Series] = {}
    for asked in analysed.queries:
        if asked.meaning is None:
            continue
        beyond = _beyond(asked)
        if beyond is not None:
            yield beyond
        elif asked.board is not None and asked.panel is not None and asked.query is not None:
            for one in asked.meaning.series:
                if 0 < one.retention < _shown(asked.board, asked.panel) and _asks_range(asked):
                    key = (asked.board.uid, one.service.name if one.service is not None else "")
                    boards.setdefault(key, []).append(asked)
                    series.setdefault(key, one)
                    break
    for key, found in boards.items():
        yield _of_board(found, series[key])


def _beyond(asked: Asked) -> Problem | None:
    """The read of a query that looks back furthest beyond what is kept."""
    assert asked.meaning is not None
    looks = _looking_back(asked.meaning.root) if asked.meaning.subqueries else [(read, _reach(read)) for read in asked.meaning.reads]
    for read, back in looks:
        if read.series is not None and 0 < read.series.retention < back and not read.fixed:
            message = f'the query looks back {_spoken(back)}, and samples of "{read.name}" are kept {_spoken(read.series.retention)}'
            return told(asked, message, (asked.carets.window(read) if read.window else None) or asked.span(read), _HINT)
    return None


def _looking_back(root: Node) -> Iterator[tuple[Read, int]]:
    """Each read with how far back it looks at most, in milliseconds; what a variable decides counts as nothing."""
    waiting = [(root, 0)]
    while waiting:
        node, back = waiting.pop()
        if isinstance(node, Subquery) and node.fixed:
            continue
        if isinstance(node, (Read, Subquery)):
            back += _reach(node)
        if isinstance(node, Read):
            yield node, back
        waiting += ((part, back) for part in reversed(node.parts))


def _reach(node: Read | Subquery) -> int:
    return (node.window.milliseconds if node.window else 0) + (node.offset.milliseconds if node.offset else 0)


def _shown(board: Board, panel: Panel) -> int:
    """How far back a panel shows, in milliseconds; 0 where that is not plain."""
    own = panel.json.get("timeFrom")
    times = board.json.get("time")
    if not own and (not isinstance(times, dict) or times.get("to", "now") != "now"):
        return 0
    text = own or times.get("from") if isinstance(times, dict) else own
    match = _BACK.fullmatch(text) if isinstance(text, str) else None
    return int(match[1]) * _UNITS[match[2]] * 1000 if match else 0


def _asks_range(asked: Asked) -> bool:
    """Whether the query covers the whole time range: point by point, or by `$__range`."""
    assert asked.query is not None
    query = asked.query.json
    if query.get("instant") and not query.get("range"):
        return any(use.slot == "duration" and use.name.startswith("__range") for use in asked.parsed.variables)
    return True


def _of_board(found: list[Asked], one: Series) -> Problem:
    first = found[0]
    assert first.board is not None
    assert first.panel is not None
    panels = {asked.panel.name for asked in found if asked.panel is not None}
    others = f" and {len(panels) - 1} more" if len(panels) > 1 else ""
    shown, kept = _spoken(_shown(first.board, first.panel)), _spoken(one.retention)
    message = f'dashboard "{first.board.title}" shows {shown} in {first.panel.name}{others}, and samples of "{one.name}" are kept {kept}'
    alone = len(panels) == 1
    origin = first.origin if alone else first.board.origin or first.origin
    return Problem(message, origin, _HINT, waive=first.waive if alone else first.board.waive)


def _spoken(milliseconds: int) -> str:
    return str(Duration(milliseconds))
