from obskit.dashboards import dashboard, row, timeseries
from obskit.catalog import Waive

slip = dashboard("Slip", uid="slip", tags=("shop",), description="A waived panel and one that is not.", panels=[
    timeseries(
        "Theirs", "sum(rate(theirs_total[$__rate_interval]))", unit="reqps", description="Not ours.",
        waive=(Waive("unknown-metric", "it comes with the next release"),),
    ),
    timeseries(
        "Ours", "up", unit="short", description="Nothing to waive.",
        waive=(Waive("unknown-metric", "no reason left"),),
    ),
])
