"""The notifications as they hold where the project is delivered: in an environment with who is told there."""

from __future__ import annotations

from obskit.analysis import Analysed
from obskit.finding import Finding, Severity
from obskit.notify import Integration, Notification, Notifications, Receiver, gather


def notifications(analysed: Analysed) -> Notifications:
    """What the project declares; others are told where the environment says so."""
    environment = analysed.project.settings.environment
    return gather(analysed.project.notifications, environment.receivers if environment else None)


def sources(found: Notifications) -> tuple[str, ...]:
    """The modules that declare them."""
    parts: tuple[Notification, ...] = (*found.receivers, *found.routes, *found.mute_times, *found.inhibitions)
    return tuple(sorted({part.origin.path for part in parts if part.origin is not None}))


def told(severity: Severity, receiver: Receiver, one: Integration, message: str, hint: str) -> Finding:
    """A finding about an integration, at the place where it is declared."""
    origin = one.origin or receiver.origin
    where = f'receiver "{receiver.name}", {one.kind}'
    return Finding(id="delivery", severity=severity, message=message, origin=origin.at(where) if origin else None, hint=hint)
