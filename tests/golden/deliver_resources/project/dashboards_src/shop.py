from obskit.dashboards import dashboard, text, timeseries

panel = timeseries("Requests", "sum(rate(http_requests_total[$__rate_interval]))", unit="reqps", description="Served.")
boards = [
    dashboard("Start", uid="start", description="Where to begin.", panels=[text("Words", "begin here")]),
    dashboard("Shop", uid="shop", folder="Shop Floor", description="How the shop does.", panels=[panel]),
    dashboard("Nodes", uid="nodes", folder="Platform / 机房", description="How the nodes do.", panels=[text("Words", "nodes")]),
]
