"""A dashboard uid that Grafana refuses.

Letters, digits, `-` and `_`, at most 40 of them: the uid is part of the dashboard's address and the name of its file.

Bad:
    board = G.Dashboard(title="Shop", uid="../shop", panels=[])

Good:
    board = G.Dashboard(title="Shop", uid="shop", panels=[])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.naming import UID_LONGEST, is_uid, slug

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Boards with an illegal uid."""
    for board in analysed.project.boards:
        uid = str(board.uid)
        if uid and not is_uid(board.uid):
            shown = uid if len(uid) <= 60 else uid[:59] + "…"
            hint = f'letters, digits, - and _, at most {UID_LONGEST}; for example "{slug(uid, UID_LONGEST)}"'
            yield Problem(f'uid "{shown}" of dashboard "{board.title}" is not a uid', board.origin, hint, waive=board.waive)
