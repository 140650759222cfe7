"""Whatever is put where something else is due, the answer is one error that says so, and no other exception."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import Any

import pytest

from obskit.catalog import regex
from obskit.errors import DeclarationError
from obskit.notify import (
    DingTalk,
    Email,
    Inhibit,
    MuteTime,
    PagerDuty,
    Period,
    Receiver,
    Route,
    Secret,
    Slack,
    Webhook,
    WeComApp,
    WeComRobot,
)

KEY = Secret.env("KEY")
OPS = Receiver("ops", Slack(KEY))
GOOD: dict[Any, dict[str, Any]] = {
    Email: {"to": "a@example.com"},
    DingTalk: {"url": KEY},
    WeComRobot: {"url": KEY},
    WeComApp: {"corp_id": "ww", "agent_id": "1", "secret": KEY},
    Slack: {"url": KEY},
    PagerDuty: {"key": KEY},
    Webhook: {"url": "https://hooks.example.com"},
    Route: {"receiver": OPS},
    Inhibit: {"source": {"a": "b"}, "target": {"c": "d"}},
    Period: {"years": (2027,)},
}
WEIRD: tuple[Any, ...] = (
    None, 5, -1, 10**20, float("nan"), True, "", "x", "\ud800", "\0", b"", [], (), {}, object(), ("",), (1,), (None,), (True,), [[]],
    {"a": 1}, {"a": None}, {1: "a"}, {"a": [regex("x"), 5]}, {"a": {"b"}}, KEY, OPS, ["a"], "9" * 50, ("1:2:3",), ("mon:",), ("٣",), ("²",),
)  # fmt: skip
OPTIONS = [(kind, field.name) for kind in GOOD for field in dataclasses.fields(kind) if field.init and field.name != "origin"]


@pytest.mark.parametrize(("kind", "option"), OPTIONS, ids=[f"{kind.__name__}-{option}" for kind, option in OPTIONS])
def test_wrong_value_is_refused_or_taken(kind: Any, option: str) -> None:
    for value in WEIRD:
        with contextlib.suppress(DeclarationError):
            kind(**{**GOOD[kind], option: value})


def test_wrong_parts_of_what_has_a_name_are_refused_or_taken() -> None:
    for value in WEIRD:
        for make in (
            lambda value: Receiver(value),
            lambda value: Receiver("a", value),
            lambda value: Receiver("a", waive=value),
            lambda value: MuteTime(value, Period(years=(2027,))),
            lambda value: MuteTime("a", value),
            lambda value: MuteTime("a", Period(years=(2027,)), zone=value),
            lambda value: MuteTime("a", Period(years=(2027,)), waive=value),
        ):
            with contextlib.suppress(DeclarationError):
                make(value)
