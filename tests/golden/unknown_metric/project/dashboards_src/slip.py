from obskit.dashboards import dashboard, row, timeseries

slip = dashboard("Slip", uid="slip", tags=("shop",), description="One slip.", panels=[
    timeseries(
        "Requests",
        """sum by (endpoint) (
  rate(shop_request_total{job="shop"}[$__rate_interval])
)""",
        unit="reqps",
        description="A metric with a slip of the pen.",
    )
])
