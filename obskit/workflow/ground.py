"""What a watch looks at: the files that a build reads, what they hold, and the folders in which they may change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from obskit.settings import FILE, Settings
from obskit.store import cache

State = dict[str, str]
"""The digest of each file, by its path relative to the project; of a module that nobody has imported yet only that it is there."""

_THERE = "there"
_ENDS = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig", ".rej", ".part", "___jb_tmp___", "___jb_old___")
"""Ends of the names of files that editors and version control make for themselves."""
_BEGINS = (".", "#")
_PROBE = "4913"
"""The file by which Vim asks whether it may write in a folder."""


class Ground:
    """A project while it is watched; `settings` are the last that could be read. With `output` its output counts too."""

    def __init__(self, settings: Settings, *, output: bool) -> None:
        self.root = settings.root
        self.settings = settings
        self._others: tuple[str, ...] = ()
        self._output = output

    def state(self) -> State:
        """What every file holds now that a build would read."""
        names = {self._relative(path): _THERE for path in self._importable()}
        digests = cache.digest_files(self._files())
        return names | {self._relative(path): digest for path, digest in digests.items()}

    def follow(self, others: Mapping[str, str], state: State) -> tuple[State, bool]:
        """From now on looks at just those modules outside the source folders that a build imported, by path and digest.

        Gives `state` with what is looked at now, as that build saw it, and whether it may have seen something else: in a
        folder that nobody looked at, a module may have come since.
        """
        before, others_before = self._importing(), self._others
        self._others = tuple(others)
        new = self._importing() - before
        names = {self._relative(path): path for path in self._importable()}
        gone = {self._relative(path) for path in others_before if path not in others}
        kept = {path: digest for path, digest in state.items() if path not in gone and (digest != _THERE or path in names)}
        came = {path: _THERE for path, place in names.items() if path in gone or os.path.dirname(place) in new}
        return kept | came | {self._relative(path): digest for path, digest in others.items()}, bool(new)

    def folders(self) -> set[str]:
        """The folders, all of which exist, whose events tell of every change of the state."""
        found = {str(self.root), *self._beside()}
        for place in self._places():
            found.update(folder for folder, _ in cache.walk(place))
        for path in self._files():
            found.add(_standing(os.path.dirname(path)))
            if os.path.islink(path):
                found.add(_standing(os.path.dirname(os.path.realpath(path))))
        return found

    def _files(self) -> Iterator[str]:
        yield str(self.root / FILE)
        yield from self._others
        for place in self._places():
            if os.path.isdir(place):
                yield from (path for path in cache.tree(place, ("",)) if not _is_passing(path))
            else:
                yield place

    def _places(self) -> Iterator[str]:
        """The source folders, the inputs and, if it counts, the output."""
        output = (self.settings.out,) if self._output else ()
        for name in (*self.settings.folders, *self.settings.inputs, *output):
            yield str(self.root / name)

    def _importable(self) -> Iterator[str]:
        """The modules where an import of the project's could find one: beside the sources, and beside those imported."""
        for folder in sorted(self._importing()):
            with suppress(OSError):
                yield from (os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".py") and not _is_passing(name))

    def _importing(self) -> set[str]:
        return {str(self.root), *self._beside(), *map(os.path.dirname, self._others)}

    def _beside(self) -> Iterable[str]:
        """The folders in the project's own that are no output, hidden or an environment."""
        with suppress(OSError), os.scandir(self.root) as entries:
            for entry in entries:
                is_ours = not entry.name.startswith(_BEGINS) and entry.name != self.settings.out.partition("/")[0]
                if is_ours and entry.is_dir() and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):
                    yield entry.path

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _is_passing(path: str) -> bool:
    name = os.path.basename(path)
    return name.startswith(_BEGINS) or name.endswith(_ENDS) or name == _PROBE


def _standing(folder: str) -> str:
    """The folder, or the nearest one above it that exists."""
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder
