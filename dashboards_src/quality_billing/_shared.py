"""What the four boards of quality-billing share: how they are found, their links, marks and colours."""

from collections.abc import Sequence
from typing import Any

from obskit.dashboards import annotation, board_link, dashboard, link, override, query_variable, tag_links
from obskit.rules import Alert
from rules_src.catalog.quality_billing import active_users, build_info, quality_billing

TAG = "quality-billing"
EXECUTIVE = "quality-billing-executive"
OPERATIONS = "quality-billing-operations"
QUALITY = "quality-billing-quality-analytics"
FINANCIAL = "quality-billing-financial"

WHOLE = "$__range"
GOOD_SCORE = (0.70, 0.85)
BETTER_THAN_NOTHING = ((0, "green"),)
"""Red below zero, green from zero on: for changes."""

APPROXIMATE = "Approx.: extrapolated from samples; the monthly report is the book of record."

TO_FINANCIAL = board_link("Financial", FINANCIAL)
TO_OPERATIONS = board_link("Operations", OPERATIONS)
TO_QUALITY = board_link("Quality analytics", QUALITY)

LEVEL_COLOURS = (
    override("excellent", color="green"),
    override("good", color="blue"),
    override("acceptable", color="yellow"),
    override("poor", color="red"),
)

# A documented name, so that the boards also work with exporters that expose no others; one series a target.
JOBS = query_variable("job", f"label_values({active_users.name}, job)", label="Job")

DEPLOYS = annotation(
    "Deploys",
    # A version that was not there five minutes ago. `changes` would see nothing: the value is always 1, a new version a new series.
    build_info.count(by="version").unless(build_info.offset("5m").count(by="version")),
    title="Version {{version}}",
    color="blue",
)
RESTARTS = annotation(
    "Restarts",
    'changes(process_start_time_seconds{job=~"$job"}[5m]) > 0',
    title="{{instance}} restarted",
    color="purple",
)


def board(
    title: str, *, uid: str, description: str, time: str, refresh: str, panels: Sequence[Any], variables: Sequence[Any] = ()
) -> Any:
    """A board of this folder, with what all of them carry."""
    return dashboard(
        f"Quality Billing: {title}",
        uid=uid,
        folder="Quality Billing",
        description=f"{description} Owner: {quality_billing.owner}. Generated: change it in dashboards_src/quality_billing, not here.",
        tags=(TAG,),
        time=time,
        refresh=refresh,
        links=(tag_links("Quality Billing boards", TAG),),
        annotations=(DEPLOYS, RESTARTS),
        variables=(JOBS, *variables),
        panels=panels,
    )


def runbook(alert: Alert) -> dict[str, Any]:
    """A panel link to what to do when `alert` fires."""
    return link(f"Runbook: {alert.name}", alert.runbook_url)
