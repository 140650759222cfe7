"""The two neutral forms that are compared, with what they were made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from obskit.model import Board, GroupView, Json, RuleFile, RuleView

Neutral = Callable[[Json], Json]
"""From a document to the clean JSON of its board; what both of two documents make the same is not told apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoardForm:
    """A board with its path, and the document it was read from; `neutral` reads such a document again, None where nothing is left out.

    `around` is what stands beside the dashboard in its document.
    """

    path: str
    board: Board
    raw: Json = field(default_factory=dict, repr=False)
    neutral: Neutral | None = field(default=None, repr=False)
    around: Json = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RulesForm:
    """A rule file with its path; `rest` is what the document holds beside the groups."""

    path: str
    file: RuleFile
    rest: Json = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileForm:
    """A file that delivers, with its path: notifications, datasources, folders, rules that Grafana evaluates.

    One that is not `whole` may lack something that only could not be made.
    """

    path: str
    data: Json
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """What differs of one side, or may; what is the same on both need not be in either."""

    boards: tuple[BoardForm, ...] = ()
    rules: tuple[RulesForm, ...] = ()
    files: tuple[FileForm, ...] = ()


_SERVER = frozenset({"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"})
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def rules_form(path: str, name: str, data: Json) -> RulesForm:
    """The rule file of a document: a file of Prometheus, Mimir or Loki, or a PrometheusRule object. Nothing in it is left out."""
    wrapped = "groups" not in data and isinstance(data.get("spec"), dict)
    holder = data["spec"] if wrapped else data
    groups = tuple(_group(item) for item in _objects(holder.get("groups")))
    rest = {key: value for key, value in holder.items() if key != "groups"}
    groups_given = holder.get("groups")
    strange = [item for item in groups_given if not isinstance(item, dict)] if isinstance(groups_given, list) else groups_given
    if strange:
        rest["groups"] = strange
    if wrapped:
        rest = {**_outside(data), **({"spec": rest} if rest else {})}
    return RulesForm(path=path, file=RuleFile(name=name, module=path, groups=groups), rest=rest)


def outside(data: Json) -> Json:
    """What a resource holds beside its spec, without what the server writes."""
    return _outside(data)


def _outside(data: Json) -> Json:
    metadata = data.get("metadata")
    found = {key: value for key, value in data.items() if key not in ("spec", "status", "metadata")}
    if isinstance(metadata, dict):
        kept = {key: value for key, value in metadata.items() if key not in _SERVER}
        if isinstance(kept.get("annotations"), dict):
            kept["annotations"] = {key: value for key, value in kept["annotations"].items() if key != _APPLIED}
        found["metadata"] = kept
    return found


def _group(data: Json) -> GroupView:
    rules = tuple(_rule(item) for item in _objects(data.get("rules")))
    own = {key: value for key, value in data.items() if key not in ("name", "rules")}
    if isinstance(data.get("rules"), list):
        strange = [item for item in data["rules"] if not isinstance(item, dict)]
        own |= {"rules": strange} if strange else {}
    elif data.get("rules"):
        own["rules"] = data["rules"]
    return GroupView(name=_text(data.get("name")), rules=rules, json=own)


def _rule(data: Json) -> RuleView:
    kind = "alert" if data.get("alert") not in (None, "") else "record"
    return RuleView(kind=kind, name=_text(data.get(kind)), expr=_text(data.get("expr")), json=data)


def _objects(given: Any) -> list[Json]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []


def _text(value: Any) -> str:
    """A scalar as text; what stands for none of these is told by its key."""
    return value if isinstance(value, str) else "" if value is None or isinstance(value, (dict, list)) else str(value)
