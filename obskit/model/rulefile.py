"""The neutral form of a Prometheus rule file: its JSON in the key order people write, and a typed view of it.

Format: rule files of Prometheus (`groups`, `rules`), as of version 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from obskit.model.json import Json
from obskit.origin import Origin
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceCondition:
    """What an alert on spans asks: a TraceQL metrics query over the last `window` milliseconds, compared with a number.

    `labels` are the fields that tell its series apart, `service` is the name of the service that it asks about, empty where unknown.
    """

    query: str
    operator: str
    number: float
    window: int
    labels: tuple[str, ...] = ()
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleView:
    """One alert or recording rule; `kind` is `alert` or `record`, `json` what is written.

    `panel`, `steps`, `no_data` and `on_error` are an alert's, as its author gave them. `trace` is set for an alert on spans:
    no rule file can hold it, its `expr` is TraceQL with the comparison behind.
    """

    kind: str
    name: str
    expr: str
    json: Json = field(compare=False, repr=False)
    panel: str = ""
    steps: tuple[str, ...] = ()
    no_data: str = ""
    on_error: str = ""
    trace: TraceCondition | None = None
    origin: Origin | None = None
    waive: tuple[Waive, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupView:
    """Rules that are evaluated together; `json` holds the group's own keys, without its rules."""

    name: str
    rules: tuple[RuleView, ...]
    json: Json = field(compare=False, repr=False)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleFile:
    """A rule file; `name` is its file name without suffix, `module` the path of the author's module.

    `form` is the form that a foreign file delivers it in: the same rules in several forms are there once.
    """

    name: str
    module: str
    groups: tuple[GroupView, ...]
    form: str = ""

    @property
    def json(self) -> Json:
        """The whole file."""
        return {"groups": [{**group.json, "rules": [dict(rule.json) for rule in group.rules]} for group in self.groups]}

    def rules(self) -> Iterator[tuple[GroupView, RuleView]]:
        for group in self.groups:
            for rule in group.rules:
                yield group, rule
