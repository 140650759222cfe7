"""What the panels of secure-pr-guard share: limits of their sources, links, expressions over Tempo queries."""

from typing import Any

from obskit.catalog import SpanQuery
from obskit.dashboards import link, query
from obskit.naming import panel_id
from obskit.rules import Alert
from rules_src.secure_pr_guard import (
    ALERT_SECONDS,
    ALERT_USD,
    BOARD,
    CRITICAL,
    DAILY_BUDGET_USD,
    HOURLY_BUDGET_USD,
    OBJECTIVE,
    OBJECTIVE_SECONDS,
    OBJECTIVE_USD,
    WARN,
)

TAG = "secure-pr-guard"
WHOLE = "$__range"
USD = "currencyUSD"
HOURLY = (round(WARN * HOURLY_BUDGET_USD, 6), round(CRITICAL * HOURLY_BUDGET_USD, 6))
DAILY = (round(WARN * DAILY_BUDGET_USD, 6), round(CRITICAL * DAILY_BUDGET_USD, 6))

APPROXIMATE = "Approx.: extrapolated from scrapes; the monthly report is the book of record."
STORED = (
    "Source: spans stored in Tempo, whatever job is chosen; a query looks back 24 h at most (3 h on Tempo 2.x), "
    "spans are kept 14 days by default."
)
LATE = "The newest 30 s, rounded up to a whole step, are not in it yet: at 6 h up to some minutes."
SUMS = f"{STORED} Sums need Tempo 2.8 and Grafana 12."
POWERS = (
    "Tempo interpolates quantiles between powers of two (1024, 2048, 4096 ms): a true 2950 ms can read 3979 ms, "
    "so no limit is drawn. What is over a limit is counted exactly under Questions to Tempo."
)


PER_OPERATION = (OBJECTIVE_USD, ALERT_USD)
SECONDS = (OBJECTIVE_SECONDS, ALERT_SECONDS)
AT_LEAST = (OBJECTIVE,)
TOKEN_COLOURS = {"input": "blue", "output": "orange"}


def runbook(alert: Alert) -> Any:
    """A link to the page of an alert that watches what the panel shows."""
    return link(f"Runbook {alert.name}", alert.runbook_url)


def panel_link(title: str, key: str) -> Any:
    """A link to the panel `key` of the board, full screen, keeping the time range and the variables."""
    url = f"/d/{BOARD}?${{__url_time_range}}&${{__all_variables}}&viewPanel={panel_id('key', key)}"
    return link(title, url, new_tab=False)


EXPENSIVE = panel_link("Open expensive operations", "expensive-traces")
SLOW = panel_link("Open slow operations", "slow-traces")
FAILED = panel_link("Open failed operations", "failed-traces")


def reduced(ref: str, of: str, *, hide: bool = False) -> dict[str, Any]:
    """An expression: the one value of the query `of`.

    Tempo stamps an instant answer with the time it was asked: two answers share no time, so mathematics on them as they
    come would be empty.
    """
    return {**_expression(ref, "reduce", of, hide), "reducer": "last"}


def share(part: SpanQuery, whole: SpanQuery) -> tuple[Any, ...]:
    """Targets that show `part` over `whole`, two metrics queries that give one series each."""
    return (
        query(part, ref="A", hide=True),
        query(whole, ref="B", hide=True),
        reduced("C", "A", hide=True),
        reduced("D", "B", hide=True),
        _expression("E", "math", "$C / $D"),
    )


def _expression(ref: str, kind: str, text: str, hide: bool = False) -> dict[str, Any]:
    source = {"type": "__expr__", "uid": "__expr__"}
    return {"refId": ref, "datasource": source, "type": kind, "expression": text, **({"hide": True} if hide else {})}


def called(ref: str, name: str, color: str) -> dict[str, Any]:
    """An override: the result of the target `ref` gets a name and a colour."""
    properties = [{"id": "displayName", "value": name}, {"id": "color", "value": {"mode": "fixed", "fixedColor": color}}]
    return {"matcher": {"id": "byFrameRefID", "options": ref}, "properties": properties}


def by_step() -> dict[str, Any]:
    """A transformation: series of a Tempo quantile, called `{p=0.95, span.operation.type="patch"}`, get the step's name."""
    return {"id": "renameByRegex", "options": {"regex": r".*operation\.type=\W*(\w+).*", "renamePattern": "$1"}}
