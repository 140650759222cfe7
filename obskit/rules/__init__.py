"""Alerts, recording rules and the groups they are evaluated in."""

from obskit.rules.rule import Alert, Record, Rule, RuleGroup

__all__ = ["Alert", "Record", "Rule", "RuleGroup"]
