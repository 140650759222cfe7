"""Declarations that were made and are in no file: made and not bound, bound again, or put where nobody looks."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.finding import Finding
from obskit.origin import Origin
from obskit.source.modules import Loaded

ID = "uncollected"
_HINT = "bind it to a public name at the top level of its module, or put it in a list that is bound so"


def uncollected(loaded: Loaded) -> Iterator[Finding]:
    """A warning for each declaration that was made and not collected: a rule, a group, a dashboard, a receiver, a route, …

    Silent about values bound to a private name, about those that share their name with a collected one (copies,
    templates), and when a module could not be loaded.
    """
    if loaded.faults:
        return
    kept = list(_collected(loaded))
    known = {id(value) for value in kept} | {id(value) for module in loaded.modules for value in _private(vars(module.module))}
    names = {(type(value).__name__, _name(value)) for value in kept}
    for value in loaded.made:
        kind, name = type(value).__name__, _name(value)
        if id(value) in known or (kind, name) in names:
            continue
        names.add((kind, name))
        message = f'{kind} "{name}" is bound nowhere, so it is not built'
        yield Finding(id=ID, severity="warning", message=message, origin=_origin(value), hint=_HINT)


def _collected(loaded: Loaded) -> Iterator[object]:
    """Every declaration that ends in a file, and what it holds."""
    kinds = tuple({type(value) for value in loaded.made})
    for module in loaded.modules:
        for _, _, value in module.values(kinds):
            yield value
            inside = getattr(value, "inside", getattr(value, "rules", ()))
            yield from inside if isinstance(inside, tuple) else ()


def _private(names: dict[str, object]) -> Iterator[object]:
    for name, value in names.items():
        if name.startswith("_") and not name.startswith("__"):
            yield from value if isinstance(value, (list, tuple)) else (value,)


def _name(value: object) -> str:
    return str(getattr(value, "name", "") or getattr(value, "title", ""))


def _origin(value: object) -> Origin | None:
    found = getattr(value, "origin", None) or getattr(getattr(value, "_obskit_note", None), "origin", None)
    return found if isinstance(found, Origin) else None
