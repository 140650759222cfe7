"""Provisioning files of Grafana: a provider for each folder of dashboards, and the declared datasources.

Form: Grafana 13, `provisioning/dashboards` and `provisioning/datasources`, as documented under "Provision Grafana". Alerting has a
format of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.render.encode import yaml_text
from obskit.render.provisioning.datasources import datasources
from obskit.render.provisioning.folders import clashes, providers
from obskit.render.provisioning.judging import judged

DASHBOARDS = Territory(format="provisioning", folder="grafana/provisioning/dashboards", suffix=".yaml")
DATASOURCES = Territory(format="provisioning", folder="grafana/provisioning/datasources", suffix=".yaml")
TERRITORIES = (DASHBOARDS, DATASOURCES)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`dashboards/obskit.yaml` where the dashboards are built too, `datasources/obskit.yaml` where datasources are declared."""
    project = analysed.project
    if project.boards and "dashboards" in project.settings.formats:
        data, origins = providers(project)
        yield _artifact(DASHBOARDS, data, "providers", origins, (board.module for board in project.boards))
    if project.datasources:
        data = datasources(project)
        origins = [source.origin for source in project.datasources]
        yield _artifact(DATASOURCES, data, "datasources", origins, (origin.path for origin in origins if origin))


def findings(analysed: Analysed, artifacts: Iterable[Artifact]) -> Iterator[Finding]:  # noqa: ARG001  # a format's signature
    """What Grafana would refuse of the datasources and folders, and links that lead nowhere."""
    yield from judged(analysed.project)
    yield from clashes(analysed.project)


def _artifact(
    territory: Territory, data: dict[str, object], key: str, origins: Iterable[Origin | None], sources: Iterable[str]
) -> Artifact:
    return Artifact(
        path=f"{territory.folder}/obskit{territory.suffix}",
        text=yaml_text(data, "Built by obskit. Do not edit."),
        format=territory.format,
        sources=tuple(sorted(set(sources))),
        data=data,
        origins={(key, index): origin for index, origin in enumerate(origins)},
    )
