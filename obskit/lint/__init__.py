"""Checks for what a schema cannot say, one file each."""

from obskit.lint.comments import Comments, comments_of
from obskit.lint.frame import run
from obskit.lint.pages import Page, pages
from obskit.lint.pages import checks as ids
from obskit.lint.problem import Problem
from obskit.lint.selection import Selection

__all__ = ["Comments", "Page", "Problem", "Selection", "comments_of", "ids", "pages", "run"]
