from obskit.dashboards import dashboard, timeseries
from rules_src.shop import ratio

board = dashboard("Shop", uid="shop", folder="Shop", tags=("shop",), description="How the shop does.", panels=[
    timeseries("Error ratio", ratio, key="errors")])
