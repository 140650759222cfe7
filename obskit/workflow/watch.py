"""`obskit build --watch`: build, wait until something that was read has changed, build again.

Events only say when to look. Whether there is something to build is told by comparing what the files hold with what they
held when the last build began: so a change that arrives during a build leads to another one, and a touch to none.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from obskit import settings
from obskit.errors import ObskitError, OutputError, SettingsError
from obskit.origin import Origin
from obskit.settings import FILE, Settings
from obskit.workflow.ground import Ground, State

if TYPE_CHECKING:
    from obskit.watching import Events
    from obskit.workflow.outcome import Outcome

_AGAIN = 2.0
"""Seconds after which a build is tried again that failed for what no edit mends: a full disk, a lock that another one holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One build of a watch: its outcome, the error that made it impossible, or the bug that ended it."""

    outcome: Outcome | None = None
    error: ObskitError | None = None
    bug: Exception | None = None

    @property
    def failed(self) -> bool:
        return self.outcome is None or self.outcome.failed


def watch(
    start: Settings, build: Callable[[Settings], Outcome], events: Events, *, clock: Callable[[], float], output: bool = False
) -> Iterator[Round]:
    """Builds at once and then after every change, without end; the settings are read anew each time.

    `build` is one build; that it is impossible, or ends in an exception that nobody expected, is given as a round like any other,
    once while nothing changes. With
    `output` a change of the output folder counts too, as it does for a check. Raises OutsideError when the system does
    not tell of changes.
    """
    ground = Ground(start, output=output)
    built: State | None = None
    again = True
    last: Round | None = None
    news: object = None
    began = clock()
    while True:
        while events.of(ground.folders()):
            pass  # until none was made meanwhile
        state = ground.state()
        if state == built and not again:
            events.wait()
            began = clock()
            continue
        causes = _differing(built, state)
        this = _built(ground, build)
        built, again = ground.follow(this.outcome.others, state) if this.outcome else (state, False)
        if this.outcome is not None:
            mended = last is not None and last.failed and not this.failed
            this = Round(outcome=replace(this.outcome, causes=causes, mended=mended, seconds=clock() - began))
        if causes or _news(this) != news or (this.outcome and this.outcome.written):
            yield this
        _tidy(first=last is None)
        news, last = _news(this), this
        if isinstance(this.error, OutputError):
            again = True
            events.wait(_AGAIN)
        began = clock()


def _built(ground: Ground, build: Callable[[Settings], Outcome]) -> Round:
    try:
        if not (ground.root / FILE).is_file():  # else one further up would be taken
            raise SettingsError(f"{FILE} is gone", hint="put it back; it is still being watched", origin=Origin(FILE))
        ground.settings = settings.load(ground.root)
        return Round(outcome=build(ground.settings))
    except ObskitError as error:
        return Round(error=error)
    except Exception as error:  # a bug of ours: a watch outlives it, as the next edit may avoid it
        return Round(bug=error)


def _differing(before: State | None, now: State) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)))


def _news(this: Round) -> object:
    """What people learn from a round, however often it is repeated."""
    if this.outcome is None:
        return str(this.error) if this.bug is None else (type(this.bug), str(this.bug))
    return this.outcome.failed, this.outcome.findings, tuple((change.path, change.kind) for change in this.outcome.differing)


def _tidy(*, first: bool) -> None:
    """Drops what a build left in circles; what the first one imported is not looked at again."""
    gc.collect()
    if first:
        gc.freeze()
