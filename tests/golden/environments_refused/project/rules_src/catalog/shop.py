from obskit.catalog import Counter, Label, Service, units

shop = Service("shop", job="shop", scrape_interval="15s", owner="team-shop", runbook="https://runbooks.example.com/{alert}")
endpoint = Label("endpoint", at_most=50)
status_code = Label("status_code", pattern=r"[1-5]\d\d", zero=("200", "400", "500"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, unit=units.COUNT, labels=(endpoint, status_code))
