"""Authors' modules become a Project."""

from obskit.source.project import Project, load

__all__ = ["Project", "load"]
