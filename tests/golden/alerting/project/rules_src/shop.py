from obskit.catalog import Param, regex, spans, units
from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.shop import queue, requests, shop, step, took

MOST = Param("most_errors", 0.10, unit=units.RATIO)
ratio = requests.where(status_code=regex("5..")).rate().sum(by="job") / requests.rate().sum(by="job").guarded()
rate5m = Record(name="job:shop_requests:rate5m", expr=requests.rate("5m").sum(by="job"))

errors = Alert(
    name="ShopHighErrorRate",
    expr=ratio.over("5m") >= MOST,
    for_="2m",
    keep_firing_for="5m",
    severity="critical",
    summary="Too many requests fail",
    description="{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail; one costs about ${{ printf \"%.2f\" 0.5 }}.",
    labels={"size": "{{ if gt $value 0.5 }}large{{ else }}small{{ end }}"},
    panel="shop/errors",
)
down = Alert(
    name="ShopDown",
    expr='up{job="shop"} == 0 or absent(up{job="shop"})',
    for_="1m",
    severity="critical",
    summary="The shop is down",
    description="{{ $labels.job }} cannot be scraped{{ with $labels.instance }} at {{ . }}{{ end }}.",
    panel="shop/errors",
)
slow = Alert(
    name="ShopSlowSteps",
    expr=spans(shop, took > 3000).count_over_time(by=step).over("5m") > 0,
    for_="5m",
    severity="warning",
    summary="Steps of orders take over 3 s",
    description='{{ $value }} spans of {{ index $labels "span.shop.step" }} took over 3 s in the last 5 minutes.',
    steps=("Open the slowest trace.",),
)
waiting = RuleGroup(
    "shop-queue",
    interval="15s",
    labels={"team": "shop"},
    rules=(
        Record(name="job:shop_queue:max1h", expr=queue.max_over_time("1h").max(by="job")),
        Alert(
            name="ShopQueueLong",
            expr=queue.sum(by="job") > 100,
            for_="1m",
            severity="warning",
            summary="Orders wait",
            description="{{ $value }} orders wait in {{ $labels.job }}.",
            on_error="ok",
        ),
    ),
)
