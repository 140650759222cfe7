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
from obskit.promql import Requirement, requires

LEVEL: Severity = "error"

_GROUP = {
    "query_offset": Requirement(feature="query_offset of a group", since="2.53"),
    "labels": Requirement(feature="labels of a group", since="3.0"),
}
_RULE = {"keep_firing_for": Requirement(feature="keep_firing_for", since="2.42")}


def check(analysed: Analysed) -> Iterator[Problem]:
    """Queries, rules and groups that need another version than the target."""
    target = analysed.project.settings.targets.prometheus
    known: dict[int, tuple[Requirement, ...]] = {}
    for asked in analysed.queries:
        if id(asked.parsed) not in known:
            known[id(asked.parsed)] = tuple(needed for needed in requires(asked.parsed) if not needed.met_by(target))
        for needed in known[id(asked.parsed)]:
            yield Problem(_message(needed, target), asked.origin, _hint(needed), asked.text, needed.span, asked.waive)
    for file in analysed.project.rule_files:
        for group in file.groups:
            for key, needed in _GROUP.items():
                if key in group.json and not needed.met_by(target):
                    yield Problem(f'group "{group.name}": {_message(needed, target)}', group.origin, _hint(needed))
            for rule in group.rules:
                for key, needed in _RULE.items():
                    if key in rule.json and not needed.met_by(target):
                        message = f'{rule.kind} "{rule.name}": {_message(needed, target)}'
                        yield Problem(message, rule.origin, _hint(needed), waive=rule.waive)


def _message(needed: Requirement, target: str) -> str:
    if needed.since and not Requirement(feature="", since=needed.since).met_by(target):
        return f"{needed.feature} needs Prometheus {needed.since}, and the target is {target}"
    return f"{needed.feature} is gone since Prometheus {needed.until}, and the target is {target}"


def _hint(needed: Requirement) -> str:
    flag = "; it needs --enable-feature=promql-experimental-functions" if needed.experimental else ""
    return f"change it, or prometheus in [tool.obskit.targets]{flag}"
