from obskit.dashboards import dashboard, row, timeseries

slip = dashboard("Slip", uid="slip", tags=("shop",), description="Asks a metric of somebody else's.", panels=[
    timeseries("Requests", "sum(rate(somebody_elses_total[$__rate_interval]))", unit="reqps", description="Not ours.")
])
