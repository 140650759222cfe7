from obskit.catalog import Param, regex, units
from obskit.rules import Alert
from rules_src.catalog.shop import requests

MAX_ERROR_RATIO = Param("max_error_ratio", 0.10, unit=units.RATIO)
error_ratio = requests.where(status_code=regex("5..")).rate().sum(by="job") / requests.rate().sum(by="job").guarded()
high_errors = Alert(
    name="ShopHighErrorRate",
    expr=error_ratio.over("5m") > MAX_ERROR_RATIO,
    for_="2m",
    severity="critical",
    summary=f"Over {MAX_ERROR_RATIO:.0%} of requests fail",
    description="{{ $value | humanizePercentage }} of requests to {{ $labels.job }} fail.",
)
