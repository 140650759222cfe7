"""The order to end that a long-running command gets: Ctrl-C, or SIGTERM."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def until_ended() -> Iterator[None]:
    """Inside, SIGTERM does what Ctrl-C does, and either ends the body, wherever it is; that is no error.

    What the body was writing is undone or left to the next build, as in any build that is interrupted.
    """
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # a handler's signature
    raise KeyboardInterrupt
