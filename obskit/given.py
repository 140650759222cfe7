"""What the settings give to declarations while the modules load: values of parameters, the address below which runbooks lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """`values` by the names of parameters; `asked` are the names that were declared, `wrong` (name, message, hint) what does not fit.

    `runbooks` is the address of the folder of built documents, empty where nobody can read it.
    """

    values: Mapping[str, Any]
    runbooks: str = ""
    asked: dict[str, None] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


_given: ContextVar[Given | None] = ContextVar("obskit_given", default=None)


@contextmanager
def giving(values: Mapping[str, Any], runbooks: str = "") -> Iterator[Given]:
    """While this runs, parameters that are declared take their value from `values`, where it has one; alerts know `runbooks`."""
    given = Given(dict(values), runbooks)
    token = _given.set(given)
    try:
        yield given
    finally:
        _given.reset(token)


def given() -> Given | None:
    """What is given now, None outside of `giving`."""
    return _given.get()
