"""The rule groups of a file of any form, each with the line at which it begins, and what its readers pass over in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from obskit.artifact import Place
from obskit.finding import Finding, Severity
from obskit.model import GroupView
from obskit.origin import Origin
from obskit.source.files.comments import Comment, comments
from obskit.source.files.document import Document
from obskit.source.files.embedded import embedded
from obskit.source.files.kinds import kind_of
from obskit.source.files.products import beyond
from obskit.source.files.reading import read
from obskit.source.files.report import short
from obskit.source.files.rules import rule_file

ID = "rule-import"


@dataclass(slots=True, kw_only=True)
class RuleGroups:
    """The groups of the file `name`. `starts` has the line at which a group or rule begins, by the line of its origin.

    `comments` are those of the file, also of files inside a ConfigMap. `passed` are the rules and fields that cannot be told at
    all, as messages; they have findings too. `refused` are the lines of the groups, as their origins have them, of which rules were passed.
    `heads` are where a document begins and where its first group does: what is said between is about that group.
    """

    name: str
    groups: list[GroupView] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    heads: list[tuple[int, int]] = field(default_factory=list)

    def start(self, origin: Origin | None) -> int:
        """The line at which what has this origin begins."""
        line = origin.line if origin else 0
        return self.starts.get(line, line)


def rule_groups(raw: bytes, name: str, *, prometheus: str, level: Severity) -> RuleGroups:
    """The groups of the rule files and PrometheusRule objects in a file; none is an error.

    `level` is that of rules which cannot be told; `prometheus` is the target, as `3.0`.
    """
    found = RuleGroups(name=name, comments=list(comments(raw)))
    told = [_document(document, found, prometheus, level) for document in read(raw, name)]
    if not any(told):
        message = f'"{name}" holds no Prometheus rules'
        hint = "known are rule files and PrometheusRule objects"
        found.findings.append(Finding(id=ID, severity="error", message=message, origin=Origin(name), hint=hint))
    return found


def _document(document: Document, found: RuleGroups, prometheus: str, level: Severity) -> bool:
    """Takes the groups of a document, or of those inside it; whether there was anything to say of it."""
    found.findings += document.findings
    if not document.readable:
        return True
    kind = kind_of(document.data)
    if kind not in ("rules", "rule-object"):
        found.comments += _inside(document)
        told = [_document(inner, found, prometheus, level) for inner in embedded(document)]
        return any(told)
    file, findings = rule_file(document, prometheus=prometheus, overlooked=True)
    found.findings += findings
    if kind == "rules" and document.index > 0:
        message = "Prometheus reads the first document of a rule file; the groups of this one are imported too"
        found.findings.append(Finding(id=ID, severity="warning", message=message, origin=document.origin(())))
    place: Place = ("spec", "groups") if kind == "rule-object" else ("groups",)
    holder = document.data.get("spec") if kind == "rule-object" else document.data
    given = holder.get("groups") if isinstance(holder, dict) else None
    groups = [(group, (*place, index)) for index, group in enumerate(given if isinstance(given, list) else ()) if isinstance(group, dict)]
    kept = {rule.origin.line for _, rule in file.rules() if rule.origin} if file else set()
    for group, at in groups:
        line = document.line((*at, "name") if "name" in group else at)
        found.starts[line] = document.line(at)
        if _passed(document, group, at, found, kept, level):
            found.refused.add(line)
    found.heads += [(document.line(()), document.line(at)) for _, at in groups[:1]]
    found.groups += file.groups if file else ()
    for where, message in beyond(holder, place[:-1]) if isinstance(holder, dict) else ():
        _pass(found, message, document.origin(where), level)
    found.findings += _object(document) if kind == "rule-object" else ()
    return True


def _inside(document: Document) -> Iterator[Comment]:
    """The comments of the files that a ConfigMap holds, by the lines of the whole."""
    data = document.data.get("data") if isinstance(document.data, dict) and document.data.get("kind") == "ConfigMap" else None
    for key, text in data.items() if isinstance(data, dict) else ():
        if isinstance(text, str) and "\n" in text.strip():
            first = document.line(("data", key))
            for one in comments(text.encode()):
                yield replace(one, line=first + one.line, before=first + one.before if one.before else one.before)


def _passed(document: Document, group: dict[str, Any], at: Place, found: RuleGroups, kept: set[int], level: Severity) -> bool:
    """Notes where rules begin; those that their reader passes over, for they are in another language, are told. Whether any is."""
    rules, before = group.get("rules"), len(found.passed)
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict):
            continue
        origin = document.origin((*at, "rules", index, "expr"))
        found.starts[origin.line] = document.line((*at, "rules", index))
        kind = next((key for key in ("alert", "record") if rule.get(key)), "")
        if origin.line not in kept and kind and rule.get("expr"):
            _pass(found, f'{kind} "{short(rule[kind])}" cannot be expressed: its language is not PromQL', origin, level)
    return len(found.passed) > before


def _pass(found: RuleGroups, message: str, origin: Origin, level: Severity) -> None:
    found.passed.append(message)
    found.findings.append(Finding(id=ID, severity=level, message=message, origin=origin))


def _object(document: Document) -> Iterator[Finding]:
    """What a PrometheusRule says besides its rules."""
    metadata = document.data.get("metadata")
    if isinstance(metadata, dict) and metadata:
        message = f"metadata of the PrometheusRule ({', '.join(metadata)}) are not kept: a module holds the rules alone"
        yield Finding(id=ID, severity="info", message=message, origin=document.origin(("metadata",)))
