"""The file of known findings: JSON, sorted, one finding a line, so that a change of it reads well in git.

`json` is imported where it is used, as in the rest of this room.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from obskit.errors import ObskitError, OutputError
from obskit.store.reasons import told
from obskit.store.temporary import beside, write_new

_VERSION = 1
_KEYS = ("id", "path", "where", "message")

Identity = tuple[str, str, str, str]
"""Check, path, part of the declaration, message."""


def load(place: Path, command: str = "lint") -> dict[Identity, int]:
    """What the file has, and how often. Raises ObskitError when it is missing or is no baseline; `command` writes one."""
    import json

    try:
        given = json.loads(place.read_bytes())
    except FileNotFoundError as error:
        hint = f"write it: obskit {command} --baseline {place} --write-baseline"
        raise ObskitError(f'baseline "{place}" does not exist', hint=hint) from error
    except OSError as error:
        raise ObskitError(f'baseline "{place}" cannot be read: {(error.strerror or "").lower()}', hint="name a file") from error
    except (ValueError, RecursionError) as error:
        raise _none(place, command) from error
    rows = given.get("findings") if isinstance(given, dict) and given.get("version") == _VERSION else None
    if not isinstance(rows, list):
        raise _none(place, command)
    found: dict[Identity, int] = {}
    for row in rows:
        texts = [row.get(key) for key in _KEYS] if isinstance(row, dict) else []
        count = row.get("count") if texts else None
        if not all(isinstance(text, str) for text in texts) or type(count) is not int or count < 1:
            raise _none(place, command)
        identity = (str(texts[0]), str(texts[1]), str(texts[2]), str(texts[3]))
        found[identity] = found.get(identity, 0) + count
    return found


def save(place: Path, known: Mapping[Identity, int]) -> None:
    """Writes the file, whole or not at all. Raises OutputError when that cannot be."""
    import json

    rows = [{**dict(zip(_KEYS, identity, strict=True)), "count": count} for identity, count in sorted(known.items())]
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    text = f'{{"version": {_VERSION}, "findings": [\n{lines}\n]}}\n' if rows else f'{{"version": {_VERSION}, "findings": []}}\n'
    folder = os.path.dirname(os.path.realpath(place))
    if not os.path.exists(folder):
        raise OutputError(f'cannot write the baseline "{place}": there is no folder "{os.path.dirname(place)}"', hint="make the folder")
    new = beside(os.path.realpath(place), 0)
    with told(f'cannot write the baseline "{place}"'):
        try:
            write_new(new, text.encode())
            os.replace(new, os.path.realpath(place))
        except BaseException:
            with suppress(OSError):
                os.unlink(new)
            raise


def _none(place: Path, command: str) -> ObskitError:
    hint = f"name another file, or remove this one and write it anew: obskit {command} --baseline {place} --write-baseline"
    return ObskitError(f'"{place}" is no baseline of obskit', hint=hint)
