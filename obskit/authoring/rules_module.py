"""A module of alerts, records and groups, made of rules that were YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from obskit.authoring.literals import WIDTH, literal, query
from obskit.authoring.literals import field as text_field
from obskit.authoring.remarks import Remarks
from obskit.rules import Alert, Rule, RuleGroup
from obskit.scrape.names import Names
from obskit.scrape.wording import tuple_of

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 60
_STEP = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with the line at which it begins in its file, and those of its rules."""

    value: RuleGroup
    line: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """A file of rules: its name, its groups in order, and its comments."""

    name: str
    groups: tuple[Group, ...]
    remarks: Remarks = field(default_factory=Remarks)


def rules_module(sources: Sequence[RuleSource], left_out: Sequence[str] = ()) -> str:
    """The text of a module that is built to the groups of `sources`. `left_out` is said at its top."""
    names = Names(("rule_group", "record", "alert"))
    kinds = {type(rule).__name__ for source in sources for group in source.groups for rule in group.value.rules}
    about = ", ".join(_plain(source.name) for source in sources)
    title = f"Rules that were {about}." if len(about) < WIDTH - 30 else f"Rules that were {len(sources)} files."
    lines = [f'"""{title}"""', "", f"from obskit.rules import {', '.join(sorted({*kinds, 'RuleGroup'}))}"]
    if left_out:
        lines += ["", "# Left out:", *(f"# - {_one_line(text)}" for text in left_out)]
    for source in sources:
        lines += ["", f"# From {_one_line(source.name)}."] if len(sources) > 1 else []
        lines += ["", *source.remarks.head] if source.remarks.head else []
        for group in source.groups:
            lines += _group(group, source.remarks, names)
        lines += ["", *source.remarks.tail] if source.remarks.tail else []
    return "\n".join((*lines, ""))


def _group(group: Group, remarks: Remarks, names: Names) -> list[str]:
    """A group's comments, its rules, each with its own, and the group itself."""
    above = remarks.of.get(group.line, [])
    lines = ["", *above] if above and group.line not in group.lines else []
    given: list[str] = []
    for rule, start in zip(group.value.rules, group.lines, strict=True):
        given.append(names.new(_name(rule.name), "alert" if isinstance(rule, Alert) else "record"))
        lines += ["", *remarks.of.get(start, []), *_rule(given[-1], rule)]
    value = group.value
    name = names.new(_name(value.name), "group")
    options = {
        "interval": literal(value.interval) if value.interval else "",
        "limit": str(value.limit) if value.limit else "",
        "query_offset": literal(value.query_offset) if value.query_offset else "",
    }
    parts = [f"{option}={text}" for option, text in options.items() if text]
    line = f"{name} = RuleGroup({', '.join([literal(value.name), f'rules={tuple_of(given)}', *parts])})"
    if len(line) <= WIDTH and not value.labels:
        return [*lines, line] if len(lines) > 1 else ["", line]
    return [
        *lines,
        f"{name} = RuleGroup(",
        f"{_STEP}{literal(value.name)},",
        f"{_STEP}rules=(",
        *(f"{2 * _STEP}{each}," for each in given),
        f"{_STEP}),",
        *(f"{_STEP}{part}," for part in parts),
        *_pairs("labels", value.labels),
        ")",
    ]


def _rule(name: str, rule: Rule) -> list[str]:
    lines = [f"{name} = {type(rule).__name__}(", text_field("name", rule.name)]
    lines.append(query("expr", rule.expr if isinstance(rule.expr, str) else str(rule.expr)))
    if isinstance(rule, Alert):
        options = ("for_", "keep_firing_for", "severity", "summary", "description", "runbook")
        lines += [text_field(option, getattr(rule, option)) for option in options if getattr(rule, option)]
    lines += _pairs("labels", rule.labels)
    lines += _pairs("annotations", rule.annotations) if isinstance(rule, Alert) else []
    return [*lines, ")"]


def _pairs(option: str, pairs: Mapping[str, str]) -> list[str]:
    """A dictionary: on one line where it fits, else with one member a line."""
    if not pairs:
        return []
    members = [f"{literal(name)}: {literal(text)}" for name, text in pairs.items()]
    line = f"{_STEP}{option}={{{', '.join(members)}}},"
    if len(line) <= WIDTH:
        return [line]
    shown = [text_field(literal(name), text, 2 * _STEP, sign=": ") for name, text in pairs.items()]
    return [f"{_STEP}{option}={{", *shown, f"{_STEP}}},"]


def _name(text: str) -> str:
    """`ShopHighErrors` and `job:shop_errors:rate5m` in lower case with underscores, and not endless."""
    words = _HUMP.sub("_", text)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition("_")[0] or words[:_LONGEST]


def _one_line(text: str) -> str:
    """Text as it can stand in a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _plain(text: str) -> str:
    """Text as it can stand in a docstring."""
    return "".join(letter if letter not in '"\\' else " " for letter in _one_line(text))
