"""Which outputs are refused before anything is compared: paths no format may make, and places that lead elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from obskit.errors import OutputError

if TYPE_CHECKING:
    from obskit.artifact import Artifact, Territory

_PART_LONGEST = 255  # bytes; the limit of every common file system
_RENAME = "change the folder, uid or module name that the path is made from"
_UNLINK = "replace the link by a folder of its own"

_ILLEGAL: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda path: path.startswith("/"), "is absolute"),
    (lambda path: "\\" in path, "holds a backslash"),
    (lambda path: "\0" in path, "holds a zero byte"),
    (lambda path: "" in path.split("/"), "has an empty part"),
    (lambda path: ".." in path.split("/"), 'holds ".."'),
    (lambda path: any(part.startswith(".") for part in path.split("/")), "has a part that starts with a dot"),
    (lambda path: any("\ud800" <= letter <= "\udfff" for letter in path), "is not text that utf-8 can hold"),
    (lambda path: any(len(part.encode()) > _PART_LONGEST for part in path.split("/")), f"has a part of more than {_PART_LONGEST} bytes"),
)


def output_folder(root: str, out: str) -> str:
    """The real path of the output folder, which need not exist; OutputError when it, or a folder on the way, is outside of `root`."""
    project = os.path.realpath(root)
    way = os.path.normpath(os.path.join(project, out))
    if not _inside(way, project):
        raise OutputError(f'the output folder "{out}" is outside of the project', hint='name a folder inside the project in "out"')
    place = project
    for part in way[len(project) :].split(os.sep):
        shown = os.path.relpath(os.path.join(place, part), project)
        place = os.path.realpath(os.path.join(place, part))
        if not _inside(place, project):
            raise OutputError(f'the output folder "{out}" leads outside of the project: "{shown}" is a link to "{place}"', hint=_UNLINK)
        if os.path.lexists(place) and not os.path.isdir(place):
            raise OutputError(f'the output folder "{out}" cannot be used: "{shown}" is not a folder', hint="move it away, then build again")
    return place


def artifacts(made: Sequence[Artifact], territories: Sequence[Territory]) -> None:
    """Raise OutputError when an artifact's path is illegal or outside of its format's territory, or two artifacts collide.

    Two artifacts collide when their paths are one on a file system that ignores case, or one needs a folder where the other is a file.
    """
    for territory in territories:
        _legal(territory.folder, f'the folder "{territory.folder}" of format "{territory.format}"', None)
    seen: dict[str, tuple[str, Artifact, bool]] = {}
    for artifact in sorted(made, key=lambda artifact: artifact.path):
        _legal(artifact.path, f'the path "{artifact.path}" of format "{artifact.format}"', artifact)
        if not any(territory.format == artifact.format and owns(territory, artifact.path) for territory in territories):
            message = f'the path "{artifact.path}" is outside of what format "{artifact.format}" owns'
            raise OutputError(message, hint=_RENAME, origin=artifact.origin)
        parts = artifact.path.split("/")
        for end in range(1, len(parts) + 1):
            path, is_file = "/".join(parts[:end]), end == len(parts)
            before = seen.get(path.casefold())
            if before is not None and (is_file or before[2] or before[0] != path):
                raise OutputError(_collision(before[1], artifact), hint=_RENAME, origin=artifact.origin)
            seen[path.casefold()] = (path, artifact, is_file)


def owns(territory: Territory, path: str) -> bool:
    """Whether a file at `path` would be the format's."""
    return path.startswith(territory.folder + "/") and path.endswith(territory.suffix)


def folder_on_the_way(output: str, folder: str) -> bool:
    """Whether `folder` (relative to the output folder) exists; OutputError when a link or a file stands on the way to it."""
    place = output
    parts = folder.split("/")
    for end, part in enumerate(parts, 1):
        place = os.path.join(place, part)
        mode = mode_of(place)
        if mode is None:
            return False
        shown = "/".join(parts[:end])
        if stat.S_ISLNK(mode):
            raise OutputError(f'"{shown}" in the output folder is a link to "{os.path.realpath(place)}"', hint=_UNLINK)
        if not stat.S_ISDIR(mode):
            raise OutputError(f'"{shown}" in the output folder is a file where a folder must go', hint="move it away, then build again")
    return True


def file_in_place(output: str, artifact: Artifact) -> int | None:
    """The mode of what stands where the artifact goes: a regular file or a link that stays inside; None when nothing does."""
    place = os.path.join(output, artifact.path)
    mode = mode_of(place)
    if mode is None or stat.S_ISREG(mode):
        return mode
    if not stat.S_ISLNK(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        message = f'"{artifact.path}" in the output folder is {what} where a file must go'
        raise OutputError(message, hint="move it away, then build again", origin=artifact.origin)
    real = os.path.realpath(place)
    if not _inside(real, output):
        message = f'"{artifact.path}" leads outside of the output folder: it is a link to "{real}"'
        raise OutputError(message, hint="delete the link, then build again", origin=artifact.origin)
    return mode


def mode_of(place: str) -> int | None:
    """The mode of what stands at `place`, links not followed; None when nothing does."""
    try:
        return os.lstat(place).st_mode
    except FileNotFoundError:
        return None


def _legal(path: str, named: str, artifact: Artifact | None) -> None:
    for broken, complaint in _ILLEGAL:
        if broken(path):
            raise OutputError(f"{named} {complaint}", hint=_RENAME, origin=artifact.origin if artifact else None)


def _collision(one: Artifact, other: Artifact) -> str:
    where = f" (the other is made at {one.origin})" if one.origin else ""
    if one.path == other.path:
        return f'two artifacts have the path "{one.path}"{where}'
    return f'the paths "{one.path}" and "{other.path}" cannot both exist where case is ignored or a file is no folder{where}'


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
