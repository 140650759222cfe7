"""What a watch looks at: the files that a build reads, what they hold, and the folders in which they may change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from obskit.settings import Settings
from obskit.store import cache
from obskit.workflow import reads

State = dict[str, str]
"""The digest of each file, by its path relative to the project; of a module that nobody has imported yet only that it is there."""

_THERE = "there"


class Ground:
    """A project while it is watched; `settings` are the last that could be read. With `output` its output counts too."""

    def __init__(self, settings: Settings, *, output: bool) -> None:
        self.root = settings.root
        self.settings = settings
        self._others: tuple[str, ...] = ()
        self._output = output

    def state(self) -> State:
        """What every file holds now that a build would read."""
        names = {self._relative(path): _THERE for modules in self._importable().values() for path in modules}
        digests = cache.digest_files(self._files())
        return names | {self._relative(path): digest for path, digest in digests.items()}

    def follow(self, others: Mapping[str, str], state: State) -> tuple[State, bool]:
        """From now on looks at just those modules outside the source folders that a build imported, by path and digest.

        Gives `state` with what is looked at now, as that build saw it, and whether it may have seen something else: in a
        folder that nobody looked at, a module may have come since.
        """
        before, others_before = self._importable(), self._others
        self._others = tuple(others)
        after = self._importable()
        new = after.keys() - before.keys()
        names = {self._relative(path): folder for folder, modules in after.items() for path in modules}
        gone = {self._relative(path) for path in others_before if path not in others}
        kept = {path: digest for path, digest in state.items() if path not in gone and (digest != _THERE or path in names)}
        came = {path: _THERE for path, folder in names.items() if path in gone or folder in new}
        return kept | came | {self._relative(path): digest for path, digest in others.items()}, bool(new)

    def folders(self) -> set[str]:
        """The folders, all of which exist, whose events tell of every change of the state."""
        found = {str(self.root), *self._importable()}
        for place, within in self._places():
            found.update(folder for folder, _ in cache.walk(place, within=within))
        for path in self._files():
            found.add(_standing(os.path.dirname(path)))
            if os.path.islink(path):
                found.add(_standing(os.path.dirname(os.path.realpath(path))))
        return found

    def _files(self) -> Iterator[str]:
        yield from self._others
        output = cache.tree(self._out, ("",), within=self.root) if self._output else ()
        named = {place for place, _ in reads.places(self.settings)}
        yield from (path for path in (*reads.files(self.settings), *output) if path in named or not reads.is_passing(path))

    def _places(self) -> Iterator[tuple[str, str | None]]:
        """The source folders, the inputs and, if it counts, the output."""
        yield from reads.places(self.settings)
        if self._output:
            yield self._out, str(self.root)

    def _importable(self) -> reads.Modules:
        return reads.beyond(self.settings, self._others, reads.around(self.settings))

    @property
    def _out(self) -> str:
        return str(self.root / self.settings.out)

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _standing(folder: str) -> str:
    """The folder, or the nearest one above it that exists."""
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder
