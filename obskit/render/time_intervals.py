"""Mute times as Alertmanager's `time_intervals` and Grafana's mute timings have them alike."""

from __future__ import annotations

from obskit.model import Json
from obskit.notify import MuteTime, Period


def time_intervals(mute: MuteTime) -> list[Json]:
    """One interval a period."""
    return [_interval(period, mute.zone) for period in mute.periods]


def _interval(period: Period, zone: str) -> Json:
    made = {
        "times": [{"start_time": start, "end_time": end} for start, end in period.hours],
        "weekdays": list(period.weekdays),
        "days_of_month": [str(day) for day in period.days],
        "months": [str(month) for month in period.months],
        "years": [str(year) for year in period.years],
    }
    return {**{key: value for key, value in made.items() if value}, **({"location": zone} if zone != "UTC" else {})}
