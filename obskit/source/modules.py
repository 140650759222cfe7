"""The modules of the source folders: which there are, and what loading each of them gives."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from obskit import collect
from obskit.finding import Finding, ordered
from obskit.origin import Origin, Scope, tracing
from obskit.source.faults import ID, Fault, fault
from obskit.source.finder import Imports, importing
from obskit.source.ground import Ground, spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A module's file: `path` is posix and relative to the project, `module` its dotted name, `folder` its source folder as given.

    `subfolder` is its place in that folder (`shop/eu`, or empty). `alertgroup` marks `*.alertgroup.py`, which is reported, not loaded.
    """

    path: str
    module: str
    folder: str
    subfolder: str = ""
    alertgroup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is in the source folders, ordered by module name; `missing` are the folders that are not there."""

    files: tuple[SourceFile, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModule:
    """A module that loaded; `names` is what its text says of its names, `imported` are those its star imports brought."""

    file: SourceFile
    module: ModuleType
    names: collect.Names
    imported: frozenset[str] = frozenset()

    def values(self, types: tuple[type, ...]) -> list[collect.Declared]:
        """What the module declares of these types, by the joining rule."""
        return collect.values(self.module, self.names, types, imported=self.imported)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The modules that loaded, and every finding, also those of `faults`.

    `other_files` are the project's own files they imported, `read` what those of them held that were compiled, `made` the
    declarations made meanwhile (see `origin.made`).
    """

    modules: tuple[LoadedModule, ...]
    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    other_files: tuple[Path, ...]
    read: Mapping[Path, bytes]
    found: Found
    made: tuple[object, ...] = ()


def find(root: Path, folders: Sequence[str]) -> Found:
    """The modules of the source folders. `_private` and hidden files and folders are none; links that leave the project are findings."""
    ground = Ground.of(root, folders)
    missing, findings = [], []
    candidates: dict[str, SourceFile] = {}
    for folder in dict.fromkeys(folders):
        path = os.path.normpath(os.path.join(ground.root, folder))
        if path not in ground.folders or not os.path.isdir(path):
            missing.append(folder)
            continue
        for file in _walk(path, ground.root, set()):
            relative = Path(file).relative_to(ground.root).as_posix()
            if not _stays(file, ground.root):
                findings.append(_finding(f'"{relative}" is a link that leaves the project', relative, "copy its target into the project"))
            elif ground.folder_of(file) == path:
                candidates.setdefault(file, _source_file(ground, file, folder, path))
    files: dict[str, SourceFile] = {}
    for source in sorted(candidates.values(), key=_preference):
        first = files.setdefault(source.module, source)
        if first is not source:
            findings.append(_same_name(source, first.path))
    inorder = sorted(files.values(), key=lambda one: one.module.split("."))
    return Found(files=tuple(inorder), missing=tuple(missing), findings=ordered(findings))


def load(root: Path, folders: Sequence[str]) -> Loaded:
    """Imports every module of the source folders; one that raises is a finding, and the others still load.

    What modules print goes to stderr. Afterwards no module of the project is left in `sys.modules`.
    """
    found = find(root, folders)
    ground = Ground.of(root, folders)
    scope = Scope(os.path.join(ground.root, ""), tuple(os.path.join(folder, "") for folder in ground.folders))
    names = [file.module for file in found.files]
    modules: list[LoadedModule] = []
    faults: dict[int, Fault] = {}
    findings = list(found.findings)
    with tracing(ground.root, ground.folders) as made, redirect_stdout(sys.stderr), importing(root, folders) as imports:
        for file in found.files:
            taken = imports.taken.get(ground.dotted(os.path.join(ground.root, file.folder)))
            if file.alertgroup or taken:
                findings += [_taken(file.folder, taken)] if taken else []
                continue
            try:
                modules.append(_import(file, imports))
            except KeyboardInterrupt:
                raise
            except _SameNameError as error:
                findings.append(_same_name(file, error.path))
            except BaseException as error:  # whatever an author's module raises, SystemExit too, is a finding
                if id(error) not in faults:
                    faults[id(error)] = fault(error, scope, file.path, names)
        other_files = imports.loaded_files()
    kept = tuple(sorted(faults.values(), key=lambda one: one.finding.sort_key()))
    findings += [one.finding for one in kept]
    return Loaded(
        modules=tuple(modules),
        findings=ordered(findings),
        faults=kept,
        other_files=other_files,
        read=imports.read,
        found=found,
        made=tuple(made),
    )


class _SameNameError(Exception):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def _import(file: SourceFile, imports: Imports) -> LoadedModule:
    with imports.steady():
        module = importlib.import_module(file.module)
    path = os.path.join(imports.ground.root, *file.path.split("/"))
    if getattr(module, "__file__", None) != path:
        raise _SameNameError(getattr(module, "__file__", None) or "what it puts in its place")
    names = collect.Names.of(imports.trees[file.module])
    return LoadedModule(file=file, module=module, names=names, imported=imports.starred[file.module])


def _walk(folder: str, root: str, seen: set[str]) -> Iterator[str]:
    """The public modules in a folder and below, and links that leave the project, in order of their names."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    if not _stays(folder, root):
        yield folder
        return
    seen.add(real)
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.startswith(".") or (name.startswith("_") and name != "__init__.py"):
            continue
        if os.path.isdir(path):
            yield from _walk(path, root, seen)
        elif name.endswith(".py"):
            yield path


def _stays(path: str, root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))


def _source_file(ground: Ground, file: str, folder: str, path: str) -> SourceFile:
    inside = Path(file).relative_to(path)
    return SourceFile(
        path=Path(file).relative_to(ground.root).as_posix(),
        module=ground.dotted(file),
        folder=folder,
        subfolder="" if inside.parent == Path() else inside.parent.as_posix(),
        alertgroup=inside.name.endswith(".alertgroup.py"),
    )


def _preference(file: SourceFile) -> tuple[str, bool, list[tuple[bool, str]]]:
    """Of files with one module name the first is imported by it, as the finder has it."""
    parts = file.path.split("/")
    return file.module, parts[-1] != "__init__.py", [spelling(part) for part in parts]


def _same_name(file: SourceFile, other: str) -> Finding:
    return _finding(f'"{file.path}" and "{other}" are both the module "{file.module}"', file.path, "rename one of them")


def _taken(folder: str, name: str) -> Finding:
    return _finding(f'the source folder "{folder}" has the name of the installed package "{name}"', folder, "rename the folder")


def _finding(message: str, path: str, hint: str) -> Finding:
    return Finding(id=ID, severity="error", message=message, hint=hint, origin=Origin(path))
