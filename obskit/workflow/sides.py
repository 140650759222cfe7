"""Files of any origin to the forms that are compared: boards, rule files, notifications and provisioning; others are passed over."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from obskit.diff import BoardForm, FileForm, RulesForm, Side, Unchanged, rules_form
from obskit.errors import ObskitError
from obskit.finding import Finding
from obskit.model import Json
from obskit.origin import Origin
from obskit.source.files import LARGEST, Document, kind_of, read, read_file, regular_bytes
from obskit.source.files.boards import board
from obskit.source.files.gathering import UNKNOWN
from obskit.source.files.kinds import dashboard_of

COMPARED = "a diff is told of dashboards, rule files, notifications and provisioning"
"""For the message about a file that is none of them."""


@dataclass(slots=True)
class Reading:
    """Takes the files of one side, one after the other; what cannot be read is a finding."""

    boards: list[BoardForm] = field(default_factory=list)
    rules: list[RulesForm] = field(default_factory=list)
    files: list[FileForm] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How much there is that can be compared, or that says why it cannot."""
        return len(self.boards) + len(self.rules) + len(self.files) + len(self.findings)

    def __bool__(self) -> bool:
        """Whether there is anything that can be compared."""
        return bool(self.boards or self.rules or self.files)

    @property
    def side(self) -> Side:
        return Side(boards=tuple(self.boards), rules=tuple(self.rules), files=tuple(self.files))

    def add(self, path: str, raw: bytes, name: str, folder: str = "", *, whole: bool = True) -> None:
        """A file by its content. `path` says which file it is, `name` how messages call it; `folder` is that of its boards.

        One that is not `whole` may lack something.
        """
        self.documents(path, read(raw, name), folder, whole=whole)

    def documents(self, path: str, documents: Iterable[Document], folder: str = "", *, whole: bool = True) -> None:
        """The documents of a file that was read."""
        for document in documents:
            if not document.readable:
                self.findings += document.findings
                continue
            kind = kind_of(document.data)
            if kind in ("dashboard", "dashboard-v2"):
                self._board(path, document, kind, folder)
            elif kind in ("rules", "rule-object"):
                where = path if document.index == 0 else f"{path}, document {document.index + 1}"
                self.rules.append(rules_form(where, PurePosixPath(path).stem, document.data))
            elif kind in _DELIVERING:
                self.files.append(FileForm(path=path, data=document.data, whole=whole))

    def _board(self, path: str, document: Document, kind: str, folder: str) -> None:
        found, findings = board(replace(document, name=path), kind)
        if found is None:
            self.findings += [replace(one, origin=document.origin(())) for one in findings if one.severity == "error"]
            return
        inner, _ = dashboard_of(document.data)
        folder = _folder(document.data) or folder
        made = replace(found, folder=folder)
        self.boards.append(BoardForm(path=path, board=made, raw=inner, neutral=_Neutral(path, kind), around=_around(document.data)))


def unchanged(contents: Callable[[], Iterable[tuple[str, bytes]]]) -> Unchanged:
    """Of files that are the same on both sides, those that hold any of some words; read when they are asked for."""

    def found(words: Collection[str]) -> Side:
        reading, signs = Reading(), [word.encode() for word in words]
        for path, content in contents():
            if any(sign in content for sign in signs):
                reading.add(path, content, path)
        return reading.side

    return found


def matched(first: str, second: str, is_folder: bool) -> dict[str, tuple[Path | None, Path | None]]:
    """The files of both sides by their path inside; two files that were named are one."""
    from obskit.workflow.validate import inside

    if not is_folder:
        return {Path(second).name: (Path(first), Path(second))}
    sides = [{path.relative_to(folder).as_posix(): path for path in inside(folder)} for folder in (first, second)]
    return {name: (sides[0].get(name), sides[1].get(name)) for name in sorted(sides[0].keys() | sides[1].keys())}


def is_same(path: str, files: tuple[Path | None, Path | None], is_folder: bool, readings: tuple[Reading, Reading]) -> bool:
    """Whether the two states of a file are the same bytes; else they are read."""
    contents = []
    for file in files:
        try:
            contents.append(regular_bytes(file, file.as_posix(), LARGEST)[0] if file is not None else None)
        except OSError as error:
            raise ObskitError(f'"{file}" cannot be read: {error.strerror or error}') from error
    if contents[0] == contents[1] and contents[0]:
        return True
    folder = os.path.dirname(path) if is_folder else ""
    held = []
    for file, content, reading in zip(files, contents, readings, strict=True):
        known = reading.size
        if file is not None and content:
            reading.add(path, content, file.as_posix(), folder)
        elif file is not None:  # empty, or too large: its finding says so
            reading.documents(path, read_file(file, file.as_posix()), folder)
        held.append(reading.size > known)
    for number, (file, reading) in enumerate(zip(files, readings, strict=True)):
        if file is not None and files[1 - number] is not None and not held[number] and held[1 - number]:
            message = f'"{file.as_posix()}" is not recognised, so nothing is told of it'
            reading.findings.append(Finding(id=UNKNOWN, severity="error", message=message, origin=Origin(file.as_posix()), hint=COMPARED))
    return False


@dataclass(frozen=True, slots=True)
class _Neutral:
    """Reads a document of one kind to the clean JSON of its board."""

    name: str
    kind: str

    def __call__(self, data: Json) -> Json:
        found, _ = board(Document(name=self.name, data=data), self.kind)
        return found.json if found is not None else {}


_DELIVERING = frozenset(("alerting", "alertmanager", "datasources", "providers"))


def _folder(data: Json) -> str:
    """The folder that a resource or an answer of Grafana's API names."""
    for holder, key in (("metadata", "annotations"), ("meta", "")):
        given = data.get(holder)
        inner: Any = given.get(key) if isinstance(given, dict) and key else given
        found = inner.get("grafana.app/folder" if key else "folderTitle") if isinstance(inner, dict) else None
        if isinstance(found, str) and found:
            return found
    return ""


def _around(data: Json) -> Json:
    """What a resource says beside its spec, but for its name and folder, which are the board's."""
    from obskit.diff import outside

    if "spec" not in data:
        return {}
    found = outside(data)
    metadata = dict(found.get("metadata") or {})
    metadata.pop("name", None)
    annotations = metadata.get("annotations")
    if isinstance(annotations, dict):
        metadata["annotations"] = {key: value for key, value in annotations.items() if key not in _WRITTEN}
    return {**found, "metadata": metadata}


_WRITTEN = frozenset(
    ("grafana.app/folder", "grafana.app/createdBy", "grafana.app/updatedBy", "grafana.app/updatedTimestamp", "grafana.app/saved-from-ui")
)
