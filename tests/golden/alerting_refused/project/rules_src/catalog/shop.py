from obskit.catalog import Counter, Gauge, Label, Service, SpanAttribute, units

shop = Service("shop", job="shop", scrape_interval="15s", owner="team-shop", runbook="https://runbooks.example.com/{alert}")
status_code = Label("status_code", pattern=r"[1-5]\d\d", zero=("200", "500"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(status_code,))
queue = Gauge("shop_queue_length", help="Orders waiting.", service=shop, unit=units.COUNT)
step = SpanAttribute("shop.step", help="Step of an order.", service=shop, type="string", at_most=10)
took = SpanAttribute("shop.took_ms", help="Time that a step took.", service=shop, type="int", unit=units.MILLISECONDS)
