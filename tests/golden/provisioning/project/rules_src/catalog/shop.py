from obskit.catalog import Counter, Label, Service

shop = Service("shop", job="shop")
code = Label("code", values=("200", "500"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, labels=(code,))
