"""What our own folders hold: checks, formats, commands, ways to show. A file is one of them; its name is the id."""

from __future__ import annotations

import importlib
import importlib.util
import os
from types import ModuleType

from obskit.naming import file_id


def names(package: str) -> tuple[str, ...]:
    """The ids of the public modules and packages in the folder of `package`, sorted; none of them is imported."""
    return tuple(sorted(_stems(package)))


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
    spec = importlib.util.find_spec(package)
    stems = {}
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        with os.scandir(folder) as entries:
            for entry in entries:
                stem = entry.name.removesuffix(".py")
                is_room = entry.name != stem if entry.is_file() else os.path.isfile(os.path.join(entry.path, "__init__.py"))
                if is_room and stem.isidentifier() and not stem.startswith("_"):
                    stems[file_id(stem)] = stem
    return stems
