"""Integrations as Alertmanager's receivers have them; what has no form of its own goes to a bridge as a webhook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from obskit.model import Json
from obskit.notify import DingTalk, Email, Integration, PagerDuty, Slack, Webhook, WeComApp, WeComRobot
from obskit.notify.options import listed
from obskit.secret import Secret

Config = tuple[str, Json]
"""The key of a receiver under which it stands, and its settings."""

SLACK_API = "https://slack.com/api/chat.postMessage"
"""Where a bot posts messages (Slack's documentation, "chat.postMessage"); its token is sent as authorization."""

MESSAGE = '{{ template "wechat.default.message" . }}'
"""What Alertmanager writes to WeCom where nobody says otherwise."""


def configs(one: Integration, secrets: str) -> Iterator[Config]:
    """The settings of an integration; none where Alertmanager has no form for it. `secrets` is the folder where secrets lie."""
    for key, settings in _FORMS[type(one)](one, secrets):
        yield key, {"send_resolved": one.send_resolved, **settings}


def _kept(settings: Json) -> Json:
    return {name: value for name, value in settings.items() if value not in ("", {}, None)}


def _email(one: Email, _secrets: str) -> Iterator[Config]:
    """One mail each, or one to all. Mail with a message of its own comes in no other form besides: `html` is then empty."""
    addresses = listed(one.to)
    for to in [", ".join(addresses)] if one.single else addresses:
        made = _kept({"to": to, "headers": {"Subject": one.subject} if one.subject else {}, "text": one.message})
        yield "email_configs", {**made, "html": ""} if one.message else made


def _bridged(one: DingTalk | WeComRobot, _secrets: str) -> Iterator[Config]:
    if one.bridge:
        yield "webhook_configs", {"url": one.bridge}


def _app(one: WeComApp, secrets: str) -> Iterator[Config]:
    if one.bridge:
        yield "webhook_configs", {"url": one.bridge}
        return
    message = f"{one.title}\n{one.message or MESSAGE}" if one.title else one.message
    yield "wechat_configs", _kept({
        "api_secret_file": one.secret.path(secrets),
        "api_url": one.api,
        "corp_id": one.corp_id,
        "agent_id": one.agent_id,
        "to_user": "|".join(listed(one.users)),
        "to_party": "|".join(listed(one.parties)),
        "to_tag": "|".join(listed(one.tags)),
        "message_type": one.message_type,
        "message": message,
    })


def _slack(one: Slack, secrets: str) -> Iterator[Config]:
    mentions = [f"<!{one.mention}>"] if one.mention else []
    mentions += [f"<@{user}>" for user in listed(one.users)] + [f"<!subteam^{group}>" for group in listed(one.groups)]
    made: Json = {"api_url_file": one.url.path(secrets)} if one.url is not None else {"api_url": SLACK_API}
    if one.token is not None:
        made["http_config"] = {"authorization": {"type": "Bearer", "credentials_file": one.token.path(secrets)}}
    yield "slack_configs", _kept({
        **made,
        "channel": one.channel,
        "username": one.username,
        "icon_emoji": one.icon_emoji,
        "icon_url": one.icon_url,
        "color": one.color,
        "pretext": " ".join(mentions),
        "title": one.title,
        "text": one.message,
        "footer": one.footer,
    })


def _pagerduty(one: PagerDuty, secrets: str) -> Iterator[Config]:
    yield "pagerduty_configs", _kept({
        "routing_key_file": one.key.path(secrets),
        "severity": one.severity,
        "description": one.summary,
        "source": one.source,
        "class": one.class_,
        "component": one.component,
        "group": one.group,
        "client": one.client,
        "client_url": one.client_url,
        "details": dict(one.details),
    })


def _webhook(one: Webhook, secrets: str) -> Iterator[Config]:
    made: Json = {"url_file": one.url.path(secrets)} if isinstance(one.url, Secret) else {"url": one.url}
    if one.password is not None:
        made["http_config"] = {"basic_auth": {"username": one.username, "password_file": one.password.path(secrets)}}
    if one.token is not None:
        made["http_config"] = {"authorization": {"type": one.scheme, "credentials_file": one.token.path(secrets)}}
    yield "webhook_configs", _kept({**made, "max_alerts": one.most or None})


_FORMS: dict[type, Callable[[Any, str], Iterator[Config]]] = {  # Any: each takes its own kind
    Email: _email,
    DingTalk: _bridged,
    WeComRobot: _bridged,
    WeComApp: _app,
    Slack: _slack,
    PagerDuty: _pagerduty,
    Webhook: _webhook,
}
