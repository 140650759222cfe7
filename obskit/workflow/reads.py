"""What a build reads of a project: the files of its sources and inputs, and the places where its imports could find a module.

The record of a build holds while none of it has changed, and a watch looks at all of it: so both ask here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from obskit.settings import FILE, Settings
from obskit.store import cache

Modules = dict[str, list[str]]
"""The modules in each folder where an import of the project's could find one, both as paths."""

_ENDS = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig", ".rej", ".part", "___jb_tmp___", "___jb_old___")
"""Ends of the names of files that editors and version control make for themselves."""
_BEGINS = (".", "#")
_PROBE = "4913"
"""The file by which Vim asks whether it may write in a folder."""
_INSTALLED = ("node_modules", "__pycache__")


def files(settings: Settings) -> Iterator[str]:
    """The project's settings and every file of its sources and inputs; of these, one that is missing counts as a file."""
    yield str(settings.root / FILE)
    for place, within in places(settings):
        if os.path.isdir(place) and not cache.leads_out(place, within):
            yield from cache.tree(place, ("",), within=within)
        else:
            yield place


def places(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """The source folders and the inputs, each with the folder that links below it may not leave to be followed, if any.

    A link among the sources that leaves the project is refused, and must not be read before; what an input leads to is wanted.
    """
    root = str(settings.root)
    yield from ((os.path.join(root, name), root) for name in settings.folders)
    yield from ((os.path.join(root, name), None) for name in settings.inputs)


def around(settings: Settings) -> Modules:
    """The modules in the project's folder, in those beside the sources, and in the folders right in these.

    None of them is the output's, hidden or an environment's.
    """
    root = str(settings.root)
    output = os.path.join(root, settings.out.partition("/")[0])
    with suppress(OSError):
        modules, folders = _listed(root, None)
        ours = [folder for folder in folders if folder != output and not os.path.exists(os.path.join(folder, "pyvenv.cfg"))]
        return {root: modules} | _modules(ours, root, {})
    return {}


def beyond(settings: Settings, others: Iterable[str], known: Modules) -> Modules:
    """What is `known` to be around, and what lies around `others`, modules outside the source folders that were imported.

    A module may come beside each, and a package in its place: what is imported as `lib.one` is `lib/one/__init__.py`, else `lib/one.py`.
    """
    root = str(settings.root)
    folders = {folder for path in others for folder in (os.path.dirname(path), path.removesuffix(".py"))}
    near = {folder for folder in known if folder == root or os.path.dirname(folder) == root}
    return _modules(sorted(folders - near), root, known)


def is_passing(path: str) -> bool:
    """Whether a file is one that an editor makes for itself."""
    name = os.path.basename(path)
    return name.startswith(_BEGINS) or name.endswith(_ENDS) or name == _PROBE


def _modules(folders: Iterable[str], root: str, known: Mapping[str, list[str]]) -> Modules:
    found = dict(known)
    for folder in folders:
        with suppress(OSError):
            modules, below = _listed(folder, root)
            found.setdefault(folder, modules)
            for inner in () if cache.leads_out(folder, root) else below:
                with suppress(OSError):
                    found.setdefault(inner, _listed(inner, root)[0])
    return found


def _listed(folder: str, root: str | None) -> tuple[list[str], list[str]]:
    """The modules in a folder, and the folders in it but links that lead out of `root`; OSError when it cannot be read."""
    modules, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_passing(entry.name) or entry.name in _INSTALLED:
                continue
            if entry.name.endswith(".py"):
                modules.append(entry.path)
            elif entry.is_dir() and not (entry.is_symlink() and cache.leads_out(entry.path, root)):
                folders.append(entry.path)
    return modules, folders
