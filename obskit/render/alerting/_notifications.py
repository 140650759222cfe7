"""The notifications as provisioning files of Grafana: contact points, policies, mute times; and what Grafana has no form for.

Form: file provisioning of Grafana's alerting (its documentation, "provision alerting resources with files").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Place
from obskit.finding import Finding
from obskit.model import Json
from obskit.notify import DingTalk, Integration, Notifications, Receiver, Route, WeComApp, WeComRobot
from obskit.origin import Origin
from obskit.render.alerting._contact_points import contact_point
from obskit.render.alerting._mute_times import mute_time
from obskit.render.alerting._policies import policies
from obskit.render.encode import yaml_text
from obskit.render.notified import notifications, sources, told

FORMAT, FOLDER = "alerting", "grafana/provisioning/alerting"
ACTIVE_SINCE = (12, 1)
Origins = Mapping[Place, Origin | None]


def documents(analysed: Analysed) -> Iterator[Artifact]:
    """Up to three files, once a project has a root route."""
    found = notifications(analysed)
    if found.root is None:
        return
    points = [receiver for receiver in found.receivers if receiver.integrations]
    modules = sources(found)
    if points:
        yield _document(
            "contact-points",
            {"contactPoints": [contact_point(receiver) for receiver in points]},
            modules,
            {("contactPoints", index): receiver.origin for index, receiver in enumerate(points)},
        )
    yield _document("policies", {"policies": [policies(found.root)]}, modules, dict(_origins(found.root, ("policies", 0))))
    if found.mute_times:
        yield _document(
            "mute-times",
            {"muteTimes": [mute_time(mute) for mute in found.mute_times]},
            modules,
            {("muteTimes", index): mute.origin for index, mute in enumerate(found.mute_times)},
        )


def _document(name: str, content: Json, modules: tuple[str, ...], origins: Origins) -> Artifact:
    data = {"apiVersion": 1, **content}
    return Artifact(
        path=f"{FOLDER}/{name}.yaml",
        text=yaml_text(data, f"Built by obskit from {', '.join(modules) or 'a project'}. Do not edit."),
        format=FORMAT,
        origin=next(iter(origins.values()), None),
        sources=modules,
        data=data,
        origins=origins,
    )


def _origins(route: Route, place: Place) -> Iterator[tuple[Place, Origin | None]]:
    yield place, route.origin
    for index, inner in enumerate(route.routes):
        yield from _origins(inner, (*place, "routes", index))


def findings(analysed: Analysed) -> Iterator[Finding]:
    """What Grafana has no form for."""
    found = notifications(analysed)
    if found.root is None:
        return
    for receiver in found.receivers:
        for one in receiver.integrations:
            yield from _limits(receiver, one)
        if not receiver.integrations and receiver.name in found.routed:
            message = f'receiver "{receiver.name}" has no integration, and Grafana keeps no contact point without one'
            hint = "give it one; what nobody is to be told is muted, or stays out of Grafana's alerts"
            yield Finding(id="delivery", severity="error", message=message, origin=receiver.origin, hint=hint)
    yield from _same_file(analysed, found)
    yield from _active(found, analysed.project.settings.targets.grafana)
    yield from _inhibitions(found)


def _limits(receiver: Receiver, one: Integration) -> Iterator[Finding]:
    if isinstance(one, (DingTalk, WeComRobot)) and one.url is None:
        hint = f'{type(one).__name__}(Secret.env("…_URL"), bridge="…"): the bridge is for Alertmanager'
        yield told("error", receiver, one, f"Grafana needs the url of a {one.kind}", hint)
    if isinstance(one, WeComApp) and not one.users:
        yield told("error", receiver, one, f"Grafana's {one.kind} writes to users alone, and none is named", 'users=("@all",)')
    elif isinstance(one, WeComApp) and (one.parties or one.tags):
        yield told("warning", receiver, one, f"parties and tags are left out: Grafana's {one.kind} writes to users alone", "name users")


def _same_file(analysed: Analysed, found: Notifications) -> Iterator[Finding]:
    """A module whose rules would be written where the policies are."""
    for file in analysed.project.rule_files:
        if file.name == "policies" and found.root is not None:
            message = f'the rules of "{file.module}" and the notification policies would be the same file'
            yield Finding(id="delivery", severity="error", message=message, origin=file.groups[0].origin, hint="rename the module")


def _active(found: Notifications, target: str) -> Iterator[Finding]:
    """Older versions pass over the times at which alone something is told, and tell it always."""
    if tuple(map(int, target.split("."))) >= ACTIVE_SINCE:
        return
    for route in found.routes:
        if route.active_only:
            message = f"active times of the route {route.title} need Grafana 12.1, and the output is for {target}"
            yield Finding(id="delivery", severity="error", message=message, origin=route.origin, hint="mute the other times: mute=…")


def _inhibitions(found: Notifications) -> Iterator[Finding]:
    """Once for all: what Alertmanager keeps quiet, Grafana does not."""
    unknown = [one for one in found.inhibitions if not one.alertmanager_only]
    if unknown:
        what = "this inhibition is" if len(unknown) == 1 else f"{len(unknown)} inhibitions are"
        message = f"Grafana's alerting has no inhibition: {what} left out there, and what Alertmanager keeps quiet is told"
        hint = "Inhibit(…, alertmanager_only=True) says that it is known"
        yield Finding(id="delivery", severity="warning", message=message, origin=unknown[0].origin, hint=hint)
