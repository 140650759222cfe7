"""Waivers written as comments, `# obskit: ignore[metric-name, until=2027-06-30] why`, and the declarations they belong to.

A comment belongs to the nearest declaration whose call it stands in, or directly above. On a board or a panel it holds like
one in `waive=`; anything else is told by the place of the problem alone, so that a comment covers what carries no waivers.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import os
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from obskit.errors import DeclarationError
from obskit.lint.calls import Calls
from obskit.lint.places import places
from obskit.lint.problem import Problem
from obskit.model import Board, Panel
from obskit.origin import Origin
from obskit.source import Project
from obskit.waiver import Waive

_MARK = re.compile(r"#\s*obskit\s*:\s*(?P<rest>.*)")
_MARKED = re.compile(rb"#\s*obskit\s*:")
_FORM = re.compile(r"ignore\s*\[(?P<inside>[^\]]*)\](?P<reason>.*)")
_Written = tuple[int, int, str]
"""A waiver comment: its line, the line it stands above (0: it stands behind code), and what follows the mark."""
_NOWHERE = -1
_EXAMPLE = "# obskit: ignore[metric-name, until=2027-06-30] the name is documented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The waivers in the comments of a project: `owned` by (path, line) of the call they belong to, and `all` of them.

    `faults` are comments that cannot be understood; they silence nothing.
    """

    owned: Mapping[tuple[str, int], tuple[Waive, ...]] = field(default_factory=dict)
    all: tuple[Waive, ...] = ()
    faults: tuple[Problem, ...] = ()

    def at(self, origin: Origin | None) -> tuple[Waive, ...]:
        """The waivers of what was made at `origin`, or by the call that led there."""
        if origin is None or not self.owned:
            return ()
        path, _, line = origin.caller.rpartition(":")
        called = self.owned.get((path, int(line)), ()) if line.isdigit() else ()
        return self.owned.get((origin.path, origin.line), ()) + called

    def applied(self, project: Project) -> Project:
        """The project, its boards and panels carrying the waivers of their comments beside their own."""
        if not self.owned:
            return project
        return dataclasses.replace(project, boards=tuple(self._board(board) for board in project.boards))

    def _board(self, board: Board) -> Board:
        panels = tuple(self._panel(panel) for panel in board.panels)
        return dataclasses.replace(board, panels=panels, waive=_together(board.waive, self.at(board.origin)))

    def _panel(self, panel: Panel) -> Panel:
        found = self.at(panel.origin)
        return dataclasses.replace(panel, waive=_together(panel.waive, found)) if found else panel


def comments_of(project: Project) -> Comments:
    """The comments in the modules of the source folders. A module that cannot be read has none: its finding is another's."""
    read = {path: written for path in _modules(project) if (written := _read(project.settings.root / path))}
    if not read:
        return Comments()
    lines: dict[str, set[int]] = {}
    for origin in places(project):
        lines.setdefault(origin.path, set()).add(origin.line)
        caller, _, called = origin.caller.rpartition(":")
        if called.isdigit():
            lines.setdefault(caller, set()).add(int(called))
    owned: dict[tuple[str, int], tuple[Waive, ...]] = {}
    faults: list[Problem] = []
    for path, (calls, texts) in read.items():
        starts = frozenset(lines.get(path, ()))
        owners = calls.owners(starts)
        for line, above, text in texts:  # it stands above a call, or on one of its lines
            place = path, (above if above in starts else owners.get(line, 0)) or _NOWHERE
            owned[place] = owned.get(place, ()) + _understood(text, Origin(path, line), faults)
    return Comments(owned=owned, all=tuple(waiver for waivers in owned.values() for waiver in waivers), faults=tuple(faults))


def _modules(project: Project) -> list[str]:
    """The modules of the source folders, private ones too: what is made there may end in a public one."""
    root = project.settings.root
    public = [path for path in project.files if path.endswith(".py")]
    private: list[str] = []
    for folder in project.settings.folders:
        if any(path.startswith(f"{folder}/") for path in public):
            for place, folders, files in os.walk(root / folder):
                folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
                private += [Path(place, name).relative_to(root).as_posix() for name in files if name.endswith(".py")]
    return list(dict.fromkeys([*public, *sorted(path for path in private if "/_" in path)]))


def _read(file: Path) -> tuple[Calls, tuple[_Written, ...]] | None:
    """The calls of a module and its waiver comments; None when it has none, or cannot be read."""
    try:
        data = file.read_bytes()
        if not _MARKED.search(data) or not (written := tuple(_written(data))):
            return None
        return Calls(ast.parse(data)), written
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _written(data: bytes) -> Iterator[_Written]:
    """The waiver comments of a module."""
    waiting: list[tuple[int, str]] = []
    behind = False
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            line = token.start[0]
            if token.type == tokenize.COMMENT:
                match = _MARK.search(token.string)
                if match and behind:
                    yield line, 0, match["rest"]
                elif match:
                    waiting.append((line, match["rest"]))
            elif token.type == tokenize.NL:
                if not behind and not token.line.strip():  # an empty line parts a comment from what follows
                    yield from ((place, 0, text) for place, text in waiting)
                    waiting.clear()
                behind = False
            elif token.type == tokenize.NEWLINE:
                behind = False
            elif token.type not in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING):
                yield from ((place, line, text) for place, text in waiting)
                waiting.clear()
                behind = token.type != tokenize.ENDMARKER
    except tokenize.TokenError:
        return


def _understood(text: str, origin: Origin, faults: list[Problem]) -> tuple[Waive, ...]:
    """The waivers a comment holds; what is wrong with it goes to `faults`."""
    match = _FORM.match(text)
    if match is None:
        faults.append(Problem("a comment for obskit is no waiver", origin, f"write {_EXAMPLE}"))
        return ()
    parts = [part.strip() for part in match["inside"].split(",") if part.strip()]
    checks = list(dict.fromkeys(part for part in parts if "=" not in part))
    options = [tuple(side.strip() for side in part.split("=", 1)) for part in parts if "=" in part]
    unknown = [name for name, _ in options if name != "until"]
    reason = match["reason"].strip(" \t:-\u2013\u2014")
    what = 'waiver of "' + '", "'.join(checks) + '"'
    if not checks:
        faults.append(Problem("a waiver names no check", origin, f"write {_EXAMPLE}"))
    elif unknown or len(options) > 1:
        wrong = f'has no option "{unknown[0]}"' if unknown else "ends more than once"
        faults.append(Problem(f"{what} {wrong}", origin, "the only option is until=YYYY-MM-DD"))
    elif not reason:
        faults.append(Problem(f"{what} has no reason", origin, "say after the bracket why it does not apply"))
    else:
        try:
            return tuple(Waive(check, reason, options[0][1] if options else None, origin) for check in checks)
        except DeclarationError as error:
            faults.append(Problem(error.message, origin, error.hint))
    return ()


def _together(own: tuple[Waive, ...], more: tuple[Waive, ...]) -> tuple[Waive, ...]:
    """Both, without one that is there already: `comments` may be applied again."""
    return own + tuple(waiver for waiver in more if all(waiver is not other for other in own))
