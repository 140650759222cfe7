"""Alertmanager's configuration: the tree of routes, receivers, inhibition and times of silence in one file.

Form: the configuration file of Alertmanager (its documentation, "configuration"). Secrets are files on Alertmanager's machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.render.alertmanager._config import config, origins
from obskit.render.alertmanager._limits import limits
from obskit.render.encode import yaml_text
from obskit.render.notified import notifications, sources
from obskit.settings import FILE

TERRITORY = Territory(format="alertmanager", folder="alertmanager", suffix=".yml")
TERRITORIES = (TERRITORY,)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`alertmanager/alertmanager.yml`, once a project has a root route."""
    found = notifications(analysed)
    if found.root is None:
        return
    data = config(found, analysed.project.settings.alertmanager)
    modules = sources(found)
    yield Artifact(
        path=f"{TERRITORY.folder}/alertmanager{TERRITORY.suffix}",
        text=yaml_text(data, f"Built by obskit from {', '.join(modules) or 'a project'}. Do not edit."),
        format=TERRITORY.format,
        origin=found.root.origin,
        sources=modules,
        data=data,
        origins=dict(origins(found)),
    )


def findings(analysed: Analysed, _artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """What Alertmanager has no form for, or only in a newer version than the output is for."""
    found = notifications(analysed)
    if found.root is not None:
        yield from limits(found, analysed.project.settings)
    elif not analysed.project.notifications and not analysed.project.faults:
        message = 'the format "alertmanager" builds nothing: no route is declared'
        hint = 'declare the root: Route(Receiver("ops", Email("ops@example.com"))), of obskit.notify'
        yield Finding(id="delivery", severity="warning", message=message, origin=Origin(FILE), hint=hint)
