"""Asks the enabled formats for their artifacts."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from obskit import rooms
from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.errors import SettingsError
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import FILE, Settings

ROOM = "obskit.render"
_OURS = frozenset({"encode", "running", "validate"})


def formats(settings: Settings, only: Iterable[str] = ()) -> tuple[ModuleType, ...]:
    """The enabled formats, or those of them named in `only`. Raises SettingsError on a name that is no format."""
    known = [name for name in rooms.names(ROOM) if name not in _OURS]
    for name in settings.formats:
        if name not in known:
            raise SettingsError(f'there is no format "{name}"', hint=_hint(name, known), origin=Origin(FILE))
    chosen = tuple(only) or settings.formats
    for name in chosen:
        if name not in settings.formats:
            raise SettingsError(f'format "{name}" is not enabled', hint=_hint(name, settings.formats))
    return tuple(rooms.room(ROOM, name) for name in dict.fromkeys(chosen))


def disabled(settings: Settings) -> tuple[ModuleType, ...]:
    """The formats there are that the settings do not enable."""
    return tuple(rooms.room(ROOM, name) for name in rooms.names(ROOM) if name not in (*_OURS, *settings.formats))


def run(analysed: Analysed, enabled: Iterable[ModuleType]) -> tuple[Artifact, ...]:
    """The artifacts of the formats, sorted by path."""
    made = [artifact for format_ in enabled for artifact in format_.artifacts(analysed)]
    return tuple(sorted(made, key=lambda artifact: artifact.path))


def territories(enabled: Iterable[ModuleType]) -> tuple[Territory, ...]:
    """The folders that the formats own."""
    return tuple(format_.TERRITORY for format_ in enabled)


def _hint(name: str, known: Iterable[str]) -> str:
    names = tuple(known)
    return did_you_mean(name, names) or "formats: " + ", ".join(names)
