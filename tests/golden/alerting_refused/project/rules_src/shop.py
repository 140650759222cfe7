from obskit.catalog import spans
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.shop import queue, requests, shop, step

rate5m = Record(name="job:shop_requests:rate5m", expr=requests.rate("5m").sum(by="job"))
failing = Alert(
    name="ShopFailing",
    expr=spans(shop).count_over_time(by=step) > 0,
    severity="warning",
    for_="1m",
    summary="Steps fail",
    description="{{ $labels.job }} fails.",
)
waiting = RuleGroup(
    "shop-queue",
    interval="15s",
    limit=10,
    rules=(
        Alert(
            name="ShopQueueLong",
            expr=queue.sum(by="job") > 100,
            for_="1m",
            keep_firing_for="5m",
            severity="warning",
            summary="Orders wait in {{ $externalLabels.region }}",
            description="{{ $value }} orders wait in {{ $labels.job }}.",
            no_data="keep-last",
        ),
    ),
)
