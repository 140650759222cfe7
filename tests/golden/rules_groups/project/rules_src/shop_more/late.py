from obskit.rules import Record
from rules_src.catalog.shop import requests

records = [
    Record(name=f"{level}:shop_requests:rate{window}", expr=requests.rate().sum(by=level).over(window))
    for level in ("job", "endpoint")
    for window in ("5m", "1h")
]
