"""Mute times as Grafana's mute timings; it replaces no variables in them."""

from __future__ import annotations

from obskit.model import Json
from obskit.notify import MuteTime
from obskit.render.time_intervals import time_intervals


def mute_time(mute: MuteTime) -> Json:
    """One entry of `muteTimes`."""
    return {"orgId": 1, "name": mute.name, "time_intervals": time_intervals(mute)}
