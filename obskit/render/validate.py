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
from obskit.render.encode import as_read

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

ID = "schema"


SCHEME = "obskit:"
"""A schema refers to that of another format by this and the format's name: `obskit:dashboards#/properties/panels`."""


def findings(artifacts: Iterable[Artifact]) -> Iterator[Finding]:
    """What the schemas refuse, each placed at the declaration it concerns; of several formats that say the same, the first."""
    told: set[tuple[object, str]] = set()
    for artifact in artifacts:
        decider = _decider(artifact.format)
        if decider is not None and not _is_valid(decider, artifact.data):
            for finding, said in _explained(artifact):
                if (finding.origin, said) not in told:
                    told.add((finding.origin, said))
                    yield finding


def schema_file(format_: str) -> Path:
    """Where a format's schema lies."""
    return Path(__file__).parent / format_ / "schema.json"


def _is_valid(decider: Any, data: Any) -> bool:
    try:
        return bool(decider.is_valid(data))
    except ValueError:  # of a text whose class is another, as the members of a StrEnum are
        return bool(decider.is_valid(as_read(data)))


@cache
def _decider(format_: str) -> Any:
    import jsonschema_rs

    file = schema_file(format_)
    return jsonschema_rs.validator_for(file.read_text("utf-8"), retriever=_referred) if file.is_file() else None


def explainer(format_: str) -> Any:
    """What explains why a document is none of the format: jsonschema's validator of its schema."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    registry: Registry[Any] = Registry(retrieve=lambda uri: DRAFT202012.create_resource(_referred(uri)))  # type: ignore[call-arg]  # attrs
    return Draft202012Validator(_schema(format_), registry=registry)


def _referred(uri: str) -> Any:
    return _schema(uri.removeprefix(SCHEME))


def _schema(format_: str) -> Any:
    import json

    return json.loads(schema_file(format_).read_text("utf-8"))


def _explained(artifact: Artifact) -> Iterator[tuple[Finding, str]]:
    from jsonschema.exceptions import best_match

    places: dict[Any, list[ValidationError]] = {}
    for error in explainer(artifact.format).iter_errors(artifact.data):
        deepest = best_match([error]) or error
        places.setdefault(artifact.declared_at(_place(deepest)), []).append(deepest)
    for origin, errors in places.items():
        worst = best_match(errors) or errors[0]
        where = "/".join(map(str, _place(worst)))
        said = _short(worst.message)
        finding = Finding(
            id=ID,
            severity="error",
            message=f"{said} ({artifact.path}, {where or 'top level'})",
            origin=origin,
            hint="the schema of this format refuses it; a misspelt key in extraJson, extra= or a raw dict is the usual reason",
        )
        yield finding, said


def _place(error: ValidationError) -> Place:
    return tuple(error.absolute_path)


def _short(message: str, longest: int = 200) -> str:
    line = " ".join(message.split())
    return line if len(line) <= longest else line[: longest // 2] + " … " + line[-longest // 2 :]
