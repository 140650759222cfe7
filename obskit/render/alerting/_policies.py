"""The tree of routes as Grafana's notification policies."""

from __future__ import annotations

from obskit.duration import Duration
from obskit.model import Json
from obskit.notify import Route
from obskit.render.alerting._escaping import literal

TIMES = ("group_wait", "group_interval", "repeat_interval")


def policies(root: Route) -> Json:
    """The one entry of `policies`: it replaces the whole tree of the organisation."""
    return {"orgId": 1, **_policy(root)}


def _policy(route: Route) -> Json:
    times = {option: str(Duration.parse(getattr(route, option))) for option in TIMES if getattr(route, option) != ""}
    keys: Json = {
        "receiver": route.receiver.name if route.receiver is not None else "",
        "object_matchers": [[label, matcher.op, matcher.value] for label, matcher in route.conditions],
        "group_by": list(route.group_by),
        **times,
        "mute_time_intervals": [mute.name for mute in route.muted],
        "active_time_intervals": [mute.name for mute in route.active_only],
        "continue": route.continue_,
    }
    made: Json = literal({key: value for key, value in keys.items() if value})
    return {**made, "routes": [_policy(inner) for inner in route.routes]} if route.routes else made
