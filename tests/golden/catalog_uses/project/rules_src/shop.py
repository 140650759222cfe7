from obskit.catalog import regex
from obskit.rules import Alert
from rules_src.catalog.shop import requests

error_ratio = requests.where(status_code=regex("5..")).rate().sum(by="job") / requests.rate().sum(by="job").guarded()
high_errors = Alert(
    name="ShopHighErrorRate",
    expr=error_ratio.over("5m") > 0.10,
    for_="2m",
    severity="critical",
    summary="Over 10 % of requests fail",
    description="{{ $value | humanizePercentage }} of requests to {{ $labels.job }} fail.",
)
