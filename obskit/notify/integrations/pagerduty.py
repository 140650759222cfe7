"""PagerDuty, by the key of a service's Events API v2 integration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.errors import DeclarationError
from obskit.notify.options import flag
from obskit.notify.secrecy import plain, secret
from obskit.origin import Origin, here
from obskit.secret import Secret


@dataclass(frozen=True, slots=True)
class PagerDuty:
    """An incident in PagerDuty: `PagerDuty(Secret.env("PAGERDUTY_KEY"), severity="{{ .CommonLabels.severity }}")`.

    `severity` is `critical`, `error`, `warning`, `info` or a template that yields one. `summary`, `source`, `class_`, `component`,
    `group`, `client`, `client_url` and the values of `details` are templates (empty: the sender's own). Raises DeclarationError
    on a literal secret.
    """

    key: Secret
    _: KW_ONLY
    severity: str = ""
    summary: str = ""
    source: str = ""
    class_: str = ""
    component: str = ""
    group: str = ""
    client: str = ""
    client_url: str = ""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "PagerDuty"

    def __post_init__(self) -> None:
        secret(self.key, "key of PagerDuty", "PAGERDUTY_KEY")
        for option in ("severity", "summary", "source", "class_", "component", "group", "client", "client_url"):
            plain(getattr(self, option), f"{option} of PagerDuty", "PAGERDUTY_KEY")
        if self.severity and "{{" not in self.severity and self.severity not in ("critical", "error", "warning", "info"):
            raise DeclarationError("severity of PagerDuty is none of its values", hint="critical, error, warning, info, or a template")
        if not isinstance(self.details, Mapping):
            raise DeclarationError("details of PagerDuty must be a dict of texts", hint='details={"team": "shop"}')
        for key, value in self.details.items():
            if not plain(key, "a key in details of PagerDuty", "PAGERDUTY_KEY").strip():
                raise DeclarationError("a key in details of PagerDuty is empty")
            plain(value, f'"{key}" in details of PagerDuty', "PAGERDUTY_KEY")
        flag(self.send_resolved, "send_resolved of PagerDuty")
