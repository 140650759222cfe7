"""Laws of the reader: it raises nothing, its places exist, what is written out is read back, and it takes its time in proportion."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obskit.exposition import Format, read

PIECES = st.sampled_from(
    ["a", "h_bucket", "{", "}", '"', "\\", "=", ",", " ", "\t", "\n", "\r", "#", "# TYPE h histogram", "# HELP a ", "# UNIT a s", "# EOF",
     'le="0.5"', 'le="+Inf"', "1", "-1", "NaN", "1e309", "\x00", "\ud800", "\ufeff", "ä", "_total"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.floats(allow_nan=False)


@given(TEXTS, st.sampled_from([None, "text", "openmetrics"]))
def test_reading_raises_nothing(text: str, form: Format | None) -> None:
    lines = text.count("\n") + 1
    for fault in read(text, form).faults:
        assert 1 <= fault.line <= lines
        assert fault.span is None or 0 <= fault.span[0] <= fault.span[1] <= len(fault.text)


@given(st.dictionaries(st.from_regex(r"[a-zA-Z][a-z0-9_]{0,5}", fullmatch=True), VALUES, max_size=4), NUMBERS)
def test_what_is_written_is_read_back(labels: dict[str, str], value: float) -> None:
    escapes = str.maketrans({"\\": "\\\\", "\n": "\\n", '"': '\\"'})
    told = ",".join(f'{name}="{text.translate(escapes)}"' for name, text in labels.items())
    (sample,) = read(f"a{{{told}}} {value}\n", "text").samples
    assert (dict(sample.labels), sample.value) == (labels, value)


@given(st.lists(st.tuples(st.floats(min_value=1e-3, max_value=1e3), st.integers(0, 9)), max_size=6, unique_by=lambda pair: pair[0]))
def test_counted_observations_make_a_sound_histogram(cells: list[tuple[float, int]]) -> None:
    total, lines = 0, ["# TYPE h histogram"]
    for bound, count in [*sorted(cells), (math.inf, 1)]:
        total += count
        lines.append(f'h_bucket{{le="{"+Inf" if math.isinf(bound) else bound}"}} {total}')
    found = read("\n".join([*lines, "h_sum 1", f"h_count {total}", ""])).faults
    assert [fault for fault in found if fault.kind != "percentile"] == []


@pytest.mark.parametrize("form", ["text", "openmetrics"])
@pytest.mark.parametrize(
    "piece", ['a{x="\\', 'x{a="', "{", 'x="1",', "a=b,", " ", "#", "\\\\", "1", ',x{y="\\"}', "a{b\n", "# TYPE a gauge\n"], ids=repr
)
def test_time_grows_with_the_text(piece: str, form: Format) -> None:
    text = 'a{x="1",' + piece * (300_000 // len(piece))
    start = time.process_time()
    read(text, form)
    assert time.process_time() - start < 5
