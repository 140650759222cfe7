"""The configuration as data, and where its parts were declared."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.artifact import Place
from obskit.duration import Duration
from obskit.model import Json
from obskit.notify import Email, Inhibit, MuteTime, Notifications, Receiver, Route
from obskit.notify.conditions import Condition
from obskit.origin import Origin
from obskit.render.alertmanager._integrations import configs
from obskit.render.time_intervals import time_intervals
from obskit.secret import Secret
from obskit.settings import Alertmanager

TIMES = ("group_wait", "group_interval", "repeat_interval")


def config(found: Notifications, settings: Alertmanager) -> Json:
    """The whole file."""
    assert found.root is not None  # without a root there is no file
    mails = bool(settings.smtp.smarthost) and any(isinstance(one, Email) for receiver in found.receivers for one in receiver.integrations)
    data = {
        "global": _global(settings) if mails else {},
        "templates": list(settings.templates),
        "route": _route(found.root),
        "receivers": [_receiver(receiver, settings.secrets) for receiver in found.receivers],
        "inhibit_rules": [_inhibition(one) for one in found.inhibitions],
        "time_intervals": [{"name": mute.name, "time_intervals": time_intervals(mute)} for mute in found.mute_times],
    }
    return {key: value for key, value in data.items() if value}


def _global(settings: Alertmanager) -> Json:
    smtp = settings.smtp
    keys = {
        "smtp_smarthost": smtp.smarthost,
        "smtp_from": smtp.sender,
        "smtp_hello": smtp.hello,
        "smtp_auth_username": smtp.username,
        "smtp_auth_password_file": smtp_password(settings),
    }
    return {**{key: value for key, value in keys.items() if value}, "smtp_require_tls": smtp.tls}


def smtp_password(settings: Alertmanager) -> str:
    """The file with the password of the mail server; empty where there is none."""
    name = settings.smtp.password
    if not name:
        return ""
    return (Secret.file(name) if name.startswith("/") else Secret.env(name)).path(settings.secrets)


def _route(route: Route) -> Json:
    times = {option: str(Duration.parse(getattr(route, option))) for option in TIMES if getattr(route, option) != ""}
    keys: Json = {
        "receiver": route.receiver.name if route.receiver is not None else "",
        "matchers": [matcher(condition) for condition in route.conditions],
        "group_by": list(route.group_by),
        **times,
        "mute_time_intervals": [mute.name for mute in route.muted],
        "active_time_intervals": [mute.name for mute in route.active_only],
        "continue": route.continue_,
        "routes": [_route(inner) for inner in route.routes],
    }
    return {key: value for key, value in keys.items() if value}


def _receiver(receiver: Receiver, secrets: str) -> Json:
    made: Json = {"name": receiver.name}
    for one in receiver.integrations:
        for key, settings in configs(one, secrets):
            made.setdefault(key, []).append(settings)
    return made


def _inhibition(one: Inhibit) -> Json:
    made: Json = {
        "source_matchers": [matcher(condition) for condition in one.sources],
        "target_matchers": [matcher(condition) for condition in one.targets],
    }
    return {**made, "equal": list(one.equal)} if one.equal else made


def matcher(condition: Condition) -> str:
    """`label="value"`: escaped as both of Alertmanager's parsers read it, the old one and that of UTF-8 names."""
    value = condition.matcher.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{condition.label}{condition.matcher.op}"{value}"'


def origins(found: Notifications) -> Iterator[tuple[Place, Origin | None]]:
    """Where each part was declared."""
    parts: dict[str, tuple[Receiver | Inhibit | MuteTime, ...]] = {
        "receivers": found.receivers,
        "inhibit_rules": found.inhibitions,
        "time_intervals": found.mute_times,
    }
    for key, declared in parts.items():
        for index, one in enumerate(declared):
            yield (key, index), one.origin
    if found.root is not None:
        yield from _route_origins(found.root, ("route",))


def _route_origins(route: Route, place: Place) -> Iterator[tuple[Place, Origin | None]]:
    yield place, route.origin
    for index, inner in enumerate(route.routes):
        yield from _route_origins(inner, (*place, "routes", index))
