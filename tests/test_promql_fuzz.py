"""PromQL on any text: nothing is raised, nothing takes long, and places stay inside the author's text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from obskit.promql import canonical, parse, requires, substitute, tokenize

WORDS = (
    "( ) [ ] { } , : = != =~ !~ == < > <= >= </ >/ + - * / % ^ @ # sum rate by without on group_left offset bool and or unless atan2 "
    "x up a:b job __name__ 5m 1h 300 1_000 0x1F 1e400 .5 Inf NaN $__rate_interval $a ${b} ${c:regex} [[d]] $ start() end() topk info fill "
    "anchored quantile holt_winters \"a\" 'b' `\\d` \"$a\" \" ' ` \\ é \ud800 ; | !"
)
PART = st.sampled_from([*WORDS.split(), " ", "\n", "\u00a0"])
TEXTS = st.lists(PART, max_size=40).map("".join) | st.lists(PART, max_size=40).map(" ".join) | st.text(max_size=40)
VALUES = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), TEXTS, max_size=4)
QUICK = settings(max_examples=100, deadline=None)


@QUICK
@given(TEXTS, VALUES)
def test_parse_answers_any_text_within_a_second(text: str, values: dict[str, str]) -> None:
    began = time.process_time()
    parsed = parse(text, values)
    requires(parsed)
    canonical(parsed)
    assert time.process_time() - began < 1
    assert (parsed.ast is None) == (parsed.problem is not None)


@QUICK
@given(TEXTS, VALUES)
def test_spans_lie_inside_the_text(text: str, values: dict[str, str]) -> None:
    parsed = parse(text, values)
    spans = [parsed.problem.span] if parsed.problem else []
    for selector in parsed.selectors:
        spans += [span for span in (selector.span, selector.name_span, *(one.span for one in selector.matchers)) if span]
        if selector.name_span and selector.name and "\\" not in text:
            assert text[slice(*selector.name_span)] == selector.name
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@QUICK
@given(TEXTS)
def test_tokens_leave_out_only_white_space(text: str) -> None:
    read = 0
    for token in tokenize(text):
        assert text[read : token.start].strip(" \t\r\n") == ""
        assert text[token.start : token.end] == token.text != ""
        read = token.end
    assert text[read:].strip(" \t\r\n") == ""


@QUICK
@given(TEXTS, VALUES)
def test_positions_lead_back_to_the_same_characters(text: str, values: dict[str, str]) -> None:
    edited = substitute(text, tokenize(text), values)
    back = [edited.to_author(offset) for offset in range(len(edited.text) + 1)]
    assert back == sorted(back)
    replaced = {offset for start, end in edited.ranges for offset in range(start, end)}
    for offset, character in enumerate(edited.text):
        if offset not in replaced:
            assert text[back[offset]] == character
            assert edited.span(offset, offset + 1) == (back[offset], back[offset] + 1)


@QUICK
@given(TEXTS, VALUES)
def test_tokens_after_filling_are_those_of_the_filled_text(text: str, values: dict[str, str]) -> None:
    from obskit.promql.variables import fill

    filled = fill(text, tokenize(text), values)
    assert filled.tokens == tuple(token for token in tokenize(filled.edited.text) if token.kind != "comment")
