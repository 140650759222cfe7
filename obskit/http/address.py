"""Addresses: what they lead to, and how they are shown without the password in them."""

from __future__ import annotations

import base64
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from obskit.errors import ObskitError

SCHEMES = ("http", "https")
_AS_IT_IS = "".join(map(chr, range(128)))
"""Only what is not ASCII has to be written in another way."""
_HINT = "as in http://localhost:8000/metrics"


def is_url(text: str) -> bool:
    """Whether this is an address rather than the name of a file."""
    return "://" in text


def shown(url: str) -> str:
    """The address as it may be shown: without user and password."""
    scheme, mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}"


def split(url: str) -> tuple[str, str]:
    """The address in ASCII without user and password, and the header that carries them (or an empty string).

    Raises ObskitError when it is no address of http or https.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        (host or "").encode("idna")  # as it is asked for
    except ValueError as error:
        raise ObskitError(f'"{shown(url)}" is no address', hint=_HINT) from error
    if parts.scheme not in SCHEMES:
        raise ObskitError(f'"{shown(url)}" cannot be fetched: only http and https can', hint=_HINT)
    if not host or any(character.isspace() or not character.isprintable() for character in url):
        raise ObskitError(f'"{shown(url)}" is no address', hint=_HINT)
    path, query = (quote(part, safe=_AS_IT_IS) for part in (parts.path, parts.query))
    clean = parts._replace(netloc=parts.netloc.rpartition("@")[2], path=path, query=query, fragment="")
    return urlunsplit(clean), _credentials(parts)


def _credentials(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()
