"""Python that authors go on with: the files of a first project, and a module made of rules that were YAML."""

from obskit.authoring.project import SHARED, FirstProject, Metrics, first_project

__all__ = ["SHARED", "FirstProject", "Metrics", "first_project"]
