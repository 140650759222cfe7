"""What promtool takes, the reader takes, and what it refuses, the reader finds."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from obskit.exposition import read

TAKEN = [
    "", "\n\n# c\n", "a 1\n", "#HELP a A.\na 1\n", "# HELP\na 1\n", "  a  {  x = \"y\" , }  1   5\n", "a INF\n", 'a{x="}"} 1\n',
    'a{x="\\"\\\\\\n"} 1\n', "a 1 -5\n", "# TYPE a_total counter\na_total 1\n", "# TYPE a untyped\na 1\n", "a{} 1\n", 'a{x="d"}1\n',
    '# TYPE s summary\ns{quantile="0.5"} 1\ns_sum 1\ns_count 1\n',
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
]  # fmt: skip
REFUSED = [
    "a 1", "a\n", "a one\n", "a 1e999\n", "a 0x1p3\n", "a 1_0\n", "a +NaN\n", "a 1 1.5\n", "a 1 1 2\n", "a 1\r\n", "1a 1\n", '{"a.b"} 1\n',
    'a{x="\\d"} 1\n', "# HELP a A\\d\na 1\n", 'a{x="d",x="e"} 1\n', "a{x=2} 1\n", 'a{1x="2"} 1\n', 'a{x:y="2"} 1\n', 'a{__name__="b"} 1\n',
    'a{x="say "hi""} 1\n', 'a{x="b\n"} 1\n', "# TYPE a gauge\n# TYPE a gauge\na 1\n", "a 1\n# TYPE a gauge\n", "# TYPE a unknown\na 1\n",
    "# HELP a A.\n# HELP a A.\na 1\n", '# TYPE h histogram\nh_bucket{le="x"} 5\nh_sum 1\nh_count 3\n',
    '# TYPE s summary\ns{quantile="x"} 5\ns_sum 1\ns_count 3\n', 'a 1 # {x="y"} 1\n',
]  # fmt: skip


def parses(text: str) -> bool:
    """Whether promtool can read the text, whatever it thinks of the names in it."""
    path = shutil.which("promtool")
    if path is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("promtool is not installed")
    done = subprocess.run([path, "check", "metrics"], input=text.encode(), capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1, 3)
    return b"parsing error" not in done.stdout + done.stderr


@pytest.mark.parametrize("text", TAKEN)
def test_text_that_promtool_takes_has_no_fault(text: str) -> None:
    assert (read(text, "text").faults, parses(text)) == ((), True)


@pytest.mark.parametrize("text", REFUSED)
def test_text_that_promtool_refuses_has_a_fault(text: str) -> None:
    assert (any(fault.severity == "error" for fault in read(text, "text").faults), parses(text)) == (True, False)
