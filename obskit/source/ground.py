"""Which files are the project's, which of them its source folders', and the names they are imported by."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_STANDARD = os.path.dirname(os.__file__) + os.sep
_OBSKIT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A project's `root` and its source `folders`, absolute, without a separator at the end; `real` is the root without links."""

    root: str
    real: str
    folders: tuple[str, ...]

    @classmethod
    def of(cls, root: Path, folders: Sequence[str]) -> Ground:
        """Of the source folders, as the settings write them, those that lie in the project."""
        top = os.path.abspath(root)
        found = dict.fromkeys(os.path.normpath(os.path.join(top, folder)) for folder in folders)
        return cls(root=top, real=os.path.realpath(top), folders=tuple(folder for folder in found if holds(top, folder)))

    def inside(self, path: str) -> str | None:
        """The path below `root` of a file or folder of the project, None for any other: a library, obskit itself."""
        plain = os.path.abspath(path)
        if not holds(self.root, plain) and holds(self.real, plain):
            plain = self.root + plain[len(self.real) :]
        if not holds(self.root, plain) or (holds(_OBSKIT, plain) and not self.folder_of(plain)):
            return None
        return None if is_library(plain) or any(holds(prefix, plain) for prefix in self._environments()) else plain

    def folder_of(self, path: str) -> str:
        """The source folder that `path` lies in, the innermost one, or empty."""
        return max((folder for folder in self.folders if holds(folder, path)), key=len, default="")

    def dotted(self, path: str) -> str:
        """The module name of a file or folder of the project: `a.dashboard.py` is `a_dashboard`."""
        parts = os.path.relpath(path, self.root).removesuffix(".py").split(os.sep)
        return ".".join(identifier(part) for part in parts if part not in ("__init__", os.curdir))

    def _environments(self) -> set[str]:
        """The folders of this Python, where they lie in the project."""
        return {prefix for prefix in (sys.prefix, sys.base_prefix) if holds(self.root, prefix) and prefix != self.root}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a module name stands for in a folder: `file` (empty for a package without one) and the `folders` of that name."""

    file: str
    folders: tuple[str, ...]

    @property
    def is_package(self) -> bool:
        return os.path.basename(self.file) == "__init__.py"


def identifier(stem: str) -> str:
    """The name that a file or folder is imported by."""
    return re.sub(r"\W", "_", stem)


def is_library(path: str) -> bool:
    """Whether a file or folder belongs to Python or to an installed package other than obskit."""
    parts = path.split(os.sep)
    installed = "site-packages" in parts or "dist-packages" in parts or path.startswith(_STANDARD)
    return installed and not holds(_OBSKIT, path)


def places(folder: str) -> dict[str, Place]:
    """What the names in a folder stand for; a name spelled as it is imported goes before one that is not."""
    files: dict[str, str] = {}
    folders: dict[str, list[str]] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for name, is_folder in sorted(((entry.name, entry.is_dir()) for entry in entries), key=lambda one: spelling(one[0])):
            if is_folder and not name.startswith((".", "__pycache__")):
                folders.setdefault(identifier(name), []).append(os.path.join(folder, name))
            elif name.endswith(".py"):
                files.setdefault(identifier(name[:-3]), os.path.join(folder, name))
    found = {}
    for name in files.keys() | folders.keys():
        inits = (file for path in folders.get(name, ()) if os.path.isfile(file := os.path.join(path, "__init__.py")))
        found[name] = Place(file=next(inits, files.get(name, "")), folders=tuple(folders.get(name, ())))
    return found


def spelling(name: str) -> tuple[bool, str]:
    """The order in which files that would have one module name are preferred."""
    stem = name.removesuffix(".py")
    return (identifier(stem) != stem, name)


def holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
