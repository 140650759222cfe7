"""Observability as code: declare signals, dashboards and alert rules once; build them into files for git."""

__version__ = "0.1.0"
