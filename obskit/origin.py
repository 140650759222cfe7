"""Where in the author's source a value was written.

A value notes its origin while it is constructed: the nearest frame that belongs to the author. While modules are
loaded, `tracing` says which folders are the author's; outside of it every frame that is not a library's counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_LIBRARIES = (_HERE, os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep, os.path.dirname(os.__file__) + os.sep)


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a file: `path` (posix, relative to the project where it lies inside), 1-based `line`, and `where`.

    `where` names the part of the declaration meant (`panel "P95 latency", query A`). `caller` is the place of the
    module-level call when the value was made inside a function of the author's, else empty.
    """

    path: str
    line: int = 0
    where: str = ""
    caller: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path

    def at(self, where: str) -> Origin:
        """The same place, naming a part of the declaration."""
        return Origin(self.path, self.line, where, self.caller)


@dataclass(frozen=True, slots=True)
class Scope:
    """The author's folders, as absolute path prefixes ending in a separator, and the project's root."""

    root: str
    folders: tuple[str, ...]

    def owns(self, filename: str) -> bool:
        return filename.startswith(self.folders)

    def relative(self, filename: str) -> str:
        inside = filename.startswith(self.root)
        return (filename[len(self.root) :] if inside else filename).replace(os.sep, "/")


_scope: ContextVar[Scope | None] = ContextVar("obskit_origin_scope", default=None)
_made: ContextVar[list[object] | None] = ContextVar("obskit_made", default=None)


@contextmanager
def tracing(root: str, folders: tuple[str, ...]) -> Iterator[list[object]]:
    """While this runs, origins are frames inside `folders` (absolute paths) and paths are relative to `root`.

    Yields the list of declarations that are made meanwhile (see `made`), in order.
    """
    scope = Scope(_folder(root), tuple(_folder(folder) for folder in folders))
    values: list[object] = []
    tokens = _scope.set(scope), _made.set(values)
    try:
        yield values
    finally:
        _scope.reset(tokens[0])
        _made.reset(tokens[1])


def made(value: object) -> None:
    """Tells that a declaration was made that is meant to end in a file, so that one nobody collects can be reported."""
    values = _made.get()
    if values is not None:
        values.append(value)


def here() -> Origin | None:
    """The origin of the value under construction, or None when no frame is the author's."""
    scope = _scope.get()
    owns = scope.owns if scope else _outside_libraries
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not owns(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return None
    return Origin(_shown(frame, scope), frame.f_lineno, "", _caller(frame, scope))


def _caller(frame: FrameType, scope: Scope | None) -> str:
    """`path:line` of the module-level call that led into the author's function, or empty when there is no function."""
    outer: FrameType | None = frame
    inside_function = False
    while outer is not None and outer.f_code.co_name != "<module>":
        inside_function = inside_function or not outer.f_code.co_name.startswith("<")
        outer = outer.f_back
    if outer is None or not inside_function or (scope and not scope.owns(outer.f_code.co_filename)):
        return ""
    return f"{_shown(outer, scope)}:{outer.f_lineno}"


def _shown(frame: FrameType, scope: Scope | None) -> str:
    filename = frame.f_code.co_filename
    return scope.relative(filename) if scope else filename.replace(os.sep, "/")


def _outside_libraries(filename: str) -> bool:
    return not (filename.startswith(("<", _HERE)) or any(part in filename for part in _LIBRARIES))


def _folder(path: str) -> str:
    return os.path.join(os.path.abspath(path), "")
