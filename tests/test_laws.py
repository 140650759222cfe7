"""Laws of floor zero and of the layout: what must hold for any input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obskit.counted import counted
from obskit.dashboards.layout import COLUMNS, Box, pack
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.naming import board_uid, is_label_name, is_metric_name, is_uid, nearest, panel_id, slug

SIZES = st.lists(st.tuples(st.integers(1, COLUMNS), st.integers(1, 12)), max_size=40)


@given(st.integers(0, 2**40))
def test_duration_reads_back_what_it_prints(milliseconds: int) -> None:
    assert Duration.parse(str(Duration(milliseconds))) == Duration(milliseconds)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("0", 0), ("90s", 90_000), ("1h30m", 5_400_000), ("1d", 86_400_000), ("1w", 604_800_000), ("5m10ms", 300_010),
        ("1y2w3d", 33_004_800_000),
    ],
)
def test_duration_reads(text: str, milliseconds: int) -> None:
    assert Duration.parse(text).milliseconds == milliseconds


@pytest.mark.parametrize("text", ["", "5", "5 m", "m", "1.5h", "-5m", "30m1h", "1m1m", "5min", "1h30", "300y", "\uff15m"])
def test_duration_refuses(text: str) -> None:
    with pytest.raises(DeclarationError):
        Duration.parse(text)


@pytest.mark.parametrize("value", [None, 5, 5.0, ["5m"]])
def test_duration_refuses_what_is_no_text(value: object) -> None:
    with pytest.raises(DeclarationError):
        Duration.parse(value)  # type: ignore[arg-type]


@given(st.text())
def test_slug_is_safe_and_settles(text: str) -> None:
    made = slug(text, 40)
    assert (slug(made, 40), made.strip("-"), len(made) <= 40, made.isascii(), made != "") == (made, made, True, True, True)


@given(st.text(), st.text())
def test_derived_uid_is_a_uid(module: str, title: str) -> None:
    assert is_uid(board_uid(module, title))


@given(st.lists(st.text(), min_size=1))
def test_panel_id_is_a_positive_31_bit_number(names: list[str]) -> None:
    assert 1 <= panel_id(*names) < 2**31


def test_panel_id_tells_where_one_name_ends_and_the_next_begins() -> None:
    assert panel_id("ab", "c") != panel_id("a", "bc")


@pytest.mark.parametrize(
    ("name", "metric", "label"),
    [
        ("a:b", True, False),
        ("_a1", True, True),
        ("__a", True, False),
        ("1a", False, False),
        ("a-b", False, False),
        ("", False, False),
        ("é", False, False),
    ],
)
def test_names_are_legal(name: str, metric: bool, label: bool) -> None:
    assert (is_metric_name(name), is_label_name(name)) == (metric, label)


def test_nearest_is_empty_when_nothing_is_near() -> None:
    assert (nearest("status", ["status_code", "path"]), nearest("xyz", ["status_code"])) == ("status_code", "")


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h


@given(SIZES)
def test_packed_panels_never_overlap_or_leave_the_grid(sizes: list[tuple[int, int]]) -> None:
    boxes = pack(sizes)
    apart = all(not overlap(one, other) for index, one in enumerate(boxes) for other in boxes[:index])
    assert apart
    assert all(box.x >= 0 and box.x + box.w <= COLUMNS and box.y >= 0 for box in boxes)


@given(SIZES)
def test_packed_panels_keep_their_order_when_read_line_by_line(sizes: list[tuple[int, int]]) -> None:
    places = [(box.y, box.x) for box in pack(sizes)]
    assert places == sorted(places)


@given(SIZES)
def test_packed_panels_rest_on_what_is_above_them(sizes: list[tuple[int, int]]) -> None:
    boxes = pack(sizes)
    for box in boxes:
        lifted = Box(box.x, box.y - 1, box.w, box.h)
        assert box.y == 0 or any(overlap(lifted, other) for other in boxes if other is not box)


@given(SIZES, st.integers(0, 50))
def test_packed_panels_keep_their_sizes_below_the_top(sizes: list[tuple[int, int]], top: int) -> None:
    boxes = pack(sizes, top)
    assert ([(box.w, box.h) for box in boxes], all(box.y >= top for box in boxes)) == (sizes, True)


@pytest.mark.parametrize(
    ("number", "thing", "words"),
    [(0, "file", "0 files"), (1, "file", "1 file"), (2, "query", "2 queries"), (1, "query", "1 query"), (3, "info", "3 info")],
)
def test_number_of_things_is_told_in_words(number: int, thing: str, words: str) -> None:
    assert counted(number, thing) == words
