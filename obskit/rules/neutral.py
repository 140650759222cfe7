"""From declared rules to rule files: one file a module, loose rules in the module's own group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

from obskit.model import GroupView, Json, RuleFile, RuleView
from obskit.rules.breaking import broken
from obskit.rules.rule import Alert, Rule, RuleGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The rules and groups that one module binds, in order; `name` is its dotted name inside its source folder."""

    name: str
    path: str
    values: tuple[Rule | RuleGroup, ...]


def rule_files(modules: Iterable[Declared]) -> tuple[RuleFile, ...]:
    """The rule files of the modules. A rule that is bound to a name and also in a group counts once, in the group."""
    modules = tuple(modules)
    grouped = {id(rule) for module in modules for value in module.values if isinstance(value, RuleGroup) for rule in value.rules}
    files = []
    for module in modules:
        groups = [_group(value) for value in module.values if isinstance(value, RuleGroup)]
        loose = [value for value in module.values if not isinstance(value, RuleGroup) and id(value) not in grouped]
        grouped |= {id(value) for value in loose}  # another module may bind it again
        if loose:
            rules = tuple(_rule(rule) for rule in loose)
            groups.append(GroupView(name=module.name, rules=rules, json={"name": module.name}, origin=loose[0].origin))
        if groups:
            files.append(RuleFile(name=module.name, module=module.path, groups=tuple(groups)))
    return tuple(files)


def _group(group: RuleGroup) -> GroupView:
    keys: Json = {
        "name": group.name,
        "interval": group.interval,
        "query_offset": group.query_offset,
        "limit": group.limit,
        "labels": dict(group.labels),
    }
    return GroupView(name=group.name, rules=tuple(_rule(rule) for rule in group.rules), json=_kept(keys), origin=group.origin)


def _rule(rule: Rule) -> RuleView:
    expr = _text(rule.expr) if isinstance(rule.expr, str) else broken(rule.expr)
    what = ("alert" if isinstance(rule, Alert) else "record", rule.name)
    keys: Json = {what[0]: rule.name, "expr": expr}
    if isinstance(rule, Alert):
        keys |= {
            "for": rule.for_,
            "keep_firing_for": rule.keep_firing_for,
            "labels": rule.all_labels,
            "annotations": rule.all_annotations,
        }
    else:
        keys |= {"labels": dict(rule.labels)}
    origin = rule.origin.at(f'{what[0]} "{rule.name}"') if rule.origin else None
    panel = rule.panel if isinstance(rule, Alert) else ""
    return RuleView(kind=what[0], name=rule.name, expr=expr, json=_kept(keys), panel=panel, origin=origin, waive=rule.waive)


def _text(expr: str) -> str:
    """The author's PromQL without what surrounds it: of a block that begins on a line of its own, also the indent of its lines."""
    return dedent(expr).strip() if expr.lstrip(" ").startswith("\n") else expr.strip()


def _kept(keys: Mapping[str, Any]) -> Json:
    return {key: value for key, value in keys.items() if value not in ("", {}, 0, None)}
