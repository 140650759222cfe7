"""Who is told of the alerts of both systems.

Critical alerts go to the group of whoever is on call and by mail, warnings to the group of the system's team by day, and what is
merely worth knowing is collected in mails by day, an hour apart at least. While a target of quality-billing is down, its other
alerts say nothing new and are kept quiet.
"""

from obskit.catalog import not_
from obskit.notify import DingTalk, Email, Inhibit, MuteTime, Period, Receiver, Route, Secret, WeComRobot

BRIDGE = "http://alert-bridge:8060"
"""What brings Alertmanager's webhooks to the groups of DingTalk and WeCom."""
BILLING, GUARD = "quality-billing", "secure-pr-guard"
DOWN = "QualityBillingSystemDown"

on_call = Receiver(
    "on-call",
    DingTalk(Secret.env("DINGTALK_ON_CALL_URL"), bridge=f"{BRIDGE}/dingtalk/on-call/send"),
    Email(("on-call@example.com", "operations@example.com"), single=True),
)
billing_team = Receiver(BILLING, WeComRobot(Secret.env("WECOM_QUALITY_BILLING_URL"), bridge=f"{BRIDGE}/wecom/{BILLING}/send"))
guard_team = Receiver(GUARD, WeComRobot(Secret.env("WECOM_SECURE_PR_GUARD_URL"), bridge=f"{BRIDGE}/wecom/{GUARD}/send"))
digest = Receiver("digest", Email("operations@example.com"))

off_hours = MuteTime(
    "off-hours",
    Period(times=("20:00-08:00",)),
    Period(weekdays=("sat", "sun")),
    zone="Asia/Shanghai",
)

routes = Route(
    on_call,
    group_by=("alertname", "job", "service"),
    group_wait="30s",
    group_interval="5m",
    repeat_interval="4h",
    routes=(
        Route(on_call, match={"severity": "critical"}, group_wait="10s", repeat_interval="1h"),
        Route(digest, match={"severity": "info"}, group_by=("severity",), group_interval="1h", repeat_interval="1d", mute=off_hours),
        Route(billing_team, match={"severity": "warning", "job": BILLING}, mute=off_hours),
        # One team, two labels: the scrape's own alerts carry job, those on span-metrics service.
        Route(guard_team, match={"severity": "warning", "job": GUARD}, mute=off_hours),
        Route(guard_team, match={"severity": "warning", "service": GUARD}, mute=off_hours),
    ),
)
down_hides_the_rest = Inhibit(
    source={"alertname": DOWN},
    target={"alertname": not_(DOWN)},
    equal=("job",),
    alertmanager_only=True,
)
