"""Alerts, recording rules and the groups they are evaluated in."""

from obskit.rules.neutral import Declared, rule_files, trace_alerts
from obskit.rules.rule import Alert, Record, Rule, RuleGroup

__all__ = ["Alert", "Declared", "Record", "Rule", "RuleGroup", "rule_files", "trace_alerts"]
