"""Receivers as Grafana's contact points; their secrets are references that Grafana resolves when it reads the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from obskit.model import Json
from obskit.naming import panel_id, slug
from obskit.notify import DingTalk, Email, Integration, PagerDuty, Receiver, Slack, Webhook, WeComApp, WeComRobot
from obskit.notify.options import listed
from obskit.render.alerting._escaping import escaped, literal
from obskit.secret import Secret


def contact_point(receiver: Receiver) -> Json:
    """One entry of `contactPoints`; `uid` depends on the names of receiver and kind, and on which of the kind it is."""
    counted: dict[str, int] = {}
    made = []
    for one in receiver.integrations:
        kind, form = FORMS[type(one)]
        counted[kind] = counted.get(kind, 0) + 1
        number = "" if counted[kind] == 1 else str(counted[kind])
        made.append(
            {
                "uid": f"{slug(receiver.name, 20)}-{kind}-{panel_id(receiver.name, kind, number):08x}",
                "type": kind,
                "settings": _resolved(form(one)),
                "disableResolveMessage": not one.send_resolved,
            }
        )
    return {"orgId": 1, "name": escaped(receiver.name), "receivers": made}


def _resolved(settings: Json) -> Json:
    """Without what nobody set; texts as they are, secrets as references."""
    kept = {key: value for key, value in settings.items() if value not in ("", {}, 0, None)}
    return {key: value.grafana if isinstance(value, Secret) else literal(value) for key, value in kept.items()}


def _email(one: Email) -> Json:
    return {"addresses": ";".join(listed(one.to)), "singleEmail": one.single, "subject": one.subject, "message": one.message}


def _dingtalk(one: DingTalk) -> Json:
    return {"url": one.url, "msgType": one.message_type, "title": one.title, "message": one.message}


def _robot(one: WeComRobot) -> Json:
    users = "|".join(listed(one.mention))
    return {"url": one.url, "touser": users, "msgtype": one.message_type, "title": one.title, "message": one.message}


def _app(one: WeComApp) -> Json:
    return {
        "corp_id": one.corp_id,
        "agent_id": one.agent_id,
        "secret": one.secret,
        "endpointUrl": one.api,
        "touser": "|".join(listed(one.users)),
        "msgtype": one.message_type,
        "title": one.title,
        "message": one.message,
    }


def _slack(one: Slack) -> Json:
    return {
        "url": one.url,
        "token": one.token,
        "recipient": one.channel,
        "username": one.username,
        "icon_emoji": one.icon_emoji,
        "icon_url": one.icon_url,
        "mentionChannel": one.mention,
        "mentionUsers": ",".join(listed(one.users)),
        "mentionGroups": ",".join(listed(one.groups)),
        "title": one.title,
        "text": one.message,
        "color": one.color,
        "footer": one.footer,
    }


def _pagerduty(one: PagerDuty) -> Json:
    return {
        "integrationKey": one.key,
        "severity": one.severity,
        "summary": one.summary,
        "source": one.source,
        "class": one.class_,
        "component": one.component,
        "group": one.group,
        "client": one.client,
        "client_url": one.client_url,
        "details": dict(one.details),
    }


def _webhook(one: Webhook) -> Json:
    return {
        "url": one.url,
        "httpMethod": one.method,
        "username": one.username,
        "password": one.password,
        "authorization_scheme": one.scheme if one.token is not None else "",
        "authorization_credentials": one.token,
        "maxAlerts": one.most,
        "title": one.title,
        "message": one.message,
    }


FORMS: dict[type[Integration], tuple[str, Callable[[Any], Json]]] = {  # Any: each takes its own kind
    Email: ("email", _email),
    DingTalk: ("dingding", _dingtalk),
    WeComRobot: ("wecom", _robot),
    WeComApp: ("wecom", _app),
    Slack: ("slack", _slack),
    PagerDuty: ("pagerduty", _pagerduty),
    Webhook: ("webhook", _webhook),
}
"""What Grafana calls each kind, and its settings there (receivers of version 1)."""
