"""The ways to tell somebody: one class a kind of integration."""

from obskit.notify.integrations.dingtalk import DingTalk
from obskit.notify.integrations.mail import Email
from obskit.notify.integrations.pagerduty import PagerDuty
from obskit.notify.integrations.slack import Slack
from obskit.notify.integrations.webhook import Webhook
from obskit.notify.integrations.wecom import WeComApp, WeComRobot

Integration = Email | DingTalk | WeComRobot | WeComApp | Slack | PagerDuty | Webhook

__all__ = ["DingTalk", "Email", "Integration", "PagerDuty", "Slack", "WeComApp", "WeComRobot", "Webhook"]
