"""A watch as a process of its own, and what it says, line by line."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from project import ENTRY, REPOSITORY, Files
from project import write as whole

PATIENCE = 60.0
"""Seconds after which a line that does not come fails a test."""


class Watch:
    """`obskit build --watch …` in `root`, run by the command `under` if any; `said` is what stderr has given so far."""

    def __init__(self, root: Path, *arguments: str, path: str = "", under: Sequence[str] = ()) -> None:
        known = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(REPOSITORY), path))), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [*under, sys.executable, *ENTRY, *arguments]
        self.root = root
        self.said: list[str] = []
        self.process = subprocess.Popen(command, cwd=root, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._out, self._err = (_lines(stream) for stream in (self.process.stdout, self.process.stderr))

    def line(self, *, holding: str = "") -> str:
        """The next line of stderr, or the next that holds a text."""
        while True:
            line = self._err.get(timeout=PATIENCE)
            assert line is not None, f"the watch has ended:\n{''.join(self.said)}"
            self.said.append(line)
            if holding in line:
                return line.rstrip("\n")

    def found(self) -> str:
        """The next line of stdout."""
        line = self._out.get(timeout=PATIENCE)
        assert line is not None, f"the watch has ended:\n{''.join(self.said)}"
        return line.rstrip("\n")

    def end(self, number: int = signal.SIGINT) -> tuple[int, list[str]]:
        """Sends a signal; the exit code, and what else was said on stderr."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        return code, [line.rstrip("\n") for line in iter(lambda: self._err.get(timeout=PATIENCE), None)]


def write(root: Path, *layers: Files) -> Path:
    """As `project.write`, each file at once, so that a watch never sees half of one."""
    for path, text in {path: text for files in layers for path, text in files.items()}.items():
        if text is None:
            whole(root, {path: None})
            continue
        passing = whole(root.with_name(f"{root.name}-passing"), {"file": text}) / "file"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        passing.replace(root / path)
    return root


def _lines(stream: IO[str] | None) -> queue.Queue[str | None]:
    """What comes on a stream, read by a thread of its own; None at its end."""
    assert stream is not None
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in stream:
            lines.put(line)
        lines.put(None)
        stream.close()

    threading.Thread(target=read, daemon=True).start()
    return lines


@contextmanager
def watching(root: Path, *arguments: str, path: str = "", begun: bool = True, under: Sequence[str] = ()) -> Iterator[Watch]:
    """A watch that has built once, with `--quiet` in vain to be waited for; it is killed in the end."""
    watch = Watch(root, *(arguments or ("build", "--watch")), path=path, under=under)
    try:
        if begun:
            watch.line(holding="Ctrl-C ends")
        yield watch
    finally:
        watch.process.kill()
        watch.process.wait()
