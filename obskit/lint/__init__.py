"""Checks for what a schema cannot say, one file each."""

from obskit.lint.frame import ids, run
from obskit.lint.problem import Problem

__all__ = ["Problem", "ids", "run"]
