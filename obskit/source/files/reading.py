"""Bytes of a foreign file to documents: JSON or YAML, by the file's name or by how it begins."""

from __future__ import annotations

import re
from pathlib import Path

from obskit.errors import ObskitError
from obskit.source.files.document import Document, unreadable
from obskit.source.files.json_file import read_json
from obskit.source.files.regular import regular_bytes
from obskit.source.files.yaml_file import read_yaml

_BRACKET = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[)")
LARGEST = 32 * 1024 * 1024
"""Bytes; the largest dashboards that are about have five millions."""


def read_file(path: Path, name: str) -> tuple[Document, ...]:
    """As `read`, of a file on disk. Raises ObskitError when it cannot be opened, or is not a regular file."""
    try:
        raw, size = regular_bytes(path, name, LARGEST)
    except OSError as error:
        raise ObskitError(f'"{name}" cannot be read: {error.strerror or error}') from error
    return _too_large(name, size) if size > LARGEST else read(raw, name)


def read(raw: bytes, name: str) -> tuple[Document, ...]:
    """The documents of the file `name`: one of a JSON file, any number of a YAML file.

    Whatever the bytes are, nothing is raised: a document that is not `readable` has the finding that says why.
    """
    if len(raw) > LARGEST:
        return _too_large(name, len(raw))
    if name.endswith(".json"):
        return (read_json(raw, name),)
    if _BRACKET.match(raw) is None:
        return read_yaml(raw, name)
    document = read_json(raw, name)
    is_json = document.readable or (_JSON.match(raw) and not name.endswith((".yaml", ".yml")))
    return (document,) if is_json else read_yaml(raw, name)


def _too_large(name: str, size: int) -> tuple[Document, ...]:
    shown = f"{size // 1024 // 1024} MiB, more than {LARGEST // 1024 // 1024}"
    return (unreadable(name, f"the file has {shown}", 0, "split it"),)
