"""Compare what should be on disk with what is; nothing is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obskit.artifact import Artifact, Territory
from obskit.change import Change
from obskit.errors import OutputError
from obskit.store import refusals
from obskit.store.reasons import told
from obskit.store.territory import standing

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What `apply` will do. All paths but `folder` are relative to the output folder, posix, sorted.

    `out` is the output folder as the settings name it, `folder` its real absolute path. `strangers` stand in a format's
    folder and are not the format's: to be reported, never deleted. `leftovers` are temporary files of a killed process,
    `folders` those that `apply` drops once they are empty (deepest first).
    """

    out: str
    folder: str
    changes: tuple[Change, ...]
    strangers: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def differing(self) -> tuple[Change, ...]:
        """The changes that are not `same`."""
        return tuple(change for change in self.changes if change.kind != "same")


def plan(root: Path, out: str, artifacts: Sequence[Artifact], territories: Sequence[Territory]) -> Plan:
    """Compare `artifacts` with the output folder `out` of the project at `root`, byte by byte.

    Only files inside `territories` are ever removed, so a partial build prunes its own formats and no others.
    `before` of an existing file that is not utf-8 has replacement characters, of an unreadable one (or a link) it is None.

    Raises OutputError when an artifact's path is illegal, collides, or leaves its territory, and when the output folder,
    a folder on the way or a target is a link that leads outside or not of the needed kind. A link among the folders
    inside the output folder is refused wherever it leads: two paths to one file could not be told from a stale one.
    """
    with told(f'cannot read the output folder "{out}"'):
        folder = refusals.output_folder(os.fspath(root), out)
        refusals.artifacts(artifacts, territories)
        made = {artifact.path for artifact in artifacts}
        for parent in sorted({path.rpartition("/")[0] for path in made}):
            refusals.folder_on_the_way(folder, parent)
        there = standing(folder, territories)
        changes = [_made(folder, artifact) for artifact in artifacts]
        changes += [_stale(folder, path) for path in _unmade(folder, artifacts, there.owned)]
    return Plan(
        out=out,
        folder=folder,
        changes=tuple(sorted(changes, key=lambda change: change.path)),
        strangers=tuple(path for path in there.strangers if path not in made),
        leftovers=there.leftovers,
        folders=there.folders,
    )


def _made(folder: str, artifact: Artifact) -> Change:
    path, text, sources = artifact.path, artifact.text, artifact.sources
    mode = refusals.file_in_place(folder, artifact)
    data = _encoded(artifact)
    if mode is None:
        return Change(path=path, kind="added", before=None, after=text, sources=sources)
    before = _read(os.path.join(folder, path)) if stat.S_ISREG(mode) else None
    if before == data:
        return Change(path=path, kind="same", before=text, after=text, sources=sources)
    return Change(path=path, kind="changed", before=_text(before), after=text, sources=sources)


def _stale(folder: str, path: str) -> Change:
    return Change(path=path, kind="removed", before=_text(_read(os.path.join(folder, path))), after=None)


def _unmade(folder: str, artifacts: Sequence[Artifact], owned: Sequence[str]) -> Iterator[str]:
    """The owned files that no artifact makes, also not under another case where the file system ignores it."""
    made = {artifact.path.casefold(): artifact.path for artifact in artifacts}
    for path in owned:
        twin = made.get(path.casefold())
        if twin is None or (twin != path and not _same_file(os.path.join(folder, twin), os.path.join(folder, path))):
            yield path


def _same_file(one: str, other: str) -> bool:
    return os.path.lexists(one) and os.path.samestat(os.lstat(one), os.lstat(other))


def _encoded(artifact: Artifact) -> bytes:
    try:
        return artifact.text.encode()
    except UnicodeEncodeError as error:
        message = f'the text of "{artifact.path}" holds half a character at offset {error.start}, which utf-8 cannot hold'
        raise OutputError(message, hint="remove the lone surrogate from the declaration", origin=artifact.origin) from error


def _read(place: str) -> bytes | None:
    try:
        with open(place, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return None


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode(errors="replace")
