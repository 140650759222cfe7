"""A query that stands on no dashboard and in no rule file: in a rule test, in a Grafana alert."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """PromQL of a test or of a Grafana alert rule; `owner` is the file."""

    text: str
    origin: Origin
    owner: str
