"""The tree of routes as Grafana's notification policies."""

from __future__ import annotations

import re

from obskit.duration import Duration
from obskit.model import Json
from obskit.notify import Route
from obskit.notify.conditions import Condition
from obskit.render.alerting._escaping import literal

_META = re.compile(r"[\\.+*?()|\[\]{}^$]")
_AS_REGEX = {"=": "=~", "!=": "!~"}
TIMES = ("group_wait", "group_interval", "repeat_interval")


def policies(root: Route) -> Json:
    """The one entry of `policies`: it replaces the whole tree of the organisation."""
    return {"orgId": 1, **_policy(root)}


def _policy(route: Route) -> Json:
    times = {option: str(Duration.parse(getattr(route, option))) for option in TIMES if getattr(route, option) != ""}
    keys: Json = {
        "receiver": route.receiver.name if route.receiver is not None else "",
        "object_matchers": [_matcher(condition) for condition in route.conditions],
        "group_by": list(route.group_by),
        **times,
        "mute_time_intervals": [mute.name for mute in route.muted],
        "active_time_intervals": [mute.name for mute in route.active_only],
        "continue": route.continue_,
    }
    made: Json = literal({key: value for key, value in keys.items() if value})
    return {**made, "routes": [_policy(inner) for inner in route.routes]} if route.routes else made


def _matcher(condition: Condition) -> list[str]:
    """Label, operator and value, so that Grafana matches what Alertmanager does.

    Grafana cuts a quote off each end of a value whenever it reads one (`ObjectMatchers` of its package `definitions`), so a value
    with a quote there is written as a regex that begins and ends otherwise.
    """
    operator, value = condition.matcher.op, condition.matcher.value
    if value.startswith('"') or value.endswith('"'):
        pattern = value if operator in ("=~", "!~") else _META.sub(r"\\\g<0>", value)
        operator, value = _AS_REGEX.get(operator, operator), f"(?:{pattern})"
    return [condition.label, operator, value]
