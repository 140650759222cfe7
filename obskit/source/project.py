"""Everything a project declares, collected from its modules."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from obskit.errors import SettingsError
from obskit.finding import Finding, ordered
from obskit.giveaway import given_away
from obskit.given import Given, giving
from obskit.model import Board, RuleFile
from obskit.naming import slug
from obskit.origin import Origin, Scope
from obskit.settings import FILE, Settings
from obskit.source.datasources import asked_by
from obskit.source.environment import findings as environment_findings
from obskit.source.environment import receiver_findings, source_findings
from obskit.source.extra import Extra
from obskit.source.faults import Fault, fault
from obskit.source.modules import Loaded, LoadedModule
from obskit.source.modules import load as load_modules
from obskit.source.uncollected import uncollected

if TYPE_CHECKING:
    from obskit.catalog import Param, Service, Signal, SpanAttribute
    from obskit.datasources import Datasource
    from obskit.notify import Notification


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Project:
    """What a project declares, each kind in the order of module and line, without repeats.

    `rule_files` are PromQL; `trace_alerts` are the alerts on spans, in the files and groups they are declared in. `files` are the
    source files read, relative to the root; `other_files` the project's own files outside the source folders that they imported,
    and `read` what those of them held that were compiled; `modules` is how many modules there are.
    """

    settings: Settings
    signals: tuple[Signal, ...] = ()
    attributes: tuple[SpanAttribute, ...] = ()
    services: tuple[Service, ...] = ()
    boards: tuple[Board, ...] = ()
    rule_files: tuple[RuleFile, ...] = ()
    trace_alerts: tuple[RuleFile, ...] = ()
    extras: tuple[Extra, ...] = ()
    params: tuple[Param[Any], ...] = ()
    datasources: tuple[Datasource, ...] = ()
    notifications: tuple[Notification, ...] = ()
    modules: int = 0
    files: tuple[str, ...] = ()
    other_files: tuple[Path, ...] = ()
    read: Mapping[Path, bytes] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def exceptions(self) -> tuple[BaseException, ...]:
        """Those that kept parts of the project from loading."""
        return tuple(fault.exception for fault in self.faults)


def load(settings: Settings) -> Project:
    """Loads the source folders. A module that raises is a finding; the others still load.

    Raises SettingsError when a source folder is missing or an installed catalogue cannot be imported.
    """
    environment = settings.environment
    with giving(environment.params if environment else {}, settings.docs.url) as given:
        return _load(settings, given)


def _load(settings: Settings, given: Given) -> Project:
    with _grafanalib(settings):
        loaded = load_modules(settings.root, settings.folders)
    if loaded.found.missing:
        missing = loaded.found.missing[0]
        none = set(loaded.found.missing) == set(settings.folders)
        other = f'or name the project, if "{settings.root.name}" is not it: obskit --project DIR'
        hint = f"create it, change tool.obskit in {FILE}, {other}" if none else f"create it, or change tool.obskit in {FILE}"
        raise SettingsError(f'source folder "{missing}" does not exist', hint=hint, origin=Origin(FILE))
    findings = list(loaded.findings)
    findings += [_alertgroup(file.path) for file in loaded.found.files if file.alertgroup]
    if settings.environment is not None:
        findings += environment_findings(settings.environment, given, whole=not loaded.faults)
    notifications = _others(loaded, "obskit.notify", ("Receiver", "Route", "MuteTime", "Inhibit"))
    if settings.environment is not None and not loaded.faults:
        findings += receiver_findings(settings.environment, notifications)
    boards, troubles = _boards(settings, loaded)
    if settings.environment is not None and not loaded.faults and not troubles:
        findings += source_findings(settings.environment, boards)
    rules, trace_alerts = _rules(settings, loaded)
    signals, attributes, services = _signals(settings, loaded)
    datasources = _others(loaded, "obskit.datasources", ("Prometheus", "Tempo", "Loki"))
    return Project(
        settings=settings,
        signals=signals,
        attributes=attributes,
        services=services,
        boards=boards,
        rule_files=rules,
        trace_alerts=trace_alerts,
        params=_others(loaded, "obskit.catalog", ("Param",)),
        extras=tuple(asked_by(datasources)),
        datasources=datasources,
        notifications=notifications,
        modules=len(loaded.found.files),
        files=tuple(file.path for file in loaded.found.files),
        other_files=loaded.other_files,
        read=loaded.read,
        findings=ordered(findings + [trouble.finding for trouble in troubles] + list(uncollected(loaded))),
        faults=(*loaded.faults, *troubles),
    )


@contextlib.contextmanager
def _grafanalib(settings: Settings) -> Iterator[None]:
    """grafanalib objects note their origin while modules load, if any module could make some."""
    if not any((settings.root / folder).is_dir() for folder in settings.dashboards):
        yield
        return
    from obskit.dashboards.notes import noting

    with noting():
        yield


def _boards(settings: Settings, loaded: Loaded) -> tuple[tuple[Board, ...], list[Fault]]:
    if "grafanalib.core" not in sys.modules:
        return (), []
    from obskit.dashboards.neutral import DASHBOARD

    boards: dict[int, Board] = {}
    troubles: list[Fault] = []
    scope = _scope(settings)
    for module in loaded.modules:
        for _, _, value in module.values((DASHBOARD,)):
            if id(value) in boards:
                continue
            try:
                boards[id(value)] = _neutral(value, settings, module)
            except Exception as error:  # whatever the author's objects raise while they turn into JSON
                troubles.append(fault(error, scope, module.file.path, ()))
    return tuple(boards.values()), troubles


def _neutral(value: Any, settings: Settings, module: LoadedModule) -> Board:
    from obskit.dashboards.neutral import neutral

    folder = module.file.subfolder.split("/")[-1] or settings.folder
    with redirect_stdout(sys.stderr):
        board = neutral(value, module=_name(module), path=module.file.path, folder=folder)
    prefix = settings.environment.folder_prefix if settings.environment else ""
    return replace(board, folder=prefix + board.folder) if prefix else board


def _signals(
    settings: Settings, loaded: Loaded
) -> tuple[tuple[Signal, ...], tuple[SpanAttribute, ...], tuple[Service, ...]]:
    """What the catalogues declare. Without the catalogue room imported by anyone there can be nothing."""
    installed = list(_installed(settings))
    if "obskit.catalog" not in sys.modules:
        return (), (), ()
    from obskit.catalog import Service, Signal, SpanAttribute

    kinds = (Signal, SpanAttribute, Service)
    found = [value for module in loaded.modules for _, _, value in module.values(kinds)]
    found += [value for value in installed if isinstance(value, kinds)]
    declared = list({id(value): value for value in found}.values())
    return (
        tuple(value for value in declared if isinstance(value, Signal)),
        tuple(value for value in declared if isinstance(value, SpanAttribute)),
        tuple(value for value in declared if isinstance(value, Service)),
    )


def _others(loaded: Loaded, room: str, kinds: tuple[str, ...]) -> tuple[Any, ...]:
    """What modules declare of the types `kinds` of a room, each once. Without the room imported by anyone there can be nothing."""
    types = tuple(getattr(sys.modules[room], kind) for kind in kinds) if room in sys.modules else ()
    found = (value for module in loaded.modules for _, _, value in module.values(types)) if types else ()
    return tuple({id(value): value for value in found}.values())


def _rules(settings: Settings, loaded: Loaded) -> tuple[tuple[RuleFile, ...], tuple[RuleFile, ...]]:
    """The rule files, and the alerts on spans. Without the rules room imported by anyone there can be none."""
    if "obskit.rules" not in sys.modules:
        return (), ()
    from obskit.rules import Alert, Declared, Record, RuleGroup, rule_files, trace_alerts

    kinds = (Alert, Record, RuleGroup)
    declared = []
    for module in loaded.modules:
        values = tuple(value for _, _, value in module.values(kinds) if isinstance(value, kinds))
        declared.append(Declared(name=_name(module), path=module.file.path, values=values))
    labels = settings.environment.labels if settings.environment else {}
    return rule_files(declared, labels), trace_alerts(declared, labels)


def _name(module: LoadedModule) -> str:
    """The module's dotted name inside its source folder."""
    parts = module.file.module.split(".")
    return ".".join(parts[len(Path(module.file.folder).parts) :]) or parts[-1]


def _installed(settings: Settings) -> Iterator[Any]:
    """The signals of installed packages named in the settings."""
    for name in settings.catalogs:
        try:
            with redirect_stdout(sys.stderr):
                module = importlib.import_module(name)
        except Exception as error:  # whatever an installed package raises
            said = f"{type(error).__name__}, and its message seems to hold a secret" if given_away(str(error)) else error
            message, hint = f'catalogue "{name}" cannot be imported: {said}', "is its package installed?"
            raise SettingsError(message, hint=hint, origin=Origin(FILE)) from error
        for attribute, value in vars(module).items():
            members = value if isinstance(value, (list, tuple)) else (value,)
            if not attribute.startswith("_"):
                yield from members


def _scope(settings: Settings) -> Scope:
    root = os.path.join(os.path.abspath(settings.root), "")
    return Scope(root, tuple(os.path.join(root, folder, "") for folder in settings.folders))


def _alertgroup(path: str) -> Finding:
    hint = f'declare Alert values in a module of the rules folder, for example "{slug(Path(path).name.split(".")[0])}.py"'
    message = f'"{path}" is a grafanalib alert group and is not built'
    return Finding(id="alertgroup", severity="warning", message=message, origin=Origin(path), hint=hint)

