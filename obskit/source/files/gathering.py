"""Documents of any known kind to what a project declares, and what can be said of each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from obskit.finding import Finding
from obskit.model import Board, RuleFile
from obskit.origin import Origin
from obskit.settings import Settings
from obskit.source.extra import Extra
from obskit.source.files.alerting import alerting_file
from obskit.source.files.boards import board
from obskit.source.files.document import Document
from obskit.source.files.embedded import embedded
from obskit.source.files.forms import environment, form
from obskit.source.files.kinds import KNOWN, kind_of
from obskit.source.files.provisioning import READERS
from obskit.source.files.rules import rule_file
from obskit.source.files.tests_file import tested, tests_of
from obskit.source.project import Project

UNTESTED = "untested-alert"
"""The finding of an alert that no test names, when there are tests beside the rules."""
UNKNOWN = "not-recognised"
"""The finding of a file that is of no known kind."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What the files hold. `extras` are queries outside dashboards and rule files.

    `tested` are the alerts that tests expect something of, None when no file holds tests.
    """

    boards: list[Board] = field(default_factory=list)
    rule_files: list[RuleFile] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    tested: set[str] | None = None
    findings: list[Finding] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def untested(self) -> Iterator[Finding]:
        """A finding for each alert that no test names, if there is any test."""
        for file in self.rule_files if self.tested is not None else ():
            for _, rule in file.rules():
                if rule.kind == "alert" and rule.name not in (self.tested or ()):
                    message = f'no test expects anything of alert "{rule.name}"'
                    hint = "an alert_rule_test with series that make it fire, and one with series that do not"
                    yield Finding(id=UNTESTED, severity="info", message=message, origin=rule.origin, hint=hint)

    def project(self, settings: Settings) -> Project:
        """As a project that declares no signals."""
        return Project(
            settings=settings,
            boards=tuple(self.boards),
            rule_files=tuple(self.rule_files),
            extras=tuple(self.extras),
            files=tuple(self.names),
            findings=tuple(self.findings),
        )


class Gathering:
    """Takes files one after the other; `settings` say which Prometheus they are for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gathered = Gathered()
        self._rule_uids: dict[str, dict[str, str]] = {}

    def add(self, documents: Iterable[Document], name: str, folder: Path | None = None) -> None:
        """The documents of one file. `folder` is where the file lies, if it lies anywhere."""
        self.gathered.names.append(name)
        kinds = [self._document(document, folder) for document in documents]
        if not any(kinds):
            self._unknown(name)

    def _document(self, document: Document, folder: Path | None) -> bool:
        """Whether there was anything to say of the document."""
        gathered = self.gathered
        gathered.findings += document.findings
        if not document.readable:
            return True
        kind = kind_of(document.data)
        if kind in ("dashboard", "dashboard-v2"):
            found, findings = board(document, kind)
            gathered.boards += [replace(found, form=form(document))] if found else []
        elif kind in ("rules", "rule-object"):
            return self._rules(document, kind)
        elif kind == "tests":
            extras, findings = tests_of(document, folder)
            gathered.extras += extras
            gathered.tested = (gathered.tested or set()) | tested(document.data)
        elif kind == "alerting":
            extras, findings = alerting_file(document, self._rule_uids.setdefault(environment(document.name), {}))
            gathered.extras += extras
        elif kind == "folder":
            findings = ()
        elif kind == "alertmanager":
            findings = (_alertmanager(document),)
        elif kind in READERS:
            findings = READERS[kind](document)
        else:
            said = [self._document(inner, None) for inner in embedded(document)]
            return any(said)
        gathered.findings += findings
        return True

    def _rules(self, document: Document, kind: str) -> bool:
        if kind == "rules" and document.index > 0:
            message = "Prometheus reads the first document of a rule file, and this is another"
            origin = document.origin(())
            self.gathered.findings.append(
                Finding(id="rule-file", severity="warning", message=message, origin=origin, hint="make two files of it")
            )
            return True
        file, findings = rule_file(document, prometheus=self.settings.targets.prometheus)
        self.gathered.rule_files += [replace(file, form=form(document))] if file else []
        self.gathered.findings += findings
        return True

    def _unknown(self, name: str) -> None:
        message = f'"{name}" is not recognised, so nothing in it is checked'
        hint = "known are: " + "; ".join(KNOWN)
        self.gathered.findings.append(Finding(id=UNKNOWN, severity="warning", message=message, origin=Origin(name), hint=hint))


def _alertmanager(document: Document) -> Finding:
    message = f'"{document.name}" is a configuration of Alertmanager, which is not checked'
    return Finding(id=UNKNOWN, severity="info", message=message, origin=document.origin(()), hint="amtool check-config checks it")
