"""Slack: an incoming webhook, or a bot's token and a channel."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.errors import DeclarationError
from obskit.notify.options import choice, flag, texts
from obskit.notify.secrecy import plain, secret
from obskit.origin import Origin, here
from obskit.secret import Secret

MENTIONED = ("", "here", "channel")


@dataclass(frozen=True, slots=True)
class Slack:
    """A message to Slack: `Slack(Secret.env("SLACK_URL"))`, or `Slack(token=Secret.env("SLACK_TOKEN"), channel="#ops")`.

    `channel` is a must with a token, and otherwise overrides that of the webhook. `mention` is `here`, `channel` or empty;
    `users` and `groups` are the ids of those who are mentioned. `title`, `message`, `color`, `footer` are templates (empty: the
    sender's own). Raises DeclarationError on a literal secret.
    """

    url: Secret | None = None
    _: KW_ONLY
    token: Secret | None = None
    channel: str = ""
    mention: str = ""
    users: str | tuple[str, ...] = ()
    groups: str | tuple[str, ...] = ()
    title: str = ""
    message: str = ""
    color: str = ""
    footer: str = ""
    username: str = ""
    icon_emoji: str = ""
    icon_url: str = ""
    send_resolved: bool = True
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "Slack"

    def __post_init__(self) -> None:
        for option, value, example in (("url", self.url, "SLACK_URL"), ("token", self.token, "SLACK_TOKEN")):
            if value is not None:
                secret(value, f"{option} of Slack", example)
        if (self.url is None) == (self.token is None):
            raise DeclarationError("Slack has either a url or a token", hint='Slack(Secret.env("SLACK_URL"))')
        for option in ("channel", "title", "message", "color", "footer", "username", "icon_emoji", "icon_url"):
            plain(getattr(self, option), f"{option} of Slack", "SLACK_URL")
        if self.token is not None and not self.channel.strip():
            raise DeclarationError("Slack with a token needs a channel", hint='channel="#ops"')
        choice(self.mention, "mention of Slack", MENTIONED)
        for option in ("users", "groups"):
            object.__setattr__(self, option, texts(getattr(self, option), f"{option} of Slack"))
        flag(self.send_resolved, "send_resolved of Slack")
