"""What `obskit import` makes of a rule file, run as Python and brought back to the rules that are built of it."""

from __future__ import annotations

import datetime
from typing import Any

from obskit.render.encode import yaml_text
from obskit.rules import Alert, Declared, Record, RuleGroup, rule_files
from obskit.workflow.importing import Imported, import_rules

TODAY = datetime.date(2026, 1, 1)


def imported(text: str | bytes, project: str, *, leave_out: bool = False) -> Imported:
    raw = text if isinstance(text, bytes) else text.encode()
    return import_rules(["-"], project=project, today=TODAY, leave_out=leave_out, stdin=raw)


def built(module: str) -> list[dict[str, Any]]:
    """The groups that a module of this text is built to."""
    held: dict[str, Any] = {}
    exec(compile(module, "rules.py", "exec"), held)
    values = tuple(value for value in held.values() if isinstance(value, (Alert, Record, RuleGroup)))
    files = rule_files([Declared(name="rules", path="rules.py", values=values)])
    return [group for file in files for group in file.json["groups"]]


def written(groups: list[dict[str, Any]]) -> str:
    return yaml_text({"groups": groups})


def meant(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups as Prometheus understands them: blanks around expressions and what is empty say nothing."""
    return [_meant(group) | {"rules": [_meant(rule) for rule in group["rules"]]} for group in groups]


def _meant(given: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value.strip() if key == "expr" else value for key, value in given.items() if key != "rules"}
    if "annotations" in kept:
        own = ("summary", "description", "runbook_url")
        kept["annotations"] = {name: text for name, text in kept["annotations"].items() if text or name not in own}
    return {key: value for key, value in kept.items() if value not in ("", {}, 0, None)}
