"""What the last build saw, so that a build in which nothing changed reads files and nothing else.

A record holds while every file that could change the answer has the same content: sources, inputs, settings, the output
itself, the project's other modules, and the libraries that take part. Anything else means a full build.
"""

from __future__ import annotations

import datetime
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from obskit import __version__
from obskit.change import Change
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.settings import FILE, Settings
from obskit.store import cache
from obskit.workflow.outcome import Outcome

if TYPE_CHECKING:
    from obskit.artifact import Territory
    from obskit.source import Project


_OWN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "")
_STANDARD = os.path.join(os.path.dirname(os.__file__), "")


class Memory:
    """The record of one way to build a project: all formats or some, for an environment or none, its output compared or not."""

    def __init__(self, settings: Settings, only: Sequence[str], libraries: Libraries | None = None, *, compares: bool = True) -> None:
        self.settings = settings
        self.libraries = libraries
        environment = ("env", settings.environment.name) if settings.environment else ()
        formats = sorted(set(only))
        self.way = (*environment, *(() if compares else ("absent",)), *(("only", *formats) if formats else ()))
        self.name = ".".join(("build", *self.way))  # no name of an environment has a dot
        self.began = self._sources()

    def recall(self, today: datetime.date) -> Outcome | None:
        """The outcome of a build now, if it must be that nothing changes; else None."""
        record = cache.load(self.settings.root, self.name, today=today)
        try:
            return self._replayed(record) if record is not None else None
        except (KeyError, TypeError, ValueError, AttributeError):  # a record that something else wrote
            return None

    def _replayed(self, record: dict[str, Any]) -> Outcome | None:
        if record["key"] != self._key(record["territories"], record["others"], record["libraries"]):
            return None
        paths = [(path, tuple(sources)) for path, sources in record["files"]]
        return Outcome(
            findings=tuple(_finding(item) for item in record["findings"]),
            changes=tuple(Change(path=path, kind="same", before=None, after=None, sources=sources) for path, sources in paths),
            strangers=tuple(record["strangers"]),
            modules=record["modules"],
            out=self.settings.out,
            call=self.settings.call,
            settings=self.settings,
        )

    def keep(
        self, outcome: Outcome, project: Project, territories: Sequence[Territory], *, waiver_ends: Sequence[datetime.date]
    ) -> None:
        """Remembers an outcome after which the output is what it should be, up to the first of the days on which waivers end.

        The key holds the sources as they were when the build began, other modules as they were read, the output as it was
        written: what was edited meanwhile will not match. Nothing is remembered of a build by libraries that are no longer
        those on disk.
        """
        if self.libraries is not None and self.libraries.changed():
            return
        output = self.settings.root / self.settings.out
        made = {str(output / change.path): change.after.encode() for change in outcome.changes if change.after is not None}
        known = {path: cache.digest(data) for path, data in made.items()} | as_read(project)
        owned = [territory.folder for territory in territories]
        others = sorted(str(path) for path in project.other_files)
        libraries = sorted(_libraries())
        record: dict[str, Any] = {
            "key": self._key(owned, others, libraries, known),
            "libraries": libraries,
            "territories": owned,
            "others": others,
            "findings": [_plain(finding) for finding in outcome.findings],
            "files": [(change.path, change.sources) for change in outcome.changes if change.kind != "removed"],
            "strangers": outcome.strangers,
            "modules": outcome.modules,
        }
        if waiver_ends:
            record["until"] = (min(waiver_ends) + datetime.timedelta(days=1)).isoformat()
        cache.save(self.settings.root, self.name, record)

    def _key(
        self, territories: Sequence[str], others: Sequence[str], libraries: Sequence[str], known: Mapping[str, str] | None = None
    ) -> str:
        output = self._files(os.path.join(self.settings.out, folder) for folder in territories)
        files = [*output, *((path, path) for path in others)]
        extras = (self.began, repr(self.way), self.settings.lint.fail, __version__, str(sys.version_info[:3]), *_stamps(libraries).values())
        return cache.key(files, extras, known=known)

    def _sources(self) -> str:
        """The state of what the author writes and of installed catalogues and plug-ins; also which modules stand in the project's
        folder, for they can be imported.
        """
        settings, root = self.settings, self.settings.root
        beside = sorted(name for name in os.listdir(root) if name.endswith(".py") or os.path.isfile(root / name / "__init__.py"))
        packages = ((path, path) for path in self._packages())
        return cache.key([(FILE, str(root / FILE)), *self._files((*settings.folders, *settings.inputs)), *packages], beside)

    def _files(self, folders: Iterable[str]) -> Iterator[tuple[str, str]]:
        root = self.settings.root
        for folder in folders:
            place = root / folder
            for path in [str(place)] if place.is_file() else cache.tree(place, ("",)):
                yield os.path.relpath(path, root) + _led(path), path

    def _packages(self) -> Iterator[str]:
        """The source files of installed catalogues and plug-ins."""
        for name in (*self.settings.catalogs, *self.settings.plugins):
            spec = importlib.util.find_spec(name.partition(".")[0])
            for folder in (spec.submodule_search_locations or ()) if spec else ():
                yield from cache.tree(folder, (".py",))
            if spec and spec.origin and spec.submodule_search_locations is None:
                yield spec.origin


def as_read(project: Project) -> dict[str, str]:
    """The digest of each module outside the source folders that was imported, by its path: of what it held when it was read."""
    now = cache.digest_files(path for path in project.other_files if path not in project.read)
    return now | {str(path): cache.digest(data) for path, data in project.read.items()}


class Libraries:
    """The libraries of a process that builds again and again, obskit among them, as they were when they were first seen."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self.changed()

    def changed(self) -> bool:
        """Whether one of them is no longer on disk what it was: then this process cannot build what a new one would."""
        now = _stamps(sorted(_libraries()))
        for path, stamp in now.items():
            self._seen.setdefault(path, stamp)
        return any(self._seen[path] != stamp for path, stamp in now.items())


def _led(path: str) -> str:
    """Where a link leads, or empty: the output refuses links that the content does not show."""
    real = os.path.realpath(path)
    return "" if real == path else f" -> {real}"


def _libraries() -> set[str]:
    """The files of every imported module that is neither Python's nor obskit's: what sources import may change what they say."""
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    return {file for file in files if file and ("site-packages" in file or not file.startswith((_OWN, _STANDARD)))}


def _stamps(libraries: Sequence[str]) -> dict[str, str]:
    """Size and time of every file of obskit's own and of the libraries; a missing one is told too."""
    stamps = {}
    for path in (*cache.tree(_OWN, (".py", ".json", ".jinja")), *libraries):
        try:
            status = os.stat(path)
        except OSError:
            stamps[path] = f"{path} is gone"
        else:
            stamps[path] = f"{path} {status.st_size} {status.st_mtime_ns}"
    return stamps


def _plain(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def _finding(item: dict[str, Any]) -> Finding:
    origin, span, together = item.pop("origin"), item.pop("span"), item.pop("together")
    return Finding(
        **item,
        origin=Origin(**origin) if origin else None,
        span=tuple(span) if span else None,
        together=tuple(together) if together else None,
    )
