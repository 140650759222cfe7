"""The choices of variables, as Grafana reads them from the text that they are joined to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from grafanalib import core
from hypothesis import given
from hypothesis import strategies as st

from obskit.dashboards import custom_variable, interval_variable
from obskit.dashboards.neutral import neutral
from obskit.errors import DeclarationError

BLANK = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript takes for blank."""
LABELLED = re.compile(rf"[{BLANK}]*([^\n\r\u2028\u2029]+)[{BLANK}]:[{BLANK}]([^\n\r\u2028\u2029]+)")


def trimmed(text: str) -> str:
    return re.sub(rf"^[{BLANK}]+|[{BLANK}]+\Z", "", text)


def read(query: str) -> list[tuple[str, str]]:
    """Label and value of each option that Grafana 13 makes of a custom variable's query."""
    found = []
    for part in re.findall(r"(?:\\,|[^,])+", query):
        text = part.replace("\\,", ",")
        match = LABELLED.fullmatch(text)
        found.append((trimmed(match[1]), trimmed(match[2])) if match else (trimmed(text), trimmed(text)))
    return found


def read_intervals(query: str) -> list[str]:
    """The intervals that Grafana 13 offers: what stands in quotes, and each word."""
    found = [match[0] for match in re.finditer(r"([\"'])(.*?)\1|\w+", query, re.ASCII)]
    return list(dict.fromkeys(re.sub("[\"']+", "", text) for text in found))


def offered(variable: Any) -> list[tuple[str, str]]:
    return [(option["text"], option["value"]) for option in variable.data["options"]]


@pytest.mark.parametrize(
    ("choices", "query"),
    [
        (["a", "b"], "a,b"),
        (["a,b", "c"], "a\\,b,c"),
        ([",", ",,"], "\\,,\\,\\,"),
        (["a\\,b"], "a\\\\,b"),
        (["a", "b\\"], "a,b\\"),
        (["a:b", "c: d", "e :f"], "a:b,c: d,e :f"),
        (["GET /a b"], "GET /a b"),
        (["[0-9]{1,3}", ".*"], "[0-9]{1\\,3},.*"),
    ],
)
def test_custom_choices_are_read_as_they_were_given(choices: list[str], query: str) -> None:
    made = custom_variable("a", choices)
    assert (made.data["query"], read(query), offered(made)) == (query, [(one, one) for one in choices], read(query))
    assert made.data["current"] == {"text": choices[0], "value": choices[0]}


@given(st.lists(st.text("ab,:\\ \"'$\n\u00a0", max_size=6), min_size=1, max_size=4))
def test_custom_choices_are_read_alike_or_refused(choices: list[str]) -> None:
    try:
        made = custom_variable("a", choices)
    except DeclarationError:
        assert any(trimmed(one) != one or not one or {":", " "} <= set(one.replace("\u00a0", " ")) or one.endswith("\\") for one in choices)
    else:
        assert read(made.data["query"]) == offered(made) == [(one, one) for one in choices]


@given(st.lists(st.text("1m.,\"' $\n", max_size=6), min_size=1, max_size=4, unique=True))
def test_intervals_are_read_alike_or_refused(choices: list[str]) -> None:
    try:
        made = interval_variable("a", choices)
    except DeclarationError:
        assert any(trimmed(one) != one or not one or set(one) & set(",\"'\n") for one in choices)
    else:
        assert read_intervals(made.data["query"]) == [value for _, value in offered(made)] == choices


@pytest.mark.parametrize(("choices", "query"), [(["1m", "5m"], "1m,5m"), (["1.5h", "1m"], '"1.5h",1m'), (["$__interval"], '"$__interval"')])
def test_interval_that_is_no_word_is_quoted(choices: list[str], query: str) -> None:
    assert interval_variable("a", choices).data["query"] == query


@pytest.mark.parametrize(
    ("declare", "message", "hint"),
    [
        (lambda: custom_variable("a", ["x", ""]), 'variable "a" has an empty choice', 'a word for it: "none"'),
        (lambda: custom_variable("a", [" x"]), 'choice " x" of variable "a" begins or ends with a blank, which Grafana drops', '"x"'),
        (
            lambda: custom_variable("a", ["Prod : eu"]),
            'choice "Prod : eu" of variable "a" holds " : ", which Grafana takes for a label and its value',
            'no blank before the colon: "Prod: eu"',
        ),
        (
            lambda: custom_variable("a", ["C:\\", "D"]),
            'choice "C:\\" of variable "a" ends in a backslash, by which Grafana joins it to the next',
            "put it last",
        ),
        (lambda: interval_variable("a", ["1m", ""]), 'variable "a" has an empty choice', 'a word for it: "none"'),
        (lambda: interval_variable("a", ["1m,5m"]), 'choice "1m,5m" of variable "a" is not one interval', 'each by itself: ["1m", "5m"]'),
    ],
)
def test_choice_that_grafana_reads_otherwise_is_refused(declare: Any, message: str, hint: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        declare()
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("query", "default", "options", "current"),
    [
        ("a,b", "b", [("a", "a"), ("b", "b")], {"text": "b", "value": "b"}),
        ("a\\,b,c", "c", [("a,b", "a,b"), ("c", "c")], {"text": "c", "value": "c"}),
        ("Europe : eu, USA : us", "Europe : eu", [("Europe", "eu"), ("USA", "us")], {"text": "Europe", "value": "eu"}),
    ],
)
def test_grafanalib_template_offers_what_its_query_says(
    query: str, default: str, options: list[tuple[str, str]], current: dict[str, str]
) -> None:
    template = core.Template(name="v", type="custom", query=query, default=default)
    board = core.Dashboard(title="B", uid="b", panels=[], templating=core.Templating([template]))
    (made,) = neutral(board, module="m", path="dashboards_src/m.py", folder="General").variables
    assert [(option["text"], option["value"]) for option in made.json["options"]] == options
    assert made.json["current"] == current
