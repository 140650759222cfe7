"""Options of integrations that are, hold, or must not hold a secret; no message repeats what was given."""

from __future__ import annotations

import re

from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away
from obskit.naming import is_text, too_large
from obskit.secret import Secret

_HINT = 'Secret.env("{name}"): the value stays on the machine that sends'
_REFERENCE = re.compile(r"\$__\w+\{")
_PART = re.compile(r"(?<=/)[\w-]{16,}(?=[/?#]|$)")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\@]+(?:[/?#][^\s\"'<>\\]*)?")


def secret(value: object, what: str, example: str) -> Secret:
    """`value`, which is a reference to a secret. Raises SecretError on anything else, above all on the secret itself."""
    if isinstance(value, Secret):
        return value
    raise SecretError(f"{what} is a secret: it is given as a reference, never as text", hint=_HINT.format(name=example))


def plain(value: object, what: str, example: str = "SECRET") -> str:
    """`value`, which is text that holds no secret. Raises SecretError on text that seems to."""
    if isinstance(value, Secret):
        raise DeclarationError(f"{what} is text, not a secret", hint="it is written into the built files as it is")
    if not isinstance(value, str) or not is_text(value):
        raise DeclarationError(f"{what} must be text, not {type(value).__name__}", hint="a string in quotes, of whole Unicode characters")
    if "\0" in value or too_large(value):
        raise DeclarationError(f"{what} holds a zero byte, or more than anybody reads", hint="text, as it is shown")
    if _REFERENCE.search(value):
        raise SecretError(f"{what} refers to a secret by Grafana's own signs", hint=_HINT.format(name=example))
    if given_away(value):
        raise SecretError(f"{what} seems to hold a secret", hint=_HINT.format(name=example))
    return value


def address(value: object, what: str, example: str = "SECRET") -> str:
    """`value`, which is an address without a secret: `http://…` or `https://…`. Raises DeclarationError on anything else."""
    text = plain(value, what, example)
    if not _ADDRESS.fullmatch(text):
        raise SecretError(f"{what} is not an address", hint="https://host/path, without a name or a password in it")
    path = text.partition("://")[2]
    if any(_looks_random(part) for part in _PART.findall(path)):
        raise SecretError(f"{what} seems to hold a secret", hint=_HINT.format(name=example))
    return text


def _looks_random(part: str) -> bool:
    """Whether a part of a path is rather a token than words: a UUID, or digits among the letters of something long."""
    words = (word for word in re.split(r"[-_]", part) if len(word) >= 16)
    return _UUID.search(part) is not None or any(
        sum(character.isdigit() for character in word) >= 3 and any(character.isalpha() for character in word) for word in words
    )
