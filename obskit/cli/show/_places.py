"""Where findings are, for whoever looks at a repository: paths from its root, lines and columns of the source."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from obskit.finding import Finding
from obskit.settings import env_text
from obskit.workflow.outcome import Outcome

_FAR = 40
"""How many lines below the beginning of a declaration its query is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of one line: `line` and `start` are 1-based, `end` is the column behind the part; columns count characters.

    Without columns (0) only the line is known, without `text` not even what it says. `is_marked`: it is what the finding marks
    in a query, not the line of a declaration.
    """

    line: int
    start: int = 0
    end: int = 0
    text: str | None = None
    is_marked: bool = False


class Places:
    """The places of the findings of an outcome; each file is read once."""

    def __init__(self, outcome: Outcome) -> None:
        self._from = str(outcome.settings.root) if outcome.settings else os.getcwd()
        self._repository = _repository(self._from)
        self._lines: dict[str, list[str]] = {}

    def path(self, path: str) -> str:
        """A path of the project as seen from the root of the repository; what is no file in it stays as it is."""
        if "://" in path or path.startswith("<"):
            return path
        seen = os.path.relpath(os.path.join(self._from, path), self._repository)
        return path if seen.split(os.sep)[0] == os.pardir else seen.replace(os.sep, "/")

    def region(self, path: str, line: int) -> Region | None:
        """The text of a line, without what it is indented by; None when no line is known."""
        if not line:
            return None
        lines = self._of(path)
        text = lines[line - 1] if line <= len(lines) else None
        if text is None or not text.strip():
            return Region(line=line, text=text)
        return Region(line=line, start=len(text) - len(text.lstrip()) + 1, end=len(text.rstrip()) + 1, text=text)

    def of(self, finding: Finding) -> Region | None:
        """What the finding is about: the marked part of the query where the source spells it, else the line of the declaration."""
        origin = finding.origin
        if origin is None:
            return None
        return self._marked(finding, origin.path, origin.line) or self.region(origin.path, origin.line)

    def _marked(self, finding: Finding, path: str, line: int) -> Region | None:
        """The one place below `line` where the source has the query's marked line as it is; None if there is none, or another one."""
        if not line or not finding.query or finding.span is None:
            return None
        start, end = finding.span
        first = finding.query.rfind("\n", 0, start) + 1
        last = finding.query.find("\n", start)
        last = last if last >= 0 else len(finding.query)
        wanted = finding.query[first:last]
        below = self._of(path)[line - 1 : line - 1 + _FAR]
        found = [(number, text.find(wanted)) for number, text in enumerate(below, start=line) if wanted in text]
        if not wanted.strip() or len(found) != 1 or below[found[0][0] - line].count(wanted) != 1:
            return None
        number, before = found[0]
        begin, behind = before + start - first + 1, before + min(end, last) - first + 1
        return Region(line=number, start=begin, end=max(behind, begin + 1), text=below[number - line], is_marked=True)

    def _of(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                data = Path(self._from, path).read_bytes()
            except (OSError, ValueError):  # gone meanwhile, or no path
                data = b""
            self._lines[path] = [line.rstrip("\r") for line in data.decode(errors="replace").split("\n")] if data else []
        return self._lines[path]


def _repository(folder: str) -> str:
    """The root of the repository: the nearest folder with `.git`, else the workspace of the CI job, else the working folder.

    Of these, the first that `folder` lies in or is; `folder` itself when it lies in none.
    """
    at = folder
    while not os.path.exists(os.path.join(at, ".git")):
        at, below = os.path.dirname(at), at
        if at == below:
            break
    else:
        return at
    for top in filter(None, (env_text("GITHUB_WORKSPACE"), os.getcwd())):
        if os.path.relpath(folder, os.path.abspath(top)).split(os.sep)[0] != os.pardir:
            return os.path.abspath(top)
    return folder
