"""Python text of a catalogue module: literals, calls, the module around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from obskit.catalog import Unit, units

_WIDTH = 120
_NAMES = ("Counter", "Gauge", "Histogram", "Info", "Label", "Service", "Summary", "Waive", "units")
_ALL = {name: unit for name, unit in vars(units).items() if isinstance(unit, Unit)}
_GUESSED = sorted((unit for unit in _ALL.values() if unit.suffix), key=lambda unit: -len(unit.suffix))


def quoted(text: str) -> str:
    """The text as a literal in double quotes, on one line."""
    plain = repr(text)
    if plain[0] == '"':
        return plain
    return '"' + plain[1:-1].replace(r"\'", "'").replace('"', r"\"") + '"'


def tuple_of(items: Iterable[str]) -> str:
    members = list(items)
    return f"({members[0]},)" if len(members) == 1 else f"({', '.join(members)})"


def call(name: str, arguments: Sequence[str], fields: dict[str, str], *, deep: bool = False) -> str:
    """A call with its fields that are not empty; on one line if it fits and is not meant to be `deep`."""
    given = [*arguments, *(f"{field}={value}" for field, value in fields.items() if value)]
    line = f"{name}({', '.join(given)})"
    if len(line) <= _WIDTH and not deep:
        return line
    return f"{name}(\n" + "".join(f"    {part},\n" for part in given) + ")"


def comment(text: str) -> str:
    return f"# {text}\n"


def module(service: str, parts: Sequence[str], note: str) -> str:
    """The module: what it is, what it imports, its values."""
    body = "\n\n".join((parts[0], *parts[1:])) + "\n"
    used = [name for name in _NAMES if re.search(rf"\b{name}[.(]", body)]
    about = f'"""The signals of {_plain(service)}, as one scrape showed them."""\n\n'
    return about + f"from obskit.catalog import {', '.join(used)}\n\n" + note + ("\n" if note else "") + body


def unit_name(unit: Unit) -> str:
    """What `units` calls the unit."""
    return next(name for name, known in _ALL.items() if known is unit)


def unit_of(metric: str, said: str) -> Unit:
    """The unit that the exposition says, or that the name ends in; a count where neither does."""
    stem = metric.removesuffix("_total")
    for unit in _GUESSED:
        if unit.suffix == said or f"_{stem}".endswith(f"_{unit.suffix}"):
            return unit
    return units.COUNT


def _plain(text: str) -> str:
    """A name as it can stand in a docstring."""
    return "".join(character if character.isprintable() and character not in '"\\' else " " for character in text)
