from obskit.dashboards import dashboard, row, timeseries

plain = dashboard("Plain", uid="plain", tags=("shop",), description="A project that declares no signals.", panels=[
    timeseries("Requests", "sum(rate(any_metric_total[$__rate_interval]))", unit="reqps", description="Nobody knows.")
])
