"""Asks the enabled formats for their artifacts. A format is a folder of this room; files beside them are what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from obskit import rooms
from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.errors import SettingsError
from obskit.finding import Finding
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.settings import FILE, Settings

ROOM = "obskit.render"


def formats(settings: Settings, only: Iterable[str] = ()) -> tuple[ModuleType, ...]:
    """The enabled formats, or those of them named in `only`. Raises SettingsError on a name that is no format."""
    known = rooms.folders(ROOM)
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
    return tuple(rooms.room(ROOM, name) for name in rooms.folders(ROOM) if name not in settings.formats)


def run(analysed: Analysed, enabled: Iterable[ModuleType]) -> tuple[Artifact, ...]:
    """The artifacts of the formats, sorted by path."""
    made = [artifact for format_ in enabled for artifact in format_.artifacts(analysed)]
    return tuple(sorted(made, key=lambda artifact: artifact.path))


def findings(analysed: Analysed, enabled: Iterable[ModuleType], artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """What the formats say of what they made: limits of those who take it, what has no form there."""
    made: dict[str, list[Artifact]] = {}
    for artifact in artifacts:
        made.setdefault(artifact.format, []).append(artifact)
    for format_ in enabled:
        says = getattr(format_, "findings", None)
        if says is not None:
            yield from says(analysed, made.get(format_.TERRITORIES[0].format, []))


def territories(enabled: Iterable[ModuleType]) -> tuple[Territory, ...]:
    """The folders that the formats own."""
    return tuple(territory for format_ in enabled for territory in format_.TERRITORIES)


def _hint(name: str, known: Iterable[str]) -> str:
    names = tuple(known)
    return did_you_mean(name, names) or "formats: " + ", ".join(names)
