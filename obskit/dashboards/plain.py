"""grafanalib objects as plain JSON values, each dict keeping the note of the object it came from."""

from __future__ import annotations

import math
from typing import Any

from obskit.annotation import bare
from obskit.dashboards.notes import note_of
from obskit.errors import DeclarationError
from obskit.model import NOTE, Json
from obskit.origin import Origin

_AS_IT_IS = frozenset({bool, type(None)})


def plain(thing: Any) -> Json:
    """The JSON of a grafanalib object. Raises DeclarationError, placed, on a value that JSON has no form for."""
    made = _plain(thing, None)
    if not isinstance(made, dict):
        raise DeclarationError(f"{type(thing).__name__} gives no JSON object")
    return made


def _plain(value: Any, origin: Origin | None) -> Any:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is str:
        return value if value.isascii() else _text(value, origin)
    if kind is dict:
        return {
            key if type(key) is str and key.isascii() else _text(str(key), origin): item if type(item) is bool else _plain(item, origin)
            for key, item in value.items()
            if item is not None or key == "value"  # the null of a threshold's base step means something; all others mean "not given"
        }
    if kind is list or kind is tuple:
        return [_plain(item, origin) for item in value]
    if isinstance(value, str):
        return _text(bare(value), origin)
    if isinstance(value, int):
        if -(2**63) <= value < 2**64:
            return int(value)
        raise DeclarationError(f"a number of {value.bit_length()} bits has no form in Grafana's JSON", origin=origin, hint="at most 64")
    if isinstance(value, dict):
        return _plain(dict(value), origin)
    if isinstance(value, (list, tuple)):
        return _plain(list(value), origin)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise DeclarationError(f"{value!r} has no form in JSON", origin=origin, hint="leave the option out")
    on_board = getattr(value, "on_board", None)
    return on_board() if on_board is not None else _object(value, origin)


def _text(text: str, origin: Origin | None) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        shown = text[max(0, error.start - 20) : error.end + 20].encode("ascii", "backslashreplace").decode()
        raise DeclarationError(f'text holds half of a character: "{shown}"', origin=origin, hint="write it as valid Unicode") from error
    return text


def _object(value: Any, origin: Origin | None) -> Any:
    note = note_of(value)
    place = note.origin if note and note.origin else origin
    to_json_data = getattr(value, "to_json_data", None)
    if to_json_data is None:
        raise DeclarationError(f"a value of type {type(value).__name__} has no form in JSON", origin=place)
    try:
        said = to_json_data()
    except (AttributeError, KeyError, TypeError) as error:
        message = f"{type(value).__name__} does not turn into JSON: {type(error).__name__}: {error}"
        raise DeclarationError(message, origin=place, hint="an option has the wrong type; --traceback shows more") from error
    made = _plain(said, place)
    if note and isinstance(made, dict):
        made[NOTE] = note
    return made
