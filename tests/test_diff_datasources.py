"""Which datasource is asked: what a file says of it, and nothing of what it does not say."""

from __future__ import annotations

from typing import Any

import pytest
from compared import PROMETHEUS, words

ABC = {"type": "prometheus", "uid": "abc"}
DS = {"type": "datasource", "name": "ds", "query": "prometheus"}
DATASOURCE = {"type": "datasource", "name": "datasource", "query": "prometheus"}
JOB = {"type": "query", "name": "job", "query": "label_values(up, job)"}


def board(source: Any = None, *variables: Any, queried: Any = None) -> dict[str, Any]:
    """A board of one panel with a datasource of its own and one of its query."""
    panel = {"id": 1, "type": "timeseries", "title": "P", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "datasource": source,
             "targets": [{"refId": "A", "expr": "up", "datasource": queried}]}  # fmt: skip
    return {"uid": "x", "title": "X", "schemaVersion": 42, "panels": [panel], "templating": {"list": [*variables]}}


CHANGES = [
    # (before, after, the lines that are told)
    (board(), board(ABC), ['panel "P": datasource none → prometheus abc']),
    (board(ABC), board(), ['panel "P": datasource prometheus abc → none']),
    (board(), board(ABC, queried=ABC), ['panel "P": datasource none → prometheus abc']),
    (board(None, DS, JOB), board(None, JOB, DS), ["variables: order ds, job → job, ds"]),
    (board(None, JOB), board(None, {**JOB, "datasource": ABC}), ['variable "job": datasource none → prometheus abc']),
    (board(), board(PROMETHEUS), ['panel "P": datasource none → prometheus ${datasource}']),
    (board(), board(None, DATASOURCE), ['variable "datasource" added: datasource', "query:", "+ prometheus"]),
    (board(ABC, DATASOURCE), board(PROMETHEUS, DATASOURCE), ['panel "P": datasource prometheus abc → prometheus ${datasource}']),
    (board(ABC), board({"type": "loki", "uid": "abc"}), ['panel "P": datasource prometheus abc → loki abc']),
    (board(ABC), board({"type": "loki", "uid": "b"}, queried={"type": "loki", "uid": "b"}),
     ['panel "P": datasource prometheus abc → loki b']),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), CHANGES)
def test_datasource_is_told_as_the_files_say_it(before: Any, after: Any, told: list[str]) -> None:
    assert words(before, after)[1:] == told
