"""What a git revision holds, read from the object store: neither the working tree nor the index is touched or asked.

`git ls-tree` names the files, `git cat-file --batch` hands them over one by one. Nothing a user gives can become an option.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from obskit.errors import ObskitError, OutsideError
from obskit.settings import env_without

SECONDS = 120
"""How long one answer of git may take."""
_MOST_LISTED = 256 * 1024 * 1024
_FILES = ("100644", "100755", "100664")
_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE", "GIT_WORK_TREE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip
"""What git sets for a hook or an alias, and what would lead it to another repository than the one the project lies in."""
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_OURS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file at a revision: `path` is relative to the folder that was asked about, posix; `oid` the name of its content."""

    path: str
    oid: str

    def holds(self, content: bytes) -> bool:
        """Whether the file holds exactly `content`; told by its name, without reading it."""
        made = hashlib.sha1(usedforsecurity=False) if len(self.oid) == 40 else hashlib.sha256()
        made.update(b"blob %d\0" % len(content))
        made.update(content)
        return made.hexdigest() == self.oid


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The repository that `folder` lies in; `prefix` is the way from its top to the folder, empty or ending in `/`."""

    folder: Path
    prefix: str

    def commit(self, revision: str) -> str | None:
        """The name of the commit that a revision means, None where there is none. Raises OutsideError when git fails."""
        if revision.startswith("-") or not revision.isprintable() or not revision.strip():
            return None
        named = self._object(revision)
        return self._object(named + "^{commit}") if named is not None else None

    def _object(self, name: str) -> str | None:
        done = _git(self.folder, "rev-parse", "--verify", "--quiet", name)
        said = done.stdout.decode("ascii", "replace").strip()
        return said if done.returncode == 0 and _OBJECT.fullmatch(said) else None

    @property
    def is_unborn(self) -> bool:
        """Whether there is no commit yet."""
        return self.commit("HEAD") is None and not _git(self.folder, "rev-list", "--max-count=1", "--all").stdout.strip()

    def files(self, commit: str, under: Sequence[str]) -> tuple[Blob, ...]:
        """The regular files that lie under the given folders of `folder` at a commit, sorted by path. Links are left out."""
        places = [self.prefix + place for place in under]
        done = _git(self.folder, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *places)
        if done.returncode or len(done.stdout) > _MOST_LISTED:
            raise _failed("ls-tree", done.stderr)
        found = []
        for line in done.stdout.split(b"\0"):
            about, _, name = line.partition(b"\t")
            mode, _, rest = about.partition(b" ")
            path = os.fsdecode(name)
            if mode.decode() in _FILES and path.startswith(self.prefix):
                found.append(Blob(path=path.removeprefix(self.prefix), oid=rest.rpartition(b" ")[2].decode()))
        return tuple(sorted(found, key=lambda blob: blob.path))

    def contents(self, blobs: Iterable[Blob], most: int) -> Iterator[tuple[Blob, bytes | None]]:
        """Each file with what it holds, None for more than `most` bytes; one after the other, so that memory stays small.

        Raises OutsideError when git ends before it has answered.
        """
        local = ("-c", "protocol.allow=never")  # in a partial clone git would fetch what it lacks
        command = ["git", "-C", str(self.folder), *local, "cat-file", "--batch"]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
        except OSError as error:
            raise _missing(error) from error
        try:
            for blob in blobs:
                watch = threading.Timer(SECONDS, process.kill)
                watch.daemon = True
                watch.start()
                try:
                    content = _content(process, blob, most)
                finally:
                    watch.cancel()
                yield blob, content
        finally:
            _ended(process)


def repository(folder: Path) -> Repository:
    """The repository that a folder lies in.

    Raises ObskitError when it lies in none, OutsideError when git is missing or fails.
    """
    done = _git(folder, "rev-parse", "--show-prefix")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        if "not a git repository" in said or "must be run in a work tree" in said:
            hint = "compare two folders or files instead: obskit diff A B"
            raise ObskitError(f'"{folder.name}" lies in no git repository', hint=hint)
        raise _failed("rev-parse", done.stderr)
    return Repository(folder=folder, prefix=os.fsdecode(done.stdout.removesuffix(b"\n")))


def _content(process: subprocess.Popen[bytes], blob: Blob, most: int) -> bytes | None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(blob.oid.encode() + b"\n")
        process.stdin.flush()
        about = process.stdout.readline(512).split()
        if len(about) != 3 or about[1] != b"blob":
            hint = "is the clone shallow or partial? git fetch it in full"
            raise OutsideError(f'git does not have "{blob.path}" of that revision', hint=hint)
        size = int(about[2])
        if size > most:
            left = size + 1
            while left > 0:
                left -= len(process.stdout.read(min(left, 1 << 20)) or b"x" * left)
            return None
        content = process.stdout.read(size)
        process.stdout.read(1)
    except (OSError, ValueError) as error:
        raise OutsideError("git ended before it had answered", hint="git fsck tells whether the repository is whole") from error
    if len(content) != size:
        raise OutsideError("git ended before it had answered", hint="git fsck tells whether the repository is whole")
    return content


def _ended(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was still to be written to a process that is gone
                continue
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise OutsideError(f"git {arguments[0]} did not answer in {SECONDS} s") from error
    except OSError as error:
        raise _missing(error) from error


def _environment() -> dict[str, str]:
    return {**env_without(_LOCAL), **_OURS}


def _missing(error: OSError) -> OutsideError:
    if isinstance(error, FileNotFoundError):
        return OutsideError("git is not installed", hint="install it, or compare two folders or files: obskit diff A B")
    return OutsideError(f"git cannot be started: {error.strerror or error}")


def _failed(command: str, said: bytes) -> OutsideError:
    words = " ".join(said.decode("utf-8", "replace").split())[:400]
    return OutsideError(f"git {command} fails: {words or 'it says nothing'}")
