"""Panels without queries whose members once stood at the panel's root: alert list, dashboard list, text."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.reading import items, record

STATES = {"alerting": "firing", "pending": "pending", "no_data": "noData", "ok": "normal", "execution_error": "error"}
"""State of an alert in a panel of before Grafana 9, and today's."""

DASHBOARDS = (
    ("headings", "showHeadings"),
    ("search", "showSearch"),
    ("recent", "showRecentlyViewed"),
    ("starred", "showStarred"),
    ("limit", "maxItems"),
    ("query", "query"),
    ("tags", "tags"),
)


def alert_list(panel: Json) -> Json:
    """Today's options of an alert list; those given already win."""
    if "onlyAlertsOnDashboard" not in panel and "stateFilter" not in panel:
        return panel
    given = {key: value for key, value in record(panel.get("options")).items() if value != ""}
    wanted = items(panel.get("stateFilter")) or list(STATES)
    options: Json = {
        "alertInstanceLabelFilter": "",
        "alertName": panel.get("nameFilter") or "",
        "dashboardAlerts": bool(panel.get("onlyAlertsOnDashboard")),
        "groupBy": [],
        "groupMode": "default",
        "maxItems": panel.get("limit") or 10,
        "sortOrder": panel.get("sortOrder") or 1,
        "stateFilter": {today: old in wanted for old, today in STATES.items()},
        "viewMode": "list",
    }
    return {**panel, "options": {**options, **given}}


def dashboard_list(panel: Json) -> Json:
    """Today's options of a dashboard list; those given already win."""
    options = {today: panel[old] for old, today in DASHBOARDS if old in panel}
    if not options:
        return panel
    return {**panel, "options": {"includeVars": False, "keepTime": False, **options, **record(panel.get("options"))}}


def text(panel: Json) -> Json:
    """Content and mode as options; plain text, which is no more, is shown as Markdown."""
    options: Json = {key: panel[key] for key in ("content", "mode") if key in panel}
    options.update(record(panel.get("options")))
    if options.get("mode") not in ("html", "markdown", "code"):
        options["mode"] = "markdown"
    return {**panel, "options": options}
