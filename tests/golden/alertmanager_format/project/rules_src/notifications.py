from obskit.catalog import not_, one_of, regex
from obskit.notify import (
    DingTalk,
    Email,
    Inhibit,
    MuteTime,
    PagerDuty,
    Period,
    Receiver,
    Route,
    Secret,
    Slack,
    Webhook,
    WeComApp,
    WeComRobot,
)

TITLE = "{{ .GroupLabels.alertname }} ({{ .Alerts.Firing | len }})"

pager = Receiver(
    "pager",
    PagerDuty(Secret.env("PAGERDUTY_KEY"), severity="{{ .CommonLabels.severity }}", summary=TITLE, details={"team": "shop"}),
    Slack(token=Secret.file("/run/slack/token"), channel="#on-call", mention="here", users=("U01", "U02"), groups=("S01",), title=TITLE),
)
team = Receiver(
    "team shop",
    Email(("shop@example.com", "lead@example.com"), subject=TITLE, message="{{ range .Alerts }}{{ .Annotations.summary }}\n{{ end }}"),
    DingTalk(Secret.env("DINGTALK_URL"), bridge="http://bridge:8060/dingtalk/shop/send", send_resolved=False),
    WeComRobot(bridge="http://bridge:8065/wecom/shop"),
    WeComApp("ww0123", "1000002", Secret.env("WECOM_APP_SECRET"), users=("zhang", "li"), tags=("1",), title=TITLE),
    Slack(Secret.env("SLACK_URL")),
    Webhook("https://hooks.example.com/alerts", token=Secret.env("HOOK_TOKEN"), most=20),
    Webhook(Secret.env("HOOK_URL"), username="obskit", password=Secret.env("HOOK_PASSWORD")),
)
nobody = Receiver("nobody")

nights = MuteTime("nights", Period(times=("22:00-06:00",)), zone="Asia/Shanghai")
office = MuteTime("office hours", Period(times=("09:00-17:30",), weekdays=("mon:fri",), months=("nov:feb", "may"), days=("1:-2",)))

by_hand = Route(nobody, match={"job": regex(r"by-hand\..+"), "severity": not_("critical")})
root = Route(
    team,
    group_by=("alertname", "job"),
    routes=(
        by_hand,
        Route(pager, match={"severity": "critical"}, group_wait="5s", repeat_interval="90m", continue_=True),
        Route(match={"severity": "critical"}, group_by=("...",)),
        Route(match={"severity": one_of("warning", "info")}, mute=nights, routes=(Route(pager, match={"team": not_("")}, active=office),)),
    ),
)
quiet = Inhibit(source={"alertname": "ShopDown"}, target={"alertname": regex("Shop.+"), "severity": "warning"}, equal=("job", "instance"))
