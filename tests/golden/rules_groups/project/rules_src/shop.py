from obskit.catalog import regex
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.shop import requests

errors = requests.where(status_code=regex("5..")).rate().sum(by="job")
error_rate = Record(name="job:shop_errors:rate5m", expr=errors.over("5m"))
loose = Alert(
    name="ShopNoRequests",
    expr='sum(rate(shop_requests_total{job="shop"}[5m])) == 0',
    for_="10m",
    severity="warning",
    summary="No requests",
    description="Nobody has asked for ten minutes.",
    runbook="https://runbooks.example.com/ShopNoRequests",
)
bound = Alert(
    name="ShopErrors",
    expr="job:shop_errors:rate5m > 1",
    for_="5m",
    keep_firing_for="10m",
    severity="critical",
    labels={"team": "shop"},
    summary="Requests fail",
    description="{{ $value | humanize }} requests fail each second.",
    runbook="https://runbooks.example.com/ShopErrors",
    annotations={"details": "one\ntwo\n"},
)
grouped = RuleGroup("shop-errors", interval="30s", limit=10, rules=(error_rate, bound))
