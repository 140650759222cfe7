"""Python that authors go on with: the files of a first project, and a module made of rules that were YAML."""

from obskit.authoring.project import SHARED, FirstProject, Metrics, first_project
from obskit.authoring.remarks import remarks
from obskit.authoring.rules_module import Group, RuleSource, rules_module
from obskit.authoring.values import Lost, Translated, translated

__all__ = [
    "SHARED", "FirstProject", "Group", "Lost", "Metrics", "RuleSource", "Translated", "first_project", "remarks", "rules_module",
    "translated",
]  # fmt: skip
