from obskit.dashboards import dashboard, timeseries


def errors(title):
    return timeseries(title, 'sum(rate(shop_request_total{status_code=~"5.."}[$__rate_interval]))', unit="reqps", description="100 % of them.")


slip = dashboard("Slip: 1, 2", panels=[errors("Errors, %"), timeseries("Up", "up", unit="short")])
