from obskit.rules import Alert

down = Alert(
    name="ShopDown",
    expr='up{job="shop"} == 0',
    for_="2m",
    severity="critical",
    summary="A target of the shop is down",
    description="{{ $labels.instance }} cannot be scraped.",
    runbook="https://runbooks.example.com/ShopDown",
)
slow = Alert(
    name="ShopSlow",
    expr='scrape_duration_seconds{job="shop"} > 9',
    for_="10m",
    severity="warning",
    summary="Scrapes of the shop are slow",
    description="{{ $labels.instance }} takes {{ $value | humanizeDuration }}.",
    runbook="https://runbooks.example.com/ShopSlow",
)
