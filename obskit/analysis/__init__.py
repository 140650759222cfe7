"""A project understood: every query parsed once, with its meaning and where it stands."""

from obskit.analysis.alone import Place, alone
from obskit.analysis.analysed import Analysed, Known, run
from obskit.analysis.asked import Asked
from obskit.analysis.traced import Traced

__all__ = ["Analysed", "Asked", "Known", "Place", "Traced", "alone", "run"]
