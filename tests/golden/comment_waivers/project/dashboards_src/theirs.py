"""Waivers in comments: three that hold, and what is said of the others."""

from obskit.dashboards import dashboard, row, stat, timeseries


def count(title, metric):
    return stat(title, f"sum({metric})", unit="none", description=f"{title}, counted by another team.")


# obskit: ignore[missing-uid] the address is nobody's bookmark yet
theirs = dashboard("Theirs", tags=("shop",), description="What other teams expose.", panels=[
    row("Numbers", [
        count("Orders", "orders_total"),  # obskit: ignore[unknown-metric] declared with their next release
        count("Returns", "returns_total"),
    ]),
    row("Trends", [
        timeseries(
            "Orders", "sum(rate(orders_total[$__rate_interval]))",  # obskit: ignore[unknown-metric, panel-description] declared with their next release
            unit="short",
        ),
        # obskit: ignore[unknown-metric, until=2020-12-31] they promised it for 2020
        timeseries("Refunds", "sum(rate(refunds_total[$__rate_interval]))", unit="reqps", description="# obskit: ignore[unknown-metric] text"),
        timeseries("Up", "up", unit="none", description="Up."),  # obskit: ignore[panel-unit] up has no unit
        timeseries("Scrapes", "scrape_duration_seconds", unit="s", description="Scrapes."),  # obskit: ignore[panel-unit]
    ]),
])
