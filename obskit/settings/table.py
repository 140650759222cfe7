"""One TOML table, asked key by key, so that what was never asked for is known to be unknown."""

from __future__ import annotations

import re
from typing import Any

from obskit.errors import SettingsError
from obskit.giveaway import shown
from obskit.naming import did_you_mean
from obskit.origin import Origin

FILE = "pyproject.toml"


def wrong(message: str, hint: str = "") -> SettingsError:
    """The error that says what is wrong in the settings."""
    return SettingsError(message, hint=hint, origin=Origin(FILE))


def _shown(key: str, value: object) -> str:
    """The value, unless it may hold a secret."""
    return "what seems to hold a secret" if "password" in key or key.endswith("smtp") else shown(value)


class Table:
    """One TOML table, asked key by key; what was never asked for is unknown."""

    def __init__(self, name: str, given: Any, text: str = "") -> None:
        """The table `name` with what is `given` in it; `text` is the file that it stands in, for the lines of errors."""
        if not isinstance(given, dict):
            origin = Origin(FILE, line_of(text, *name.rsplit(".", 1)))
            message = f"{name} must be a table, not {_shown(name, given)}"
            raise SettingsError(message, hint=f"[{name}]", origin=origin)
        self.name, self.given, self.known, self.text = name, given, set[str](), text

    def wrong(self, key: str, message: str, hint: str = "") -> SettingsError:
        """The error that says what is wrong with a key, at its line."""
        return SettingsError(message, hint=hint, origin=Origin(FILE, line_of(self.text, self.name, key)))

    def _get(self, key: str, default: Any, kind: type, example: str) -> Any:
        self.known.add(key)
        value = self.given.get(key, default)
        if not isinstance(value, kind):
            raise self.wrong(key, f"{self.name}.{key} must be {example}, not {_shown(key, value)}")
        return value

    def string(self, key: str, default: str) -> str:
        return str(self._get(key, default, str, "a string"))

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.string(key, default)
        if value != default and value not in choices:
            hint = did_you_mean(value, choices) or "one of: " + ", ".join(choices)
            raise self.wrong(key, f'{self.name}.{key} is "{value}"', hint)
        return value

    def truth(self, key: str, default: bool) -> bool:
        return bool(self._get(key, default, bool, "true or false"))

    def strings(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._get(key, list(default), list, "a list of strings")
        for index, item in enumerate(value):
            if not isinstance(item, str):
                raise self.wrong(key, f"{self.name}.{key} must be a list of strings, and [{index}] is {_shown(key, item)}")
        return tuple(value)

    def table(self, key: str) -> Table:
        self.known.add(key)
        return Table(f"{self.name}.{key}", self.given.get(key, {}), self.text)

    def texts(self, key: str) -> dict[str, str]:
        """A table of strings."""
        inner = self.table(key)
        return {name: inner.string(name, "") for name in inner.given}

    def finish(self) -> None:
        for key in self.given:
            if key not in self.known:
                hint = did_you_mean(key, self.known) or "known keys: " + ", ".join(sorted(self.known))
                raise self.wrong(key, f'unknown key "{key}" in [{self.name}]', hint)


def line_of(text: str, table: str, key: str) -> int:
    """The line where a TOML text sets `key` of `table`, 0 where that is not plain: found by headers, not parsed."""
    parent, _, last = table.rpartition(".")
    inside, nearest = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            inside = re.sub(r"\s*\.\s*", ".", header[1].replace('"', "").replace("'", ""))
            if inside == f"{table}.{key}":
                return number
        elif inside == table and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
        elif inside == parent and re.match(rf"\s*{re.escape(last)}\s*(=|\.\s*{re.escape(key)}\s*=)", line):
            nearest = nearest or number
    return nearest
