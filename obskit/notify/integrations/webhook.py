"""A webhook of one's own."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.errors import DeclarationError
from obskit.notify.options import choice, flag
from obskit.notify.secrecy import address, plain, secret
from obskit.origin import Origin, here
from obskit.secret import Secret

METHODS = ("POST", "PUT")


@dataclass(frozen=True, slots=True)
class Webhook:
    """The alerts as JSON to an address: `Webhook("https://hooks.example.com/alerts", token=Secret.env("HOOK_TOKEN"))`.

    `url` is a text only where it gives nothing away, else a secret. `username` with `password`, or `token` (sent as
    `Authorization: <scheme> <token>`), prove who sends. `most` is the greatest number of alerts in one message (0: all). `method`
    (`POST`, `PUT`), `title` and `message` (templates) are Grafana's alone. Raises DeclarationError on a literal secret, and on the
    scheme "Basic", which Alertmanager refuses.
    """

    url: str | Secret
    _: KW_ONLY
    username: str = ""
    password: Secret | None = None
    token: Secret | None = None
    scheme: str = "Bearer"
    most: int = 0
    method: str = "POST"
    title: str = ""
    message: str = ""
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "webhook"

    def __post_init__(self) -> None:
        if not isinstance(self.url, Secret):
            address(self.url, "url of Webhook", "HOOK_URL")
        for option, value, example in (("password", self.password, "HOOK_PASSWORD"), ("token", self.token, "HOOK_TOKEN")):
            if value is not None:
                secret(value, f"{option} of Webhook", example)
        for option in ("username", "scheme", "title", "message"):
            plain(getattr(self, option), f"{option} of Webhook", "HOOK_TOKEN")
        if bool(self.username) != (self.password is not None):
            raise DeclarationError("Webhook has a username and a password, or neither", hint='password=Secret.env("HOOK_PASSWORD")')
        if self.token is not None and (self.password is not None or not self.scheme.strip()):
            raise DeclarationError("Webhook has a token with a scheme, or a username with a password", hint='scheme="Bearer"')
        if self.scheme.strip().lower() == "basic":
            message = f'scheme of Webhook is "{self.scheme.strip()}", which no token is sent with'
            raise DeclarationError(message, hint='username="…", password=Secret.env("HOOK_PASSWORD")')
        if isinstance(self.most, bool) or not isinstance(self.most, int) or not 0 <= self.most < 2**31:
            raise DeclarationError("most of Webhook must be a whole number", hint="0 means all")
        choice(self.method, "method of Webhook", METHODS)
        flag(self.send_resolved, "send_resolved of Webhook")
