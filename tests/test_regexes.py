"""Regular expressions of others, for which Python's engine stands in: what it reads otherwise, and what it warns of."""

from __future__ import annotations

import warnings

import pytest

from obskit.catalog import Label, regex
from obskit.datasources import ToTrace
from obskit.regexes import is_read_otherwise

ODD = ("a{,3}", "[[a]b", "[a||b]", "[a&&b]", "[a~~b]", "[+--]")


@pytest.mark.parametrize("pattern", ODD)
def test_pattern_of_re2_makes_python_warn_of_nothing(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert regex(pattern).value == pattern
        assert Label("x", pattern=pattern).pattern == pattern
        assert ToTrace("tempo", pattern=f"({pattern})").pattern


@pytest.mark.parametrize("pattern", ODD)
def test_pattern_that_python_reads_otherwise_is_known(pattern: str) -> None:
    assert is_read_otherwise(pattern)


@pytest.mark.parametrize("pattern", ["5..", "a|b", "[a-z]+", "a{1,3}", "x--y", "a||b", "[^]a]", "(a)[b]"])
def test_plain_pattern_is_read_alike(pattern: str) -> None:
    assert not is_read_otherwise(pattern)
