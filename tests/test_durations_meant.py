"""What looks like a duration and is none: an error that says the one that is meant, never arithmetic that nobody wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import COUNTER
from tools import run_tool

from obskit.catalog import Expr
from obskit.duration import meant
from obskit.errors import DeclarationError
from obskit.promql import parse

UNITS = "a duration is whole numbers with units y w d h m s ms, largest first: 1h30m"
NONE = [
    ("5 m", '"5 m" is not a duration', "write 5m"),
    ("m5", '"m5" is not a duration', "write 5m"),
    ("5min", '"5min" is neither a number nor a duration', "write 5m"),
    ("5 minutes", '"5 minutes" is not a duration', "write 5m"),
    ("1h 30m", '"1h 30m" is not a duration', "write 1h30m"),
    ('"5m"', '"5m" is not a duration', "write 5m"),
    ("5m 1m", '"5m 1m" is not a duration', UNITS),
    ("5m,1m", '"5m,1m" is not a duration', UNITS),
    ("5m==1", '"5m==1" is not a duration', UNITS),
    ("5m*", '"5m*" is not a duration', UNITS),
    ("up", '"up" is not a duration', UNITS),
    ("up()", '"up()" is not a duration', UNITS),
    ("5 m:1m", '"5 m" is not a duration', "write 5m"),
    ("5m:1 m", '"1 m" is not a duration', "write 1m"),
]
"""What stands between brackets, what is said, and what is to be done."""
ARITHMETIC = ("5m+1m", "-5m + 10m", "2 * (5m - 1m)", "step()", "range() / 2", "max(step(), 5m)", "min_of(5m, 1m)", "5m:step()", "5m ^ 2")


@pytest.mark.parametrize(("text", "message", "hint"), NONE)
def test_what_is_no_duration_is_an_error(text: str, message: str, hint: str) -> None:
    problem = parse(f"rate(x[{text}])").problem
    assert problem is not None
    assert (problem.stage, problem.message, problem.hint) == ("syntax", message, hint)


@pytest.mark.parametrize("text", [text for text, _, _ in NONE])
def test_what_is_no_duration_is_none_for_prometheus(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(f"groups: [{{name: g, rules: [{{record: a, expr: 'rate(x[{text}])'}}]}}]\n")
    with pytest.raises(AssertionError, match="could not parse expression"):
        run_tool("promtool", "check", "rules", str(file))


@pytest.mark.parametrize("text", ARITHMETIC)
def test_arithmetic_of_newer_versions_stays_unchecked(text: str) -> None:
    problem = parse(f"rate(x[{text}])").problem
    assert problem is not None
    assert problem.stage == "unsupported"


@pytest.mark.parametrize("text", ["5m", " 5m ", "5m:", "5m : 1m", "1h30m", "300", "$__rate_interval", "${window}"])
def test_durations_are_read(text: str) -> None:
    assert parse(f"rate(x[{text}])").problem is None


def over(window: str) -> Expr:
    return COUNTER.rate().over(window)


@pytest.mark.parametrize("ask", [COUNTER.rate, COUNTER.increase, COUNTER.offset, over])
@pytest.mark.parametrize(("text", "hint"), [("5 m", 'write "5m"'), ("5min", 'write "5m"'), ("soon", "write whole numbers")])
def test_window_that_is_no_duration_is_refused(ask: object, text: str, hint: str) -> None:
    with pytest.raises(DeclarationError, match=f'"{text}" is not a duration') as caught:
        ask(text)  # type: ignore[operator]  # a method of a signal
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize("text", ["5m", "$__range", "${window}", "5m + 1m", "step()"])
def test_window_that_may_be_one_is_taken(text: str) -> None:
    assert f"[{text}]" in str(COUNTER.rate(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [("5 m", "5m"), ("5 Minutes", "5m"), ("2 hrs", "2h"), ("1 day 2 hours", "1d2h"), ("2h 1d", ""), ("5 moons", ""), ("", "")],
)
def test_meant_duration_is_found(text: str, found: str) -> None:
    assert meant(text) == found
