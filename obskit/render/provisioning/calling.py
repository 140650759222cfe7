"""What declared datasources are called where a project is delivered.

Dashboards of an environment ask the uid that the environment names for a kind of datasource. The one that is declared of that kind is
called so there, and what links to it follows; its address is a parameter's to change.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.source import Project


def called(project: Project) -> dict[str, str]:
    """The uid of each datasource, by the declared one."""
    uids = {source.uid: source.uid for source in project.datasources}
    for kind, uid in asked(project):
        of_kind = [source.uid for source in project.datasources if source.kind == kind]
        if len(of_kind) == 1 and uid not in uids.values() and uids[of_kind[0]] == of_kind[0]:
            uids[of_kind[0]] = uid
    return uids


def asked(project: Project) -> Iterator[tuple[str, str]]:
    """The kind and uid of each datasource that the environment names, those that it names by kind before those by variable."""
    environment = project.settings.environment
    named = environment.datasources if environment else {}
    kinds = {variable.name: variable.query for board in project.boards for variable in board.variables if variable.kind == "datasource"}
    kinds |= {source.kind: source.kind for source in project.datasources}
    for key, uid in sorted(named.items(), key=lambda item: kinds.get(item[0]) != item[0]):
        if key in kinds:
            yield kinds[key], uid
