"""Hands that start processes: here is the only room that does."""

from obskit.tools.git import Blob, Repository, repository

__all__ = ["Blob", "Repository", "repository"]
