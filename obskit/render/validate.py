"""Artifacts against the JSON Schema of their format.

jsonschema-rs decides, once compiled in microseconds a panel; what it refuses, jsonschema explains. Tests prove that both
agree; the schemas themselves are checked there and not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from obskit.artifact import Artifact, Place
from obskit.finding import Finding

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

ID = "schema"


def findings(artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """What the schemas refuse, each placed at the declaration it concerns."""
    for artifact in artifacts:
        decider = _decider(artifact.format)
        if decider is not None and not decider.is_valid(artifact.data):
            yield from _explained(artifact)


def schema_file(format_: str) -> Path:
    """Where a format's schema lies."""
    return Path(__file__).parent / format_ / "schema.json"


@cache
def _decider(format_: str) -> Any:
    import jsonschema_rs

    file = schema_file(format_)
    return jsonschema_rs.validator_for(file.read_text("utf-8")) if file.is_file() else None


def _explained(artifact: Artifact) -> Iterator[Finding]:
    import json

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    schema = json.loads(schema_file(artifact.format).read_text("utf-8"))
    places: dict[Any, list[ValidationError]] = {}
    for error in Draft202012Validator(schema).iter_errors(artifact.data):
        deepest = best_match([error]) or error
        places.setdefault(artifact.declared_at(_place(deepest)), []).append(deepest)
    for origin, errors in places.items():
        worst = best_match(errors) or errors[0]
        where = "/".join(map(str, _place(worst)))
        yield Finding(
            id=ID,
            severity="error",
            message=f"{_short(worst.message)} ({artifact.path}, {where or 'top level'})",
            origin=origin,
            hint="the schema of this format refuses it; a misspelt key in extraJson, extra= or a raw dict is the usual reason",
        )


def _place(error: ValidationError) -> Place:
    return tuple(error.absolute_path)


def _short(message: str, longest: int = 200) -> str:
    line = " ".join(message.split())
    return line if len(line) <= longest else line[: longest // 2] + " … " + line[-longest // 2 :]
