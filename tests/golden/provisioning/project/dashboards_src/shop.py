from obskit.dashboards import dashboard, timeseries
from rules_src.catalog.shop import requests

floor = dashboard("Floor", uid="floor", folder="Shop $ Floor", tags=("shop",), panels=[timeseries("Requests", requests.rate().sum())])
front = dashboard("Front", uid="front", tags=("shop",), panels=[timeseries("Requests", requests.rate().sum(by="code"))])
