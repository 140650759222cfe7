from obskit.dashboards import dashboard, row, timeseries
from rules_src.catalog.shop import requests

served = requests.rate().sum(by="endpoint")
rows = dashboard("Rows", uid="rows", tags=("shop",), description="Rows, open and closed.", panels=[
    timeseries("Above", served),
    row("Closed", [timeseries("First", served), timeseries("Second", served, width=24)], collapsed=True),
    row("Open", [timeseries("First", served, height=10), timeseries("Second", served, width=6)]),
    row("Closed too", [timeseries("Last", served, key="last")], collapsed=True),
])
