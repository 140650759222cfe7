"""Who is told of which alert, how and when: receivers, the tree of routes, times of silence, inhibition."""

from obskit.notify.gathering import Notification, Notifications, gather
from obskit.notify.inhibit import Inhibit
from obskit.notify.integrations import DingTalk, Email, Integration, PagerDuty, Slack, Webhook, WeComApp, WeComRobot
from obskit.notify.mute import MuteTime, Period
from obskit.notify.receiver import Receiver
from obskit.notify.route import Route
from obskit.secret import Secret

__all__ = [
    "DingTalk", "Email", "Inhibit", "Integration", "MuteTime", "Notification", "Notifications", "PagerDuty", "Period", "Receiver", "Route",
    "Secret", "Slack", "WeComApp", "WeComRobot", "Webhook", "gather",
]  # fmt: skip
