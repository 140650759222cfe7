"""The signals that foreign files are judged by: of a folder or module of a project, or of an installed package."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

from obskit.errors import SettingsError
from obskit.origin import Scope, tracing
from obskit.settings import Settings
from obskit.source.faults import fault
from obskit.source.finder import importing
from obskit.source.project import Project, load


def signals(settings: Settings, name: str) -> Project:
    """What the catalogue `name` declares: a path or dotted name of a folder or module, or an installed package.

    Raises SettingsError when there is none, or it declares no signals. A module that raises is a fault of the project.
    """
    path = _path(settings.root, name)
    if path is None and not all(part.isidentifier() for part in name.split(".")):
        raise SettingsError(f'there is no catalogue "{name}"', hint="name a folder, a module, or an installed package")
    if path is None:
        try:
            project = load(replace(settings, rules=(), dashboards=(), catalogs=(name,)))
        except SettingsError as error:
            raise SettingsError(error.message, hint="name a folder, a module, or an installed package") from error
    else:
        root = _root(settings.root, path)
        if path.is_dir() and root == root.parent:
            hint = "name a folder or a module inside it, or move it into another folder"
            message = f'catalogue "{name}" lies at the top of the file system, and only what lies in a folder is loaded'
            raise SettingsError(message, hint=hint)
        of_root = replace(settings, root=root, dashboards=(), catalogs=())
        relative = path.relative_to(root)
        project = load(replace(of_root, rules=(relative.as_posix(),))) if path.is_dir() else _module(of_root, relative)
    if not project.signals and not project.attributes and not project.faults:
        raise SettingsError(f'catalogue "{name}" declares no signals', hint="name a folder or module that holds some")
    return project


def _path(root: Path, name: str) -> Path | None:
    """The folder or module that is meant, absolute; a path is relative to the working folder, a dotted name to the project."""
    if "\0" in name:
        return None
    given = Path(os.path.abspath(name))
    dotted = root.joinpath(*name.split("."))
    found = (given, dotted, dotted.with_name(f"{dotted.name}.py")) if all(name.split(".")) else (given,)
    return next((path for path in found if path.is_dir() or (path.is_file() and path.suffix == ".py")), None)


def _root(project: Path, path: Path) -> Path:
    """The folder that the names of the catalogue's modules begin at; the top of the file system is no project."""
    return project if path.is_relative_to(project) and path != project and project != project.parent else path.parent


def _module(settings: Settings, relative: Path) -> Project:
    """One module of a project, without its neighbours unless it imports them."""
    folder = relative.parent.as_posix()
    folders = () if folder == "." else (folder,)
    name, path = ".".join(relative.with_suffix("").parts), relative.as_posix()
    root = os.path.abspath(settings.root)
    scope = Scope(os.path.join(root, ""), (os.path.join(root, folder, ""),))
    with tracing(root, (os.path.join(root, folder),)), importing(settings.root, folders) as imports, redirect_stdout(sys.stderr):
        try:
            with imports.steady():
                module = importlib.import_module(name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever an author's module raises, SystemExit too, is a finding
            found = fault(error, scope, path, [name])
            return Project(settings=settings, findings=(found.finding,), faults=(found,))
    if os.path.realpath(getattr(module, "__file__", None) or "") != os.path.realpath(settings.root / relative):
        raise SettingsError(f'"{path}" has the name of an installed module', hint="rename it")
    return _declared(settings, list(vars(module).values()))


def _declared(settings: Settings, values: list[Any]) -> Project:
    from obskit.catalog import Service, Signal, SpanAttribute

    members = [member for value in values for member in (value if isinstance(value, (list, tuple)) else (value,))]
    found = list({id(member): member for member in members}.values())
    return Project(
        settings=settings,
        signals=tuple(value for value in found if isinstance(value, Signal)),
        attributes=tuple(value for value in found if isinstance(value, SpanAttribute)),
        services=tuple(value for value in found if isinstance(value, Service)),
    )
