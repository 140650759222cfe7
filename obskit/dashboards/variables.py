"""Template variables in the form that Grafana 13 reads, as grafanalib objects.

`dashboard` adds the datasource variables and `job` by itself; these helpers are for what it cannot know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attr

from obskit.dashboards.notes import annotate
from obskit.errors import DeclarationError
from obskit.model import BLANK, Json, custom_choices, custom_query, interval_query

DATASOURCES = {"prometheus": ("datasource", "Data source"), "tempo": ("tempo", "Traces"), "loki": ("loki", "Logs")}
"""Datasource type to the name and label of its variable."""

_ALL = {"text": ["All"], "value": ["$__all"]}


@attr.s(auto_attribs=True, eq=False)
class Variable:
    """A variable whose JSON is given whole; stands wherever grafanalib takes a Template."""

    name: str
    data: Json

    def to_json_data(self) -> Json:
        """The variable's JSON; grafanalib's encoder calls this."""
        return dict(self.data)


def _variable(name: str, kind: str, **data: Any) -> Variable:
    if not isinstance(name, str) or not name.isidentifier():
        raise DeclarationError(f'"{name}" is not a variable name', hint="letters, digits and _")
    kept = {key: value for key, value in data.items() if value not in (None, "")}
    made = Variable(name, {"type": kind, "name": name, **kept})
    annotate(made)
    return made


def datasource_variable(kind: str = "prometheus", *, name: str = "", label: str = "", regex: str = "") -> Variable:
    """A choice of datasource of a kind (`prometheus`, `tempo`, `loki`, …); `regex` limits the choice by name."""
    usual, shown = DATASOURCES.get(kind, (kind, kind.capitalize()))
    return _variable(name or usual, "datasource", label=label or shown, query=kind, regex=regex)


def query_variable(
    name: str, query: str, *, label: str = "", regex: str = "", multi: bool = True, all_value: str = "", datasource: str = "${datasource}"
) -> Variable:
    """A choice from a Prometheus query (`label_values(metric, label)`), refreshed when the time range changes.

    `multi` allows several values and All; match it with `=~`. `all_value` replaces the list of values for All.
    """
    return _variable(
        name,
        "query",
        label=label or name.replace("_", " ").capitalize(),
        datasource={"type": "prometheus", "uid": datasource},
        definition=query,
        query={"qryType": 1, "query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
        regex=regex,
        refresh=2,
        sort=1,
        multi=multi or None,
        includeAll=multi or None,
        allValue=all_value if multi else None,
        current=dict(_ALL) if multi else None,
    )


def instance_variable(metric: str, *, label: str = "Instance") -> Variable:
    """The instances of the chosen jobs; a board that has it asks for `instance=~"$instance"` in every typed query."""
    return query_variable("instance", f'label_values({metric}{{job=~"$job"}}, instance)', label=label)


def interval_variable(name: str, values: Iterable[str], *, label: str = "", default: str = "") -> Variable:
    """A choice of durations."""
    choices = tuple(values)
    for choice in choices:
        _in_words(name, choice)
        if set(choice) & set(",\"'\n"):
            hint = "each by itself: [" + ", ".join(f'"{part.strip()}"' for part in re.split("[,\"'\n]+", choice) if part.strip()) + "]"
            raise DeclarationError(f'choice "{choice}" of variable "{name}" is not one interval', hint=hint)
    return _variable(name, "interval", label=label, query=interval_query(choices), **_chosen(name, choices, default))


def custom_variable(name: str, values: Iterable[str], *, label: str = "", default: str = "", multi: bool = False) -> Variable:
    """A choice from a fixed list.

    Raises DeclarationError on a text that Grafana would read as another: with " : " in it, blanks around it, or a backslash at its
    end before another.
    """
    choices = tuple(values)
    for number, choice in enumerate(choices, 1):
        _in_words(name, choice)
        _as_it_is(name, choice, last=number == len(choices))
    several = {"multi": True, "includeAll": True} if multi else {}
    return _variable(name, "custom", label=label, query=custom_query(choices), **several, **_chosen(name, choices, default))


def textbox_variable(name: str, *, label: str = "", default: str = "") -> Variable:
    """Free text."""
    made = _variable(name, "textbox", label=label, current={"text": default, "value": default} if default else None)
    made.data["query"] = default
    return made


def _in_words(name: str, choice: str) -> None:
    """Raises DeclarationError on a choice that is empty, or has blanks around it."""
    kept = choice.strip(BLANK)
    if not kept:
        raise DeclarationError(f'variable "{name}" has an empty choice', hint='a word for it: "none"')
    if kept != choice:
        message = f'choice "{choice}" of variable "{name}" begins or ends with a blank, which Grafana drops'
        raise DeclarationError(message, hint=f'"{kept}"')


def _as_it_is(name: str, choice: str, *, last: bool) -> None:
    """Raises DeclarationError on a choice that Grafana would take apart, or for a part of another."""
    if choice.endswith("\\") and not last:
        message = f'choice "{choice}" of variable "{name}" ends in a backslash, by which Grafana joins it to the next'
        raise DeclarationError(message, hint="put it last")
    (read,) = custom_choices(custom_query([choice]))
    if read.value != choice:
        message = f'choice "{choice}" of variable "{name}" holds " : ", which Grafana takes for a label and its value'
        raise DeclarationError(message, hint=f'no blank before the colon: "{read.label}: {read.value}"')


def _chosen(name: str, choices: tuple[str, ...], default: str) -> Json:
    if not choices:
        raise DeclarationError(f'variable "{name}" has no values')
    chosen = default or choices[0]
    if chosen not in choices:
        raise DeclarationError(f'default "{chosen}" of variable "{name}" is not one of its values')
    options = [{"selected": value == chosen, "text": value, "value": value} for value in choices]
    return {"options": options, "current": {"text": chosen, "value": chosen}}
