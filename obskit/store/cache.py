"""Remember what a build found, keyed by the content of every file it read; a cache never breaks a build.

`json` and `hashlib` are imported where they are used: a command that needs no cache does not pay for them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from obskit.store import state
from obskit.store.temporary import beside, is_temporary, write_new

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_FORMAT = 1
_CHUNK = 1 << 20  # bytes; most sources fit in one
_DIGEST = 20  # bytes
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Record = dict[str, Any]
"""What is remembered, as JSON: string keys, and tuples come back as lists. `until` is the first day (ISO) it is wrong."""


def key(files: Iterable[tuple[str, str | Path]], extras: Iterable[str] = (), *, known: Mapping[str, str] | None = None) -> str:
    """A digest of the content of `files`, pairs of (label, path) in any order, and of `extras` in their order.

    A missing file counts as such, so creating it changes the key. Paths are not part of it, labels are. A file that is
    `known`, by its path, counts with the digest given there: of what was read or written, whatever it holds by now.
    """
    from hashlib import blake2b

    given = known or {}
    paths = ((label, os.fspath(path)) for label, path in files)
    labelled = sorted((label, given[path] if path in given else _digest(path)) for label, path in paths)
    total = blake2b(digest_size=_DIGEST)
    for text in (str(len(labelled)), *(part for pair in labelled for part in pair), *extras):
        data = text.encode("utf-8", "surrogatepass")
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def digest(data: bytes) -> str:
    """The digest of a file that holds `data`."""
    from hashlib import blake2b

    return blake2b(data, digest_size=_DIGEST).hexdigest()


def digest_files(paths: Iterable[str | Path]) -> dict[str, str]:
    """The digest of each file's content, empty for a file that is missing or cannot be read."""
    return {os.fspath(path): _digest(os.fspath(path)) for path in paths}


def tree(folder: str | Path, suffixes: tuple[str, ...], *, within: str | Path | None = None) -> list[str]:
    """The files below `folder` that end in one of `suffixes` ("" is every file), sorted; a missing folder has none.

    `__pycache__` and dot-folders are skipped. Links to folders are followed, once: a source behind one is imported too. One
    that leads out of `within` is not: it counts as a file.
    """
    return sorted(path for _, files in walk(folder, within=within) for path in files if path.endswith(suffixes))


def walk(folder: str | Path, *, within: str | Path | None = None) -> Iterator[tuple[str, list[str]]]:
    """`folder` and every folder that `tree` looks into, each with the files in it; nothing where there is none."""
    waiting, walked = [os.fspath(folder)], set()
    inside = _inside(within)
    while waiting:
        place = waiting.pop()
        with suppress(OSError):
            real = os.path.realpath(place)
            if real in walked or not real.startswith(inside):
                continue
            walked.add(real)
            found: list[str] = []
            with os.scandir(place) as entries:
                for entry in entries:
                    if not entry.is_dir():
                        found += [entry.path] if entry.is_file() else []
                    elif entry.name != "__pycache__" and not entry.name.startswith("."):
                        leaves = entry.is_symlink() and leads_out(entry.path, within)
                        (found if leaves else waiting).append(entry.path)
            yield place, found


def leads_out(path: str, within: str | Path | None) -> bool:
    """Whether what stands at `path` really lies elsewhere than below the folder `within`; without one, nothing does."""
    return within is not None and not os.path.realpath(path).startswith(_inside(within))


def load(root: str | Path, name: str, *, today: date | None = None) -> Record | None:
    """The record saved as `name`, or None: never saved, damaged, of another version, or wrong from `today` on."""
    import json

    folder = _folder(os.fspath(root))
    if not _usable(folder):
        return None
    try:
        with open(os.path.join(folder, _file(name)), "rb") as file:
            kept = json.loads(file.read())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT or kept.get("name") != name:
        return None
    record = kept.get("record")
    return record if isinstance(record, dict) and not _expired(record, today) else None


def save(root: str | Path, name: str, record: Record) -> None:
    """Save `record` whole or not at all; silent where that fails. TypeError when it is not made of JSON values."""
    import json

    data = json.dumps({"format": _FORMAT, "name": name, "record": record}, separators=(",", ":")).encode()
    folder = _folder(os.fspath(root))
    place = os.path.join(folder, _file(name))
    new = beside(place, 0)
    with suppress(OSError):
        state.make(os.fspath(root))
        os.makedirs(folder, exist_ok=True)
        if not _usable(folder):
            return
        for left in [entry for entry in os.listdir(folder) if is_temporary(entry)]:
            os.unlink(os.path.join(folder, left))
        try:
            write_new(new, data)
            os.replace(new, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(new)
            raise


def _inside(folder: str | Path | None) -> str:
    """What the real paths of all that lies below `folder` begin with."""
    return os.path.join(os.path.realpath(folder), "") if folder is not None else ""


def _digest(path: str) -> str:
    from hashlib import blake2b

    content = blake2b(digest_size=_DIGEST)
    try:
        handle = os.open(path, _READ)
        try:
            while chunk := os.read(handle, _CHUNK):
                content.update(chunk)
        finally:
            os.close(handle)
    except OSError:
        return ""
    return content.hexdigest()


def _expired(record: Record, today: date | None) -> bool:
    """Whether the record's `until` has come; one that is no date never held."""
    until = record.get("until")
    if until is None:
        return False
    from datetime import date

    try:
        first_wrong = date.fromisoformat(until)
    except (TypeError, ValueError):
        return True
    return today is not None and today >= first_wrong


def _folder(root: str) -> str:
    return os.path.join(state.folder_of(root), "cache")


def _usable(folder: str) -> bool:
    return state.is_own(os.path.dirname(folder)) and state.is_own(folder)


def _file(name: str) -> str:
    """A file name for any record name; two names that share one evict each other, for the name is in the record."""
    return "".join(letter if (letter.isalnum() and letter.isascii()) or letter in "-_." else "-" for letter in name)[:100] + ".json"
