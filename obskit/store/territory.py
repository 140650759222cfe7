"""What stands in the folders that formats own; reads only."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from obskit.artifact import Territory
from obskit.store.refusals import folder_on_the_way, owns
from obskit.store.temporary import is_temporary


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Paths relative to the output folder.

    `owned` are the formats' regular files, `strangers` everything else but dot-files, `leftovers` the temporary files
    of a killed process, `folders` the folders below the territories' own, deepest first.
    """

    owned: tuple[str, ...]
    strangers: tuple[str, ...]
    leftovers: tuple[str, ...]
    folders: tuple[str, ...]


def standing(output: str, territories: Sequence[Territory]) -> Standing:
    """Walk the territories at any depth; links are strangers and never followed."""
    owned: set[str] = set()
    strangers: set[str] = set()
    leftovers: set[str] = set()
    folders: set[str] = set()
    waiting = sorted({territory.folder for territory in territories if folder_on_the_way(output, territory.folder)})
    walked: set[str] = set()
    while waiting:
        folder = waiting.pop()
        if folder in walked:
            continue
        walked.add(folder)
        with os.scandir(os.path.join(output, folder)) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.name.startswith("."):
                    if is_temporary(entry.name) and entry.is_file(follow_symlinks=False):
                        leftovers.add(path)
                elif entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(path)
                elif entry.is_file(follow_symlinks=False) and any(owns(territory, path) for territory in territories):
                    owned.add(path)
                else:
                    strangers.add(path)
    return Standing(
        owned=tuple(sorted(owned)),
        strangers=tuple(sorted(strangers)),
        leftovers=tuple(sorted(leftovers)),
        folders=tuple(sorted(folders, key=lambda path: (-path.count("/"), path))),
    )


def beside(output: str, owned: Sequence[str]) -> tuple[str, ...]:
    """The folders that nobody owns in those on the way to the folders `owned`: paths relative to the output folder, sorted."""
    ways = [folder.split("/") for folder in owned]
    above = {"/".join(steps[:length]) for steps in ways for length in range(len(steps))}
    found: set[str] = set()
    for folder in above:
        with suppress(OSError), os.scandir(os.path.join(output, folder)) as entries:
            found.update(f"{folder}/{entry.name}".lstrip("/") for entry in entries if entry.is_dir())
    return tuple(sorted(found.difference(above, owned)))
