"""Something that the Prometheus in use does not have.

`tool.obskit.targets.prometheus` says which version the files are for. Functions, syntax and fields that came later, or are
gone by then, keep it from answering the query or from loading the rule file.

Settings:
    [tool.obskit.targets]
    prometheus = "2.53"

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "first_over_time(up[5m])")])

Bad:
    group = RuleGroup("shop", labels={"team": "shop"}, rules=(Alert(name="ShopDown", expr="up == 0"),))

Good:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", "last_over_time(up[5m])")])
    group = RuleGroup("shop", query_offset="1m", rules=(Alert(name="ShopDown", expr="up == 0", keep_firing_for="5m"),))
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.promql import Requirement

LEVEL: Severity = "error"

_GROUP = {
    "query_offset": Requirement(feature="query_offset of a group", since="2.53"),
    "labels": Requirement(feature="labels of a group", since="3.0"),
}
_RULE = {"keep_firing_for": Requirement(feature="keep_firing_for", since="2.42")}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries, rules and groups that need another version than the target."""
    target = analysed.project.settings.targets.prometheus
    for asked in analysed.queries:
        for needed in analysed.requires(asked):
            if not needed.met_by(target):
                yield told(asked, _message(needed, target), needed.span, _hint(needed, target))
    for file in analysed.project.rule_files:
        for group in file.groups:
            for key, needed in _GROUP.items():
                if key in group.json and not needed.met_by(target):
                    yield Problem(f'group "{group.name}": {_message(needed, target)}', group.origin, _hint(needed, target))
            for rule in group.rules:
                for key, needed in _RULE.items():
                    if key in rule.json and not needed.met_by(target):
                        message = f'{rule.kind} "{rule.name}": {_message(needed, target)}'
                        yield Problem(message, rule.origin, _hint(needed, target), waive=rule.waive)


def _message(needed: Requirement, target: str) -> str:
    if needed.since and not Requirement(feature="", since=needed.since).met_by(target):
        return f"{needed.feature} needs Prometheus {needed.since}, and the target is {target}"
    return f"{needed.feature} is gone since Prometheus {needed.until}, and the target is {target}"


def _hint(needed: Requirement, target: str) -> str:
    flag = needed.flag_at(target)
    also = f"; {target} has it with --enable-feature={flag}" if flag else ""
    return f"change it, or prometheus in [tool.obskit.targets]{also}"
