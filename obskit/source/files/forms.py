"""The form in which a file delivers what it holds: a board or rule that is there in several forms is one, and clashes with nothing.

A dashboard lies in `build/` as the JSON that Grafana reads, as an object of its API, in a ConfigMap and so on, and once more for
each environment, in `env/<name>/`. None of these meets another in one Grafana.
"""

from __future__ import annotations

import re

from obskit.source.files.document import Document

_ENVIRONMENT = re.compile(r"(?:^|[/\\])env[/\\]([^/\\]+)[/\\]")


def environment(name: str) -> str:
    """The environment that a file is for, by its path; empty for none."""
    found = _ENVIRONMENT.search(name)
    return found[1] if found else ""


def form(document: Document) -> str:
    """What tells the form of a document: the object it stands in, what is asked at its import, the environment."""
    data = document.data if isinstance(document.data, dict) else {}
    kind = document.holder or str(data.get("apiVersion", "")).partition("/")[0]
    asks = "asks" if isinstance(data.get("__inputs"), list) else ""
    return " ".join((kind, asks, environment(document.name)))
