"""Make the output folders what plans say: everything, or nothing as far as a file system allows.

New texts are written to temporary files beside their targets, old files keep a second name, then everything is renamed
and the stale deleted. Each step leaves its inverse on a stack that runs when a later step fails. A process that is killed leaves
each file wholly old or wholly new, and temporary files that the next `apply` removes.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress

from obskit.change import Change
from obskit.store.planning import Plan
from obskit.store.reasons import told
from obskit.store.temporary import beside, write_new


def apply(*plans: Plan) -> None:
    """Write, replace and delete what the plans say, all of them or none, then drop the folders of the formats that became empty.

    Call it while holding the project's lock. Unchanged files are not touched. Raises OutputError when something cannot
    be written; the tree is then what it was, but for the temporary files of a killed process, which are swept first.
    """
    for plan in plans:
        _check_writable(plan, plan.differing)
    for plan in plans:
        for path in plan.leftovers:
            with told(_doing("delete", plan, path)), suppress(FileNotFoundError):
                os.unlink(_place(plan, path))
    with ExitStack() as undo:
        staged = []
        for plan in plans:
            _make_folders(plan, plan.differing, undo)
            staged += [_stage(plan, number, change, undo) for number, change in enumerate(plan.differing)]
        for commit in staged:
            commit()
        undo.pop_all()
    for plan in plans:
        for number, change in enumerate(plan.differing):
            _quietly(os.unlink, beside(_place(plan, change.path), number, ".old"))
        for folder in plan.folders:
            _quietly(os.rmdir, _place(plan, folder))


def _check_writable(plan: Plan, changes: Iterable[Change]) -> None:
    """Refuse early where a folder that will change cannot be written; asks the nearest one that exists."""
    for folder in sorted({os.path.dirname(_place(plan, change.path)) for change in changes}):
        existing = folder
        while not os.path.lexists(existing):
            existing = os.path.dirname(existing)
        with told(_doing("write in", plan, os.path.relpath(existing, plan.folder))):
            if not os.path.isdir(existing):
                raise OSError(errno.ENOTDIR, "")
            if os.path.realpath(existing) != existing:
                raise OSError(errno.ELOOP, "")
            if not os.access(existing, os.W_OK | os.X_OK):
                raise OSError(errno.EROFS if _read_only(existing) else errno.EACCES, "")


def _make_folders(plan: Plan, changes: Iterable[Change], undo: ExitStack) -> None:
    for folder in sorted({os.path.dirname(_place(plan, change.path)) for change in changes if change.after is not None}):
        missing = []
        while not os.path.lexists(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for new in reversed(missing):
            undo.callback(_quietly, os.rmdir, new)
            with told(_doing("make the folder", plan, os.path.relpath(new, plan.folder))):
                os.mkdir(new)


def _stage(plan: Plan, number: int, change: Change, undo: ExitStack) -> Callable[[], None]:
    """Prepare one change beside its target and return what carries it out."""
    target = _place(plan, change.path)
    old, new = beside(target, number, ".old"), beside(target, number)
    doing = _doing("delete" if change.after is None else "write", plan, change.path)
    with told(doing):
        undo.callback(_quietly, os.unlink, old)
        kept = _keep(target, old)
        if change.after is not None:
            undo.callback(_quietly, os.unlink, new)
            write_new(new, change.after.encode())

    def commit() -> None:
        with told(doing):
            if kept:
                undo.callback(_quietly, os.replace, old, target)
            elif change.after is not None:
                undo.callback(_quietly, os.unlink, target)
            if change.after is not None:
                os.replace(new, target)
            elif kept:
                os.unlink(target)

    return commit


def _keep(target: str, old: str) -> bool:
    """Give the target a second name, or a copy where the file system has no second names; False when it is gone."""
    try:
        os.link(target, old, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except (OSError, NotImplementedError):
        with open(target, "rb") as file:
            write_new(old, file.read())
    return True


def _read_only(folder: str) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _quietly(step: Callable[..., object], *paths: str) -> None:
    """Undoing and tidying go on where a step of theirs fails."""
    with suppress(OSError):
        step(*paths)


def _place(plan: Plan, path: str) -> str:
    return os.path.join(plan.folder, path)


def _doing(verb: str, plan: Plan, path: str) -> str:
    return f'cannot {verb} "{os.path.normpath(os.path.join(plan.out, path))}"'
