from obskit.dashboards import dashboard, datasource_variable, link, text, timeseries
from obskit.dashboards.variables import Variable

board = dashboard("Shop", uid="shop", description="How the shop does.", links=[link("Explore", "/explore?ds=${other:queryparam}")], variables=[
    datasource_variable(), datasource_variable(name="other", label="The other cluster"),
    Variable("cluster", {"type": "constant", "name": "cluster", "label": "Cluster", "query": "eu-1"}),
], panels=[
    timeseries("Requests", 'sum(rate(http_requests_total{cluster="$cluster"}[$__rate_interval]))', unit="reqps", description="Served."),
    text("Words", "**${DS_PROMETHEUS_DATASOURCE}** stays as it is"),
])
