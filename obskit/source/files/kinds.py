"""What a document is, told from its keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

KNOWN = (
    "Grafana dashboards (JSON model, API answers, exports, dashboard.grafana.app resources)",
    "Prometheus rule files and PrometheusRule objects",
    "promtool test files",
    "Grafana provisioning files (datasources, dashboard providers, alerting)",
)
"""For the message about a file that is none of them."""

RESOURCE = "dashboard.grafana.app/"
ALERTING = frozenset([
    "contactPoints", "deleteContactPoints", "policies", "resetPolicies", "templates", "deleteTemplates", "muteTimes", "deleteMuteTimes",
    "deleteRules",
])  # fmt: skip
_CLASSIC = frozenset(["panels", "rows", "templating", "schemaVersion", "annotations", "timepicker", "time", "uid", "refresh"])


def kind_of(data: Any) -> str:
    """The kind of a document, or an empty string: one of the keys of the table below."""
    if not isinstance(data, dict):
        return ""
    return next((kind for kind, is_one in _KINDS.items() if is_one(data)), "")


def dashboard_of(data: Any) -> tuple[Any, tuple[str, ...]]:
    """The dashboard inside what wraps it, and the way there."""
    if isinstance(data, dict):
        if _is_resource(data) or _is_bare_spec(data):
            return (data, ()) if _is_bare_spec(data) else (data.get("spec"), ("spec",))
        if _is_wrapped(data):
            return data["dashboard"], ("dashboard",)
    return data, ()


def _api(data: dict[str, Any]) -> str:
    api = data.get("apiVersion")
    return api if isinstance(api, str) else ""


def _is_resource(data: dict[str, Any]) -> bool:
    return _api(data).startswith(RESOURCE) and data.get("kind", "Dashboard") == "Dashboard"


def _is_bare_spec(data: dict[str, Any]) -> bool:
    return isinstance(data.get("elements"), dict) and isinstance(data.get("layout"), dict) and "panels" not in data


def _is_v2(data: dict[str, Any]) -> bool:
    return _is_bare_spec(data) or (_is_resource(data) and (_api(data)[len(RESOURCE) :].startswith("v2") or _has_elements(data)))


def _has_elements(data: dict[str, Any]) -> bool:
    spec = data.get("spec")
    return isinstance(spec, dict) and "elements" in spec and "panels" not in spec


def _is_wrapped(data: dict[str, Any]) -> bool:
    inner = data.get("dashboard")
    return isinstance(inner, dict) and bool(_CLASSIC & inner.keys() or "title" in inner) and not _CLASSIC & data.keys() - {"uid"}


def _is_classic(data: dict[str, Any]) -> bool:
    if _api(data) or "groups" in data or "tests" in data:
        return False
    shown = any(isinstance(data.get(key), list) for key in ("panels", "rows"))
    return shown or ("title" in data and len(_CLASSIC & data.keys()) >= 2)


def _is_rule_object(data: dict[str, Any]) -> bool:
    return _api(data).startswith("monitoring.coreos.com/") and data.get("kind") == "PrometheusRule"


def _is_folder(data: dict[str, Any]) -> bool:
    """A Grafana folder as an object: nothing is in it but its title."""
    return (_api(data).partition("/")[0], data.get("kind")) in (
        ("folder.grafana.app", "Folder"), ("grafana.integreatly.org", "GrafanaFolder"),
    )  # fmt: skip


def _is_test(data: dict[str, Any]) -> bool:
    return ("tests" in data and not _api(data)) or ("rule_files" in data and "evaluation_interval" in data)


def _is_provisioned(data: dict[str, Any]) -> bool:
    """Whether the groups are Grafana's: in a folder, with rules that have data."""
    groups = data.get("groups")
    groups = [group for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
    rules = [rule for group in groups if isinstance(group.get("rules"), list) for rule in group["rules"] if isinstance(rule, dict)]
    return any("folder" in group or "orgId" in group for group in groups) or any("data" in rule for rule in rules)


def _is_alerting(data: dict[str, Any]) -> bool:
    if _api(data):
        return False
    return bool(any(isinstance(data.get(key), list) for key in ALERTING) or ("groups" in data and _is_provisioned(data)))


_KINDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "dashboard-v2": _is_v2,
    "dashboard": lambda data: _is_resource(data) or _is_wrapped(data) or _is_classic(data),
    "rule-object": _is_rule_object,
    "folder": _is_folder,
    "tests": _is_test,
    "alerting": _is_alerting,
    "rules": lambda data: "groups" in data and not _api(data),
    "datasources": lambda data: not _api(data) and any(isinstance(data.get(key), list) for key in ("datasources", "deleteDatasources")),
    "alertmanager": lambda data: not _api(data) and isinstance(data.get("route"), dict) and isinstance(data.get("receivers"), list),
    "providers": lambda data: not _api(data) and isinstance(data.get("providers"), list),
}
