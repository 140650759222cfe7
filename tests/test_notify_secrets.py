"""A secret is a reference: none that is written out is taken, and no message repeats it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from project import obskit, write

from obskit.errors import SecretError
from obskit.notify import DingTalk, Email, MuteTime, PagerDuty, Period, Receiver, Route, Secret, Slack, Webhook, WeComApp, WeComRobot

MARK = "7f3c9a1b2d4e6f80"
"""Stands in every secret below, so that a message that repeats one is seen."""
URL = Secret.env("HOOK_URL")

IN_THE_OPEN: list[Callable[[], object]] = [
    lambda: Slack(f"https://hooks.slack.com/services/T0/B0/{MARK}"),  # type: ignore[arg-type]  # that is the mistake
    lambda: Slack(token=f"xoxb-{MARK}", channel="#ops"),  # type: ignore[arg-type]  # that is the mistake
    lambda: DingTalk(f"https://oapi.dingtalk.com/robot/send?access_token={MARK}"),  # type: ignore[arg-type]  # that is the mistake
    lambda: DingTalk(bridge=f"http://bridge:8060/send?access_token={MARK}"),
    lambda: WeComRobot(f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={MARK}"),  # type: ignore[arg-type]  # that is the mistake
    lambda: WeComRobot(bridge=f"http://user:{MARK}@bridge/send"),
    lambda: WeComApp("ww0123", "1", MARK),  # type: ignore[arg-type]  # that is the mistake
    lambda: WeComApp("ww0123", "1", URL, api=f"https://wecom.example.com/?secret={MARK}"),
    lambda: PagerDuty(MARK),  # type: ignore[arg-type]  # that is the mistake
    lambda: PagerDuty(URL, details={"see": f"https://events.pagerduty.com/integration/{MARK}/enqueue"}),
    lambda: Webhook(f"https://hooks.slack.com/services/T0/B0/{MARK}"),
    lambda: Webhook(f"https://hooks.example.com/alerts?key={MARK}"),
    lambda: Webhook(f"https://hooks.example.com/alerts?a=b&Token={MARK}"),
    lambda: Webhook(f"https://hooks.example.com/alerts#sign={MARK}"),
    lambda: Webhook(f"https://{MARK}@hooks.example.com/alerts"),
    lambda: Webhook(f"https://hooks.example.com/{MARK}/alerts"),
    lambda: Webhook(f"https://hooks.example.com/{MARK[:8]}-0000-4000-8000-{MARK[:12]}"),
    lambda: Webhook(f"ftp://hooks.example.com/{MARK}"),
    lambda: Webhook("https://hooks.example.com/alerts", username="a", password=MARK),  # type: ignore[arg-type]  # that is the mistake
    lambda: Webhook("https://hooks.example.com/alerts", token=MARK),  # type: ignore[arg-type]  # that is the mistake
    lambda: Webhook("https://hooks.example.com/alerts", message=f"$__file{{/run/{MARK}}}"),
    lambda: Webhook(f"$__env{{X{MARK}}}"),
    lambda: Email("ops@example.com", message=f"see https://ops:{MARK}@wiki.example.com"),
    lambda: Email("ops@example.com", subject=f"access_token={MARK}"),
    lambda: Email("ops@example.com", subject=f"Authorization: Bearer {MARK}"),
    lambda: Email(f"smtp://ops:{MARK}@mail.example.com"),
    lambda: Slack(URL, username=f"xoxp-{MARK}"),
    lambda: Slack(URL, icon_url=f"https://discord.com/api/webhooks/1/{MARK}"),
    lambda: Receiver(f"https://hooks.slack.com/services/{MARK}"),
    lambda: MuteTime(f"glsa_{MARK}", Period(weekdays=("sat",))),
    lambda: Route(Receiver("ops"), match={"team": f"https://x.example.com/?token={MARK}"}),
]


@pytest.mark.parametrize("made", IN_THE_OPEN)
def test_secret_that_is_written_out_is_refused_and_not_repeated(made: Callable[[], object]) -> None:
    with pytest.raises(SecretError) as caught:
        made()
    said = f"{caught.value} {caught.value.message} {caught.value.hint} {caught.value!r}"
    assert MARK not in said
    assert MARK[:8] not in said
    assert caught.value.hint


def test_traceback_does_not_show_the_line_with_the_secret(tmp_path: Path) -> None:
    module = f'from obskit.notify import Slack\nhook = Slack("https://hooks.slack.com/services/T0/B0/{MARK}")\n'
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/notifications.py": module})
    ran = obskit(tmp_path, "--traceback", "build")
    assert ran.code == 1
    assert 'rules_src/notifications.py", line 2' in ran.err
    assert "url of Slack is a secret" in ran.err
    assert MARK not in ran.out + ran.err


PLAIN = [
    lambda: Webhook("https://hooks.example.com/alerts/secure-pr-guard-production-2027"),
    lambda: Webhook("http://10.0.0.7:8080/alertmanager?team=shop&zone=eu"),
    lambda: DingTalk(bridge="http://alert-bridge:8060/dingtalk/on-call/send"),
    lambda: Email("ops@example.com", message="{{ .ExternalURL }}/#/alerts?receiver=ops costs $5; the key = value form, Bearer of news"),
    lambda: Email("ops@example.com", message="https://wiki.example.com/runbooks/@shop?page=2"),
    lambda: Slack(Secret.file("/run/secrets/slack")),
]


@pytest.mark.parametrize("made", PLAIN)
def test_what_gives_nothing_away_is_taken(made: Callable[[], object]) -> None:
    assert made()
