"""What our own folders hold: checks, formats, commands, ways to show. A file is one of them; its name is the id."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator
from types import ModuleType

from obskit.naming import file_id


def names(package: str) -> tuple[str, ...]:
    """The ids of the public modules and packages in the folder of `package`, sorted; none of them is imported."""
    return tuple(sorted(_stems(package)))


def folders(package: str) -> tuple[str, ...]:
    """The ids of the public packages among them, sorted; none of them is imported."""
    return tuple(sorted(file_id(stem) for stem, is_folder in _found(package) if is_folder))


def exists(package: str) -> bool:
    """Whether there is a package or module of that name; its parents are imported, itself it is not."""
    try:
        return importlib.util.find_spec(package) is not None
    except ImportError:
        return False


def room(package: str, name: str) -> ModuleType:
    """The module of `package` with the id `name`. Raises KeyError when there is none."""
    return importlib.import_module(f"{package}.{_stems(package)[name]}")


def rooms(package: str) -> list[ModuleType]:
    """The public modules and packages in the folder of `package`, imported, sorted by name."""
    return [importlib.import_module(f"{package}.{stem}") for stem in sorted(_stems(package).values())]


def _stems(package: str) -> dict[str, str]:
    return {file_id(stem): stem for stem, _ in _found(package)}


def _found(package: str) -> Iterator[tuple[str, bool]]:
    """The stem of each public module or package in the folder of `package`, and whether it is a folder."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        with os.scandir(folder) as entries:
            for entry in entries:
                stem = entry.name.removesuffix(".py")
                is_file = entry.is_file()
                is_room = entry.name != stem if is_file else os.path.isfile(os.path.join(entry.path, "__init__.py"))
                if is_room and stem.isidentifier() and not stem.startswith("_"):
                    yield stem, not is_file
