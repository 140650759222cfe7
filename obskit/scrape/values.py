"""A label, guessed from the values it was seen with."""

from __future__ import annotations

import re
from collections.abc import Collection

from obskit.catalog import Label
from obskit.errors import DeclarationError

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
_ALWAYS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_METHOD_NAMES = ("method", "http_method", "http_request_method", "verb", "request_method")
_CODE_NAMES = ("code", "status", "status_code", "http_status", "http_status_code", "http_response_status_code", "response_code")
_CODE, _CLASS = r"[1-5]\d\d", r"[1-5]xx"
_LEAST = 10


def label_of(name: str, values: Collection[str], optional: bool) -> Label | None:
    """The label that has these values; None where no label may have this name.

    Only what is small everywhere is closed: HTTP methods, codes by a pattern, true and false. Any other gets room for twice
    what was seen, rounded up.
    """
    try:
        if name in _METHOD_NAMES and set(values) <= set(METHODS):
            known = tuple(method for method in METHODS if method in values or method in _ALWAYS)
            return Label(name, values=known, optional=optional)
        for pattern in (_CODE, _CLASS):
            if name in _CODE_NAMES and all(re.fullmatch(pattern, value, re.ASCII) for value in values):
                return Label(name, pattern=pattern, optional=optional)
        if set(values) <= {"true", "false"}:
            return Label(name, values=("true", "false"), optional=optional)
        return Label(name, at_most=room(len(values)), optional=optional)
    except DeclarationError:
        return None


def room(count: int) -> int:
    """Twice `count`, rounded up to 10, 20, 50, 100, 200, 500, …"""
    step = _LEAST
    while step < 2 * count:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
