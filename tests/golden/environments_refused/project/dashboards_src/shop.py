from obskit.dashboards import dashboard, row, timeseries
from rules_src.catalog.shop import requests
from rules_src.shop import error_ratio

operations = dashboard("Shop operations", uid="shop-operations", folder="Shop", tags=("shop",), description="How the shop does.", panels=[
    row("Traffic", [timeseries("Requests", requests.rate().sum(by="endpoint")),
                    timeseries("Error ratio", error_ratio, thresholds=(0.01, 0.05))])])
