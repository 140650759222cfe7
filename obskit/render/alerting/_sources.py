"""The datasources that rules ask: a rule has no variables, so their uids are told by the environment, or by what is declared."""

from __future__ import annotations

from obskit.datasources import Datasource
from obskit.source import Project

PROMETHEUS, TEMPO = "prometheus", "tempo"


def uid(project: Project, kind: str) -> str:
    """The uid of the datasource of a kind, empty where nothing tells it: the environment's, else the declared one.

    Of several declared ones it is the default.
    """
    environment = project.settings.environment
    if environment is not None and environment.datasources.get(kind):
        return environment.datasources[kind]
    declared = _declared(project, kind)
    chosen = [one for one in declared if one.default] or declared
    return chosen[0].uid if len(chosen) == 1 else ""


def hint(project: Project, kind: str) -> str:
    """What to declare."""
    environment = project.settings.environment
    several = "several are declared: give one of them default=True"
    value = f'{kind.capitalize()}("{kind.capitalize()}", uid="{kind}", url="http://…")'
    declare = several if len(_declared(project, kind)) > 1 else f"declare {value} of obskit.datasources"
    if environment is None:
        return f"{declare}; or build with --env for an environment that names its uid"
    return f'{declare}, or set [tool.obskit.env.{environment.name}] datasources = {{ {kind} = "<uid>" }}'


def _declared(project: Project, kind: str) -> list[Datasource]:
    return [one for one in project.datasources if one.kind == kind]
