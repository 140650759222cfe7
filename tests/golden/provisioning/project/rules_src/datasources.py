from obskit.datasources import Basic, Loki, Prometheus, Secret, Tempo, Tls, ToLogs, ToMetrics, ToTrace

metrics = Prometheus(
    "Metrics",
    uid="metrics",
    url="https://mimir.example.com/prometheus",
    default=True,
    scrape_interval="30s",
    product="Mimir",
    exemplars=(ToTrace("traces"), ToTrace(label="traceID", url="https://jaeger.example.com/trace/${__value.raw}", title="Jaeger")),
    auth=Basic("grafana", Secret.env("MIMIR_PASSWORD")),
    headers={"X-Scope-OrgID": "shop", "X-Token": Secret.file("/run/secrets/token")},
    tls=Tls(ca=Secret.file("/etc/ssl/ca.pem")),
)
logs = Loki(
    "Logs",
    uid="logs",
    url="http://loki:3100",
    traces=(ToTrace("traces"), ToTrace("traces", pattern=r"trace=(\w+)$", title="Trace in text")),
    max_lines=500,
)
traces = Tempo(
    "Traces",
    uid="traces",
    url="http://tempo:3200",
    logs=ToLogs(logs, query='{${__tags}} |= "${__span.traceId}"'),
    metrics=ToMetrics(metrics, tags={"service.name": "job"}, queries={"Errors": 'sum(rate(shop_requests_total{$__tags, code="500"}[5m]))'}),
    service_map=metrics,
    streaming=True,
)
