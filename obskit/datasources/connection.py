"""How Grafana reaches a datasource: address, user, headers, certificates; and what every datasource must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away, shown
from obskit.naming import UID_LONGEST, is_text, is_uid
from obskit.secret import Secret
from obskit.shape import shaped

_URL = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?")
_WITH_USER = re.compile(r"[a-z][a-z0-9+.-]*://[^\s?#]*@", re.IGNORECASE)
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token of RFC 9110."""
_SECRET_HEADER = re.compile(r"authorization|cookie|token|secret|passw|credential|signature|session|^x-auth$|-?key$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Basic:
    """Basic authentication. Raises DeclarationError on an empty user, or a password that is no `Secret`."""

    user: str
    password: Secret

    def __post_init__(self) -> None:
        if not is_text(self.user) or not self.user.strip():
            raise DeclarationError("basic authentication has a user", hint='Basic("grafana", Secret.env("PROMETHEUS_PASSWORD"))')
        if given_away(self.user) or ":" in self.user:
            raise SecretError("the user of basic authentication holds a secret", hint='Basic("grafana", Secret.env("PROMETHEUS_PASSWORD"))')
        _secret(self.password, f'the password of user "{self.user}"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """Certificates, each as a `Secret` that holds PEM text.

    `ca` signs the datasource's own; `cert` and `key` are those that Grafana shows; `server_name` is the name that the certificate must
    bear; `skip_verify` accepts any. Raises DeclarationError on one of `cert` and `key` without the other.
    """

    ca: Secret | None = None
    cert: Secret | None = None
    key: Secret | None = None
    server_name: str = ""
    skip_verify: bool = False

    def __post_init__(self) -> None:
        for option in ("ca", "cert", "key"):
            value = getattr(self, option)
            if value is not None:
                _secret(value, f'"{option}" of Tls')
        if (self.cert is None) != (self.key is None):
            raise DeclarationError("a client certificate and its key go together", hint="Tls(cert=…, key=…)")
        shaped(self, "Tls")


def check(
    what: str, name: str, uid: str, url: str, *, auth: Basic | None, headers: Mapping[str, str | Secret], tls: Tls | None
) -> None:
    """Raises DeclarationError on what no datasource can be, or on a secret that is written out."""
    if not is_text(name) or not name.strip():
        raise DeclarationError("a datasource has a name", hint=f'{what}("{what}", uid="{what.lower()}", url="http://…")')
    called = f'datasource "{name}"'
    if not is_uid(uid):
        raise DeclarationError(f"{shown(uid)} is not the uid of {called}", hint=f"letters, digits, - and _, at most {UID_LONGEST}")
    if is_text(url) and _WITH_USER.search(url):
        raise SecretError(f"the url of {called} holds a user", hint='say it apart: auth=Basic("user", Secret.env("NAME"))')
    if not is_text(url) or not _URL.fullmatch(url):
        raise DeclarationError(f"{shown(url)} is not the url of {called}", hint='as Grafana reaches it: "http://prometheus:9090"')
    if given_away(url):
        raise SecretError(f"the url of {called} holds a secret", hint='a header may hold it: headers={"X-Api-Key": Secret.env("NAME")}')
    for option, value, kind in (("auth", auth, Basic), ("tls", tls, Tls)):
        if value is not None and not isinstance(value, kind):
            raise DeclarationError(f"{option} of {called} must be {kind.__name__}(…), not {type(value).__name__}")
    _check_headers(headers, called)


def _check_headers(headers: Mapping[str, str | Secret], called: str) -> None:
    if not isinstance(headers, Mapping):
        hint = 'headers={"X-Scope-OrgID": "shop"}'
        raise DeclarationError(f"headers of {called} are a mapping, not a {type(headers).__name__}", hint=hint)
    for header, value in headers.items():
        if not isinstance(header, str) or not _HEADER.fullmatch(header):
            raise DeclarationError(f"{shown(header)} is not the name of a header of {called}", hint="letters, digits and -")
        if isinstance(value, Secret):
            continue
        if _SECRET_HEADER.search(header) or (isinstance(value, str) and given_away(value)):
            raise SecretError(f'header "{header}" of {called} holds a secret', hint='name it: Secret.env("PROMETHEUS_TOKEN")')
        if not is_text(value) or not value or "\n" in value or "\r" in value:
            raise DeclarationError(f'header "{header}" of {called} must be a line of text or a Secret')


def _secret(value: object, what: str) -> None:
    if not isinstance(value, Secret):
        raise SecretError(f"{what} must be a Secret", hint='Secret.env("NAME") or Secret.file("/path"), never the secret itself')
