"""Every query of a project, parsed once, with where it stands."""

from obskit.analysis.analysed import Analysed, Asked, Known, run

__all__ = ["Analysed", "Asked", "Known", "run"]
