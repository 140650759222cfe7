"""From declared rules to rule files: one file a module, loose rules in the module's own group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from textwrap import dedent
from types import MappingProxyType
from typing import Any

from obskit.catalog import SpanComparison
from obskit.duration import Duration
from obskit.model import GroupView, Json, RuleFile, RuleView, TraceCondition
from obskit.rules.breaking import broken
from obskit.rules.rule import Alert, Record, Rule, RuleGroup

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The rules and groups that one module binds, in order; `name` is its dotted name inside its source folder."""

    name: str
    path: str
    values: tuple[Rule | RuleGroup, ...]


def rule_files(modules: Iterable[Declared], labels: Mapping[str, str] = NOTHING) -> tuple[RuleFile, ...]:
    """The rule files of the modules. A rule that is bound to a name and also in a group counts once, in the group.

    `labels` are added to every alert that does not set them. Alerts on spans are left out: no rule file can hold them.
    """
    return _of_kind(_files(modules, labels), spans=False)


def trace_alerts(modules: Iterable[Declared], labels: Mapping[str, str] = NOTHING) -> tuple[RuleFile, ...]:
    """The alerts on spans, in the files and groups that they are declared in, without the other rules of those."""
    return _of_kind(_files(modules, labels), spans=True)


def _of_kind(files: Iterable[RuleFile], *, spans: bool) -> tuple[RuleFile, ...]:
    """The files with those rules that are (not) about spans; groups and files of none are left out."""
    found = []
    for file in files:
        groups = [replace(group, rules=tuple(rule for rule in group.rules if (rule.trace is not None) is spans)) for group in file.groups]
        kept = tuple(group for group in groups if group.rules)
        found += [replace(file, groups=kept)] if kept else []
    return tuple(found)


def _files(modules: Iterable[Declared], labels: Mapping[str, str]) -> tuple[RuleFile, ...]:
    modules = tuple(modules)
    grouped = {id(rule) for module in modules for value in module.values if isinstance(value, RuleGroup) for rule in value.rules}
    files = []
    for module in modules:
        groups = [_group(value, labels) for value in module.values if isinstance(value, RuleGroup)]
        loose = [value for value in module.values if not isinstance(value, RuleGroup) and id(value) not in grouped]
        grouped |= {id(value) for value in loose}  # another module may bind it again
        if loose:
            rules = tuple(_rule(rule, labels) for rule in loose)
            groups.append(GroupView(name=module.name, rules=rules, json={"name": module.name}, origin=loose[0].origin))
        if groups:
            files.append(RuleFile(name=module.name, module=module.path, groups=tuple(groups)))
    return tuple(files)


def _group(group: RuleGroup, added: Mapping[str, str]) -> GroupView:
    keys: Json = {
        "name": group.name,
        "interval": group.interval,
        "query_offset": group.query_offset,
        "limit": group.limit,
        "labels": dict(group.labels),
    }
    rules = tuple(_rule(rule, added, group.labels) for rule in group.rules)
    return GroupView(name=group.name, rules=rules, json=_kept(keys), origin=group.origin)


def _rule(rule: Rule, added: Mapping[str, str], shared: Mapping[str, str] = NOTHING) -> RuleView:
    expr = _text(str(rule.expr)) if isinstance(rule.expr, (str, SpanComparison)) else broken(rule.expr)
    what = ("alert" if isinstance(rule, Alert) else "record", rule.name)
    keys: Json = {what[0]: rule.name, "expr": expr}
    if isinstance(rule, Alert):
        keys |= {
            "for": rule.for_,
            "keep_firing_for": rule.keep_firing_for,
            "labels": rule.all_labels | {name: text for name, text in added.items() if name not in {*shared, *rule.all_labels}},
            "annotations": rule.all_annotations,
        }
    else:
        keys |= {"labels": dict(rule.labels)}
    origin = rule.origin.at(f'{what[0]} "{rule.name}"') if rule.origin else None
    view = RuleView(kind=what[0], name=rule.name, expr=expr, json=_kept(keys), origin=origin, waive=rule.waive)
    if isinstance(rule, Record):
        return view
    trace = _trace(rule.expr) if isinstance(rule.expr, SpanComparison) else None
    return replace(view, panel=rule.panel, steps=rule.steps, no_data=rule.no_data, on_error=rule.on_error, trace=trace)


def _trace(asked: SpanComparison) -> TraceCondition:
    query = asked.query
    return TraceCondition(
        query=query.text,
        operator=asked.operator,
        number=asked.number,
        window=Duration.parse(asked.window).milliseconds,
        labels=query.labels,
        service=next((service.name for service in query.services), ""),
    )


def _text(expr: str) -> str:
    """The author's PromQL without what surrounds it: of a block that begins on a line of its own, also the indent of its lines."""
    return dedent(expr).strip() if expr.lstrip(" ").startswith("\n") else expr.strip()


def _kept(keys: Mapping[str, Any]) -> Json:
    return {key: value for key, value in keys.items() if value not in ("", {}, 0, None)}
