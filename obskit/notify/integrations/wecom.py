"""WeCom (WeChat at work): the robot of a group, and an app that writes to people."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.errors import DeclarationError
from obskit.notify.integrations.bridged import either
from obskit.notify.options import choice, flag, texts
from obskit.notify.secrecy import address, plain, secret
from obskit.origin import Origin, here
from obskit.secret import Secret

MESSAGE_TYPES = ("markdown", "text")


@dataclass(frozen=True, slots=True)
class WeComRobot:
    """A message to a WeCom group by its robot: `WeComRobot(Secret.env("WECOM_URL"), bridge="http://bridge:8065/wecom/ops")`.

    `url` is the robot's address with its key, for Grafana. Alertmanager has no form for it: `bridge` is the address of a program that
    takes its webhooks and knows the robot itself. `mention` are the users named in the message (`@all`: everybody).
    `message_type` is `markdown` or `text`; `title` and `message` are templates (empty: the sender's own). Raises DeclarationError
    on a literal secret.
    """

    url: Secret | None = None
    _: KW_ONLY
    bridge: str = ""
    mention: str | tuple[str, ...] = ()
    message_type: str = "markdown"
    title: str = ""
    message: str = ""
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "WeCom robot"

    def __post_init__(self) -> None:
        either(self.url, self.bridge, "WeComRobot", "WECOM_URL")
        object.__setattr__(self, "mention", texts(self.mention, "mention of WeComRobot"))
        _check_message(self, "WeComRobot")


@dataclass(frozen=True, slots=True)
class WeComApp:
    """A message from a WeCom app: `WeComApp("ww0123", "1000002", Secret.env("WECOM_APP_SECRET"), users=("zhang",))`.

    `corp_id` and `agent_id` name the company and the app. It writes to `users` (`@all`: everybody), and through Alertmanager also to
    `parties` and `tags`. Alertmanager reads the secret from a file since 0.31; for an older one `bridge` is the address of a
    program that takes its webhooks. `api` is the address of another WeCom server. Raises DeclarationError on a literal secret.
    """

    corp_id: str
    agent_id: str
    secret: Secret
    _: KW_ONLY
    users: str | tuple[str, ...] = ("@all",)
    parties: str | tuple[str, ...] = ()
    tags: str | tuple[str, ...] = ()
    bridge: str = ""
    api: str = ""
    message_type: str = "markdown"
    title: str = ""
    message: str = ""
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "WeCom app"

    def __post_init__(self) -> None:
        secret(self.secret, "secret of WeComApp", "WECOM_APP_SECRET")
        for option in ("corp_id", "agent_id"):
            if not plain(getattr(self, option), f"{option} of WeComApp").strip():
                raise DeclarationError(f"WeComApp has no {option}", hint='WeComApp("ww0123", "1000002", Secret.env("WECOM_APP_SECRET"))')
        for option in ("users", "parties", "tags"):
            object.__setattr__(self, option, texts(getattr(self, option), f"{option} of WeComApp"))
        if not (self.users or self.parties or self.tags):
            raise DeclarationError("WeComApp writes to nobody", hint='users=("@all",)')
        for option in ("bridge", "api"):
            if getattr(self, option) != "":
                address(getattr(self, option), f"{option} of WeComApp", "WECOM_APP_SECRET")
        _check_message(self, "WeComApp")


def _check_message(one: WeComRobot | WeComApp, what: str) -> None:
    choice(one.message_type, f"message_type of {what}", MESSAGE_TYPES)
    plain(one.title, f"title of {what}")
    plain(one.message, f"message of {what}")
    flag(one.send_resolved, f"send_resolved of {what}")
