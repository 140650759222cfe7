"""Options that all kinds of integrations have alike: flags, choices, lists of names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from obskit.errors import DeclarationError
from obskit.naming import did_you_mean
from obskit.notify.secrecy import plain
from obskit.waiver import Waive


def flag(value: object, what: str) -> None:
    """Raises DeclarationError unless `value` is True or False."""
    if not isinstance(value, bool):
        raise DeclarationError(f"{what} must be True or False, not {type(value).__name__}")


def choice(value: object, what: str, choices: Iterable[str]) -> None:
    """Raises DeclarationError unless `value` is one of `choices`."""
    known = tuple(choices)
    if value not in known:
        hint = (did_you_mean(value, known) if isinstance(value, str) else "") or "one of: " + ", ".join(known)
        raise DeclarationError(f"{what} is none of its values", hint=hint)


def texts(value: object, what: str) -> tuple[str, ...]:
    """`value` as a tuple of plain texts: one text, a list or a tuple of them. Raises DeclarationError on anything else."""
    several = (value,) if isinstance(value, str) else value
    if not isinstance(several, (list, tuple)):
        raise DeclarationError(f"{what} must be a text or a tuple of texts, not {type(value).__name__}")
    for item in several:
        if not plain(item, what).strip() or "\n" in item:
            raise DeclarationError(f"{what} holds an empty text, or one of several lines", hint="leave it out")
    return tuple(several)


def name(value: object, what: str, example: str) -> str:
    """`value`, which is a name: one line, no space around it, at most 200 characters. Raises DeclarationError on anything else."""
    text = plain(value, f"the name of a {what}")
    if not text or text != text.strip() or not text.isprintable() or len(text) > 200:
        raise DeclarationError(f"a {what} has a name: one line of at most 200 characters, without space around it", hint=example)
    return text


def listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text as a tuple of it."""
    return (value,) if isinstance(value, str) else value


def one_or_more(value: Any) -> tuple[Any, ...]:
    """A list as a tuple, one thing as a tuple of it; a tuple as it is."""
    return tuple(value) if isinstance(value, list) else value if isinstance(value, tuple) else (value,)


def waivers(value: Any, what: str) -> tuple[Waive, ...]:
    """`value` as a tuple of waivers. Raises DeclarationError on anything else."""
    several = one_or_more(value)
    if not all(isinstance(one, Waive) for one in several):
        raise DeclarationError(f"waive of {what} holds what is no waiver", hint='waive=(Waive("unused-receiver", "until the move"),)')
    return several
