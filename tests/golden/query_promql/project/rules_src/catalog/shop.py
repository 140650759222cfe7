from obskit.catalog import Counter, Histogram, Label, Service, units

shop = Service("shop", job="shop", owner="team-shop")
endpoint = Label("endpoint", at_most=50)
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(endpoint,))
latency = Histogram("shop_latency_seconds", help="Time to answer.", service=shop, unit=units.SECONDS, labels=(endpoint,), buckets=(0.1, 1, 2))
