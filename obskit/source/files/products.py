"""Fields of rule files that products besides Prometheus know, which refuses a file with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obskit.artifact import Place
from obskit.source.files.report import short

_MIMIR, _THANOS, _VICTORIA = "Mimir", "Thanos", "VictoriaMetrics"
FILE_ELSEWHERE = {"namespace": _MIMIR}
GROUP_ELSEWHERE = {
    "source_tenants": _MIMIR, "evaluation_delay": _MIMIR, "align_evaluation_time_on_interval": _MIMIR, "remote_write": _MIMIR,
    "partial_response_strategy": _THANOS, "concurrency": _VICTORIA, "type": _VICTORIA, "params": _VICTORIA, "headers": _VICTORIA,
    "notifier_headers": _VICTORIA, "eval_offset": _VICTORIA, "eval_delay": _VICTORIA, "eval_alignment": _VICTORIA, "tenant": _VICTORIA,
    "extra_filter_labels": _VICTORIA, "debug": _VICTORIA, "update_entries_limit": _VICTORIA,
}  # fmt: skip
RULE_ELSEWHERE = {"debug": _VICTORIA, "update_entries_limit": _VICTORIA}

LANGUAGES = ("graphite", "vlogs")
"""Types of VictoriaMetrics groups whose rules are not Prometheus's at all."""
_NOTHING = {"type": ("prometheus", *LANGUAGES), "debug": (False,)}
"""Values that say nothing: what holds without the field, and languages, which are told of the rules themselves."""


def beyond(holder: dict[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    """What a rule file, its groups and its rules say that Prometheus cannot be told: its place, and a message."""
    yield from _fields(holder, place, "the rule file", FILE_ELSEWHERE)
    for group, at in _objects(holder, place, "groups"):
        yield from _fields(group, at, _called("group", group.get("name")), GROUP_ELSEWHERE)
        for rule, where in _objects(group, at, "rules"):
            kind = "alert" if rule.get("alert") else "record"
            yield from _fields(rule, where, _called(kind, rule.get(kind)), RULE_ELSEWHERE)


def _objects(holder: dict[str, Any], place: Place, key: str) -> list[tuple[dict[str, Any], Place]]:
    items = holder.get(key)
    return [(item, (*place, key, index)) for index, item in enumerate(items if isinstance(items, list) else ()) if isinstance(item, dict)]


def _fields(data: dict[str, Any], place: Place, what: str, elsewhere: dict[str, str]) -> Iterator[tuple[Place, str]]:
    for key, value in data.items():
        if key in elsewhere and value not in (None, "", *_NOTHING.get(key, ())):
            yield (*place, key), f'field "{key}" of {what} cannot be expressed: {elsewhere[key]} alone knows it'


def _called(kind: str, name: object) -> str:
    return f'{kind} "{short(name)}"' if name else f"a {kind}"
