"""What Alertmanager has no form for, or only in a newer version than the output is for.

Source: the changelog of Alertmanager; versions are those that brought the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from obskit.finding import Finding, Severity
from obskit.notify import DingTalk, Email, Integration, Notifications, PagerDuty, Receiver, Webhook, WeComApp, WeComRobot
from obskit.origin import Origin
from obskit.render.notified import told
from obskit.secret import Secret
from obskit.settings import FILE, Settings

OLDEST = "0.24"
"""Times of silence and conditions are written as this version and newer ones read them."""


class Limit(NamedTuple):
    """What is told of an integration: a message and a hint."""

    severity: Severity
    message: str
    hint: str


def limits(found: Notifications, settings: Settings) -> Iterator[Finding]:
    """Every limit, at the integration it concerns."""
    target = settings.targets.alertmanager
    if _below(target, OLDEST):
        hint = f'targets.alertmanager = "{OLDEST}" at least'
        message = f"the configuration is for Alertmanager {OLDEST} and newer, not {target}"
        yield Finding(id="delivery", severity="error", message=message, origin=Origin(FILE), hint=hint)
    mails = [(receiver, one) for receiver in found.receivers for one in receiver.integrations if isinstance(one, Email)]
    if mails:
        yield from _mail(*mails[0], settings)
    for receiver in found.receivers:
        for one in receiver.integrations:
            for limit in _LIMITS.get(type(one), _none)(one, target):
                yield told(limit.severity, receiver, one, limit.message, limit.hint)
    for mute in found.mute_times:
        if mute.zone != "UTC" and _below(target, "0.25"):
            message = f'the time zone of mute time "{mute.name}" needs Alertmanager 0.25, and the output is for {target}'
            yield Finding(id="delivery", severity="error", message=message, origin=mute.origin, hint="give its times in UTC")


def _mail(receiver: Receiver, one: Integration, settings: Settings) -> Iterator[Finding]:
    smtp = settings.alertmanager.smtp
    if not smtp.smarthost:
        hint = f'[tool.obskit.alertmanager.smtp] in {FILE}: smarthost = "mail.example.com:587", from = "alerts@example.com"'
        yield told("error", receiver, one, "Alertmanager sends mail, and no mail server is named", hint)
    if smtp.password and _below(settings.targets.alertmanager, "0.25"):
        target = settings.targets.alertmanager
        message = f"the password of the mail server in a file needs Alertmanager 0.25, and the output is for {target}"
        yield Finding(id="delivery", severity="error", message=message, origin=Origin(FILE), hint="a server that asks for none")


def _none(_one: Any, _target: str) -> Iterator[Limit]:
    yield from ()


def _bridged(one: DingTalk | WeComRobot, _target: str) -> Iterator[Limit]:
    if not one.bridge:
        hint = 'bridge="http://bridge:8060/…": the address of a program that takes webhooks and writes to the group'
        yield Limit("error", f"Alertmanager has no form for a {one.kind}", hint)
        return
    mentions = isinstance(one, WeComRobot) and one.mention
    given = [option for option in ("title", "message") if getattr(one, option)] + (["mention"] if mentions else [])
    if given:
        yield _unspoken(given, "the bridge has texts of its own, and Alertmanager does not pass these on")


def _app(one: WeComApp, target: str) -> Iterator[Limit]:
    if not one.bridge and _below(target, "0.31"):
        message = f"the secret of a {one.kind} in a file needs Alertmanager 0.31, and the output is for {target}"
        yield Limit("error", message, 'bridge="http://bridge:8065/…", or targets.alertmanager = "0.31"')
    given = [option for option in ("title", "message") if getattr(one, option)]
    if one.bridge and given:
        yield _unspoken(given, "the bridge has texts of its own, and Alertmanager does not pass these on")


def _pagerduty(_one: PagerDuty, target: str) -> Iterator[Limit]:
    if _below(target, "0.25"):
        message = f"the key of PagerDuty in a file needs Alertmanager 0.25, and the output is for {target}"
        yield Limit("error", message, "have a Webhook tell it, or a newer Alertmanager")


def _webhook(one: Webhook, target: str) -> Iterator[Limit]:
    if isinstance(one.url, Secret) and _below(target, "0.26"):
        message = f"the address of a webhook in a file needs Alertmanager 0.26, and the output is for {target}"
        yield Limit("error", message, "a url that gives nothing away, with token= for who sends")
    if one.method != "POST":
        yield Limit("error", f"Alertmanager sends webhooks with POST, never with {one.method}", "a Receiver of its own for each side")
    given = [option for option in ("title", "message") if getattr(one, option)]
    if given:
        yield _unspoken(given, "Alertmanager's webhooks hold the alerts and no text")


def _unspoken(options: list[str], why: str) -> Limit:
    verb = "is" if len(options) == 1 else "are"
    return Limit("warning", f"{' and '.join(options)} {verb} left out: {why}", "leave it out here too, or have Grafana send")


def _below(target: str, needed: str) -> bool:
    return tuple(map(int, target.split("."))) < tuple(map(int, needed.split(".")))


_LIMITS: dict[type, Callable[[Any, str], Iterator[Limit]]] = {  # Any: each takes its own kind
    DingTalk: _bridged,
    WeComRobot: _bridged,
    WeComApp: _app,
    PagerDuty: _pagerduty,
    Webhook: _webhook,
}
