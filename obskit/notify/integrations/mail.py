"""E-mail. Grafana takes the mail server from its own configuration, Alertmanager from `[tool.obskit.alertmanager.smtp]`."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.errors import DeclarationError
from obskit.notify.options import flag, texts
from obskit.notify.secrecy import plain
from obskit.origin import Origin, here

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


@dataclass(frozen=True, slots=True)
class Email:
    """Mail to one or more addresses: `Email("ops@example.com")`.

    `single` sends one mail to all of them instead of one each. `subject` and `message` are templates (Go's text/template; empty:
    the sender's own). `send_resolved` tells the end too. Raises DeclarationError on what is no address.
    """

    to: str | tuple[str, ...]
    _: KW_ONLY
    subject: str = ""
    message: str = ""
    single: bool = False
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "e-mail"

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", texts(self.to, "to of Email"))
        if not self.to or not all(_ADDRESS.fullmatch(address) for address in self.to):
            raise DeclarationError("to of Email holds no address, or what is none", hint='Email("ops@example.com")')
        for option in ("subject", "message"):
            plain(getattr(self, option), f"{option} of Email")
        for option in ("single", "send_resolved"):
            flag(getattr(self, option), f"{option} of Email")

