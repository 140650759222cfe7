"""DingTalk's group robot: native in Grafana; Alertmanager needs a bridge in between."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.notify.integrations.bridged import either
from obskit.notify.options import choice, flag
from obskit.notify.secrecy import plain
from obskit.origin import Origin, here
from obskit.secret import Secret

MESSAGE_TYPES = ("link", "actionCard")


@dataclass(frozen=True, slots=True)
class DingTalk:
    """A message to a DingTalk group: `DingTalk(Secret.env("DINGTALK_URL"), bridge="http://bridge:8060/dingtalk/ops/send")`.

    `url` is the robot's address with its token, for Grafana. Alertmanager has no form for it: `bridge` is the address of a program
    that takes its webhooks and knows the robot itself (prometheus-webhook-dingtalk). `message_type` is `link` or `actionCard`;
    `title` and `message` are templates (empty: the sender's own). Raises DeclarationError on a literal secret.
    """

    url: Secret | None = None
    _: KW_ONLY
    bridge: str = ""
    message_type: str = "link"
    title: str = ""
    message: str = ""
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "DingTalk"

    def __post_init__(self) -> None:
        either(self.url, self.bridge, "DingTalk", "DINGTALK_URL")
        choice(self.message_type, "message_type of DingTalk", MESSAGE_TYPES)
        for option in ("title", "message"):
            plain(getattr(self, option), f"{option} of DingTalk")
        flag(self.send_resolved, "send_resolved of DingTalk")
