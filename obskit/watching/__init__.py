"""Hands that wait: for files to change, and for the order to end. Its library is imported when it is first needed."""

from obskit.watching.ending import until_ended
from obskit.watching.events import Events

__all__ = ["Events", "until_ended"]
