"""Alertmanager itself as the judge: random trees are routed as amtool routes them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from amtool import check, readable, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from routing_trees import RECEIVERS, exactly, labels, trees

from obskit.notify import Notifications, Route
from obskit.notify.routing import reached
from obskit.render.alertmanager._config import config
from obskit.render.encode import yaml_text
from obskit.settings import Alertmanager


def written(root: Route, folder: Path) -> Path:
    data = config(Notifications(receivers=RECEIVERS, roots=(root,)), Alertmanager())
    return readable(yaml_text(data), folder / "alertmanager.yml")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees(), st.lists(labels(), min_size=1, max_size=3))
def test_random_tree_is_routed_as_amtool_routes_it(root: Route, alerts: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(root, Path(folder))
        for alert in alerts:
            ends = reached(root, exactly(alert))
            theirs = told(file, alert)
            names = [end.receiver.name if end.receiver else "" for end in ends]
            if all(end.verdict == "surely" for end in ends):
                assert names == theirs
            else:  # a regex that is not judged here
                assert set(theirs) <= set(names)


AWKWARD = [
    "a", "$", "$$", "${X}", "{{ $labels.x }}", '"quoted"', "back\\slash", "\\n", "two\nlines", "a\ttab", "价格", "😀", "line\u2028break",
    "100 %",
    "# comment", "- dash", "!bang", "*star", "@at", "yes", "y", "1e3", "null", "~", "a, b", "{a}", " padded ", "'", "`", "x" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("value", AWKWARD)
def test_value_is_matched_as_it_is(value: str, tmp_path: Path) -> None:
    told_first = Route(RECEIVERS[0], routes=(Route(RECEIVERS[1], match={"job": value}),))
    file = written(told_first, tmp_path)
    assert "SUCCESS" in check(file)
    assert told(file, {"job": value}) == ["r1"]
    assert told(file, {"job": value + "."}) == ["r0"]
