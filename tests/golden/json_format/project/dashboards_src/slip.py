from obskit.dashboards import dashboard, row, timeseries

slip = dashboard("Slip 数", uid="slip", tags=("shop",), description="One slip.", panels=[
    timeseries("Requests 数", "sum(rate(shop_request_total[$__rate_interval]))", unit="reqps", description="One slip.")
])
