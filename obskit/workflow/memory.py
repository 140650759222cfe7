"""What the last build saw, so that a build in which nothing changed reads files and nothing else.

A record holds while all that could change the answer is the same: sources, inputs, settings, the output itself and what stands
beside it, the project's other modules, where a module could come, and the libraries that take part. Else there is a full build.
"""

from __future__ import annotations

import datetime
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from typing import TYPE_CHECKING, Any

from obskit import __version__
from obskit.artifact import Territory
from obskit.change import Change
from obskit.errors import OutputError
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.settings import Settings
from obskit.store import cache
from obskit.store.refusals import output_folder
from obskit.store.territory import beside, standing
from obskit.workflow import reads
from obskit.workflow.outcome import Outcome

if TYPE_CHECKING:
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
        self._abroad = False
        self.began = self._sources()
        self._around = reads.around(settings)

    def recall(self, today: datetime.date) -> Outcome | None:
        """The outcome of a build now, if it must be that nothing changes; else None."""
        record = cache.load(self.settings.root, self.name, today=today)
        try:
            return self._replayed(record) if record is not None else None
        except (KeyError, TypeError, ValueError, AttributeError):  # a record that something else wrote
            return None

    def _replayed(self, record: dict[str, Any]) -> Outcome | None:
        territories = [Territory(format=name, folder=folder, suffix=suffix) for name, folder, suffix in record["territories"]]
        try:
            output = output_folder(str(self.settings.root), self.settings.out)
            there = standing(output, territories)
        except (OSError, OutputError):  # which a full build tells
            return None
        files = [(path, os.path.join(output, path)) for path in there.owned]
        back = [folder for folder in record["disabled"] if os.path.isdir(os.path.join(output, folder))]
        names = (*there.strangers, *there.leftovers), (*beside(output, record["owned"]), *back)
        if record["key"] != self._key(files, names, record["others"], record["libraries"]):
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
        self,
        outcome: Outcome,
        project: Project,
        territories: Sequence[Territory],
        *,
        owned: Sequence[str],
        strange: Sequence[str],
        disabled: Sequence[str],
        waiver_ends: Sequence[datetime.date],
    ) -> None:
        """Remembers an outcome after which the output is what it should be, up to the first of the days on which waivers end.

        The key holds the sources as they were when the build began, other modules as they were read, the output as it was
        written: what was edited meanwhile will not match. Beside the folders `owned` in the output stand the `strange` ones,
        which are nobody's, and none that a `disabled` format would own. Nothing is remembered of a build by libraries that are
        no longer those on disk, nor of sources that go on outside of the project, behind a link.
        """
        if self._abroad or (self.libraries is not None and self.libraries.changed()):
            return
        kept = [change for change in outcome.changes if change.kind != "removed"]
        files = [(change.path, str(self.settings.root / self.settings.out / change.path)) for change in kept]
        made = {path: cache.digest((change.after or "").encode()) for (_, path), change in zip(files, kept, strict=True)}
        others = sorted(str(path) for path in project.other_files)
        libraries = sorted(_libraries())
        record: dict[str, Any] = {
            "key": self._key(files, (outcome.strangers, strange), others, libraries, made | as_read(project)),
            "libraries": libraries,
            "territories": [astuple(territory) for territory in territories],
            "owned": owned,
            "disabled": disabled,
            "others": others,
            "findings": [_plain(finding) for finding in outcome.findings],
            "files": [(change.path, change.sources) for change in kept],
            "strangers": outcome.strangers,
            "modules": outcome.modules,
        }
        if waiver_ends:
            record["until"] = (min(waiver_ends) + datetime.timedelta(days=1)).isoformat()
        cache.save(self.settings.root, self.name, record)

    def _key(
        self,
        output: Sequence[tuple[str, str]],
        names: tuple[Sequence[str], Sequence[str]],
        others: Sequence[str],
        libraries: Sequence[str],
        known: Mapping[str, str] | None = None,
    ) -> str:
        """Of the files of the output, of the `names` of what else stands in it and beside it, and of what is read."""
        modules = reads.beyond(self.settings, others, self._around)
        texts = map(repr, (self.way, *map(list, names), sorted(path for paths in modules.values() for path in paths)))
        extras = (self.began, *texts, self.settings.lint.fail, __version__, str(sys.version_info[:3]), *_stamps(libraries).values())
        return cache.key([*output, *((path, path) for path in others)], extras, known=known)

    def _sources(self) -> str:
        """The state of what the author writes and of installed catalogues and plug-ins."""
        files = []
        for path in reads.files(self.settings):
            led = _led(path)
            self._abroad |= bool(led) and os.path.isdir(path)
            files.append((os.path.relpath(path, self.settings.root) + led, path))
        return cache.key([*files, *((path, path) for path in self._packages())])

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
    """The libraries of a process that builds again and again, obskit among them, as they were when they were first seen.

    `before` are the names of the modules that it had imported before it built.
    """

    def __init__(self) -> None:
        self.before = frozenset(sys.modules)
        self._seen: dict[str, str] = {}
        self.changed()

    def changed(self) -> bool:
        """Whether one of them is no longer on disk what it was: then this process cannot build what a new one would."""
        now = _stamps(sorted(_libraries()))
        for path, stamp in now.items():
            self._seen.setdefault(path, stamp)
        return any(self._seen[path] != stamp for path, stamp in now.items())


def _led(path: str) -> str:
    """Where a link leads, or empty: sources may not leave the project, which the content does not show."""
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
