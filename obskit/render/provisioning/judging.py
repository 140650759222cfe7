"""What is wrong with datasources taken together: names, defaults, links, scrape intervals, and what an environment calls them."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.datasources import Datasource, Prometheus, Reference, Tempo, uid_of
from obskit.duration import Duration
from obskit.finding import Finding, Severity
from obskit.naming import did_you_mean
from obskit.origin import Origin
from obskit.render.provisioning.calling import asked, called
from obskit.settings import FILE
from obskit.source import Project

ID = "delivery"
GRAFANA_INTERVAL = "15s"
"""What Grafana takes where a Prometheus datasource says none."""


def judged(project: Project) -> Iterator[Finding]:
    """The findings, in the order of the datasources; nothing where none is declared."""
    known: dict[str, Datasource] = {}
    for source in project.datasources:
        known.setdefault(source.uid, source)
    yield from _twice(project)
    for source in project.datasources:
        for says, reference, kind in _links(source):
            yield from _link(source, says, reference, kind, known)
    yield from _intervals(project)
    yield from _environment(project, known)


def _twice(project: Project) -> Iterator[Finding]:
    """Names and uids are taken once, and one is the default: Grafana does not start otherwise."""
    taken: dict[tuple[str, str], Datasource] = {}
    default: Datasource | None = None
    for source in project.datasources:
        for key, value in (("name", source.name), ("uid", source.uid)):
            other = taken.setdefault((key, value), source)
            if other is not source:
                message = f'two datasources have the {key} "{value}"{_beside(other)}'
                yield _finding("error", message, source.origin, "give one of them another")
        if source.default and default is not None:
            message = f'datasource "{source.name}" is the default beside "{default.name}"{_beside(default)}'
            yield _finding("error", message, source.origin, "keep one")
        default = default or (source if source.default else None)


def _links(source: Datasource) -> Iterator[tuple[str, Reference, str]]:
    """What each link says, where it leads, and what must be there."""
    named = f'datasource "{source.name}"'
    if not isinstance(source, Tempo):
        what = "exemplars" if source.kind == "prometheus" else "log lines"
        yield from ((f"{what} of {named} lead to", link.to, "tempo") for link in source.to_traces if link.to is not None)
        return
    if source.logs is not None:
        yield f"for logs, spans of {named} lead to", source.logs.to, "loki"
    if source.metrics is not None:
        yield f"for metrics, spans of {named} lead to", source.metrics.to, "prometheus"
    if source.service_map is not None:
        yield f"the service map of {named} is read from", source.service_map, "prometheus"


def _link(source: Datasource, says: str, reference: Reference, kind: str, known: dict[str, Datasource]) -> Iterator[Finding]:
    uid = uid_of(reference)
    target = known.get(uid)
    if target is None:
        hint = did_you_mean(uid, known) or "declare it, or see that Grafana has it"
        yield _finding("warning", f'{says} "{uid}", which is not declared', source.origin, hint)
    elif target.kind != kind:
        of_kind = [one.uid for one in known.values() if one.kind == kind]
        hint = f'"{of_kind[0]}" is a {kind} datasource' if of_kind else f"declare a {kind} datasource"
        yield _finding("error", f'{says} "{uid}", which is a {target.kind} datasource', source.origin, hint)


def _intervals(project: Project) -> Iterator[Finding]:
    """`$__rate_interval` is four times what the datasource says, so it must not say less than a service of its signals is scraped at.

    Which service is in which of several is not known: then nothing is said.
    """
    sources = [source for source in project.datasources if isinstance(source, Prometheus)]
    for source in sources if len(sources) == 1 else ():
        said = Duration.parse(source.scrape_interval or GRAFANA_INTERVAL)
        slower = [service for service in project.services if service.job and Duration.parse(service.scrape_interval) > said]
        if slower:
            slowest = max(slower, key=lambda service: Duration.parse(service.scrape_interval))
            message = f'service "{slowest.name}" is scraped every {slowest.scrape_interval}, but datasource "{source.name}" says {said}'
            hint = f'scrape_interval="{slowest.scrape_interval}": $__rate_interval follows from it, and holds too few samples otherwise'
            yield _finding("warning", message, source.origin, hint)


def _environment(project: Project, known: dict[str, Datasource]) -> Iterator[Finding]:
    """Dashboards of an environment ask the datasources that it names: those must be the ones that are provisioned there."""
    environment = project.settings.environment
    if environment is None:
        return
    where = Origin(FILE, 0, f"[tool.obskit.env.{environment.name}.datasources]")
    there = {uid: known[declared] for declared, uid in called(project).items()}
    for kind, uid in asked(project):
        of_kind = [f'"{source.uid}"' for source in known.values() if source.kind == kind]
        if uid in there and there[uid].kind != kind:
            message = f'dashboards ask the {kind} datasource "{uid}", which is a {there[uid].kind} datasource'
            yield _finding("error", message, where, f"name the uid of a {kind} datasource")
        elif uid not in there and of_kind:
            message = f'dashboards ask the {kind} datasource "{uid}", which none is called: {", ".join(of_kind)}'
            hint = f'of several, a parameter says which is meant: uid=Param("{kind}_uid", …).value'
            yield _finding("warning", message, where, hint)


def _beside(other: Datasource) -> str:
    return f" (the other: {other.origin})" if other.origin else ""


def _finding(severity: Severity, message: str, origin: Origin | None, hint: str) -> Finding:
    return Finding(id=ID, severity=severity, message=message, origin=origin, hint=hint)
