"""What the name and the texts of an alert say of its threshold, in words."""

from __future__ import annotations

import re

from obskit.analysis.placed import written
from obskit.model import RuleView

_TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
_SHARE = re.compile(r"\bpercent(?:age)?\b|\bpct\b|\bratio\b|%", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|percent\b)", re.IGNORECASE)
_PACE = re.compile(
    r"\b(?:per|a|each|every) (?:second|sec|minute|min|hour|s|m)\b|/\s?(?:s|sec|second|m|min|minute|h|hour)\b|\b[rqte]ps\b", re.IGNORECASE
)
_ERROR_RATE = re.compile(r"\b(?:error|failure|fail|success|reject(?:ion)?|drop|loss|miss|hit|timeout|retry)s? rate\b", re.IGNORECASE)
_PROSE = ("summary", "description", "message", "title")


class Wording:
    """The words of an alert: its name, taken apart, and its texts without their templates."""

    def __init__(self, rule: RuleView) -> None:
        annotations = written(rule.json.get("annotations"))
        texts = [annotations[name] for name in _PROSE if name in annotations]
        self._all = " \n ".join([_HUMP.sub(" ", rule.name), *(_TEMPLATE.sub("…", text) for text in texts)])
        self.in_percent = any("humanizePercentage" in text for text in texts)

    @property
    def percents(self) -> tuple[float, ...]:
        """The numbers that are followed by a sign or word for percent."""
        return tuple(float(number.replace(",", ".")) for number in _PERCENT.findall(self._all))

    @property
    def of_share(self) -> bool:
        """Whether they speak of a ratio or of percent."""
        return self.in_percent or _SHARE.search(self._all) is not None

    @property
    def of_pace(self) -> bool:
        """Whether they speak of so many a second, minute or hour."""
        return _PACE.search(self._all) is not None

    @property
    def of_error_rate(self) -> bool:
        return _ERROR_RATE.search(self._all) is not None
