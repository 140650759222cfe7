from obskit.notify import DingTalk, Email, Receiver, Route, Secret, WeComApp, WeComRobot, Webhook

ops = Receiver(
    "ops",
    Email("ops@example.com"),
    DingTalk(Secret.env("DINGTALK_URL")),
    WeComRobot(Secret.env("WECOM_URL"), bridge="http://bridge:8065/wecom/ops", title="Shop"),
    WeComApp("ww0123", "1000002", Secret.env("WECOM_APP_SECRET")),
    Webhook("https://hooks.example.com/alerts", method="PUT", message="{{ .Status }}"),
)
root = Route(ops)
