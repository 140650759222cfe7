"""The datasources that the dashboards ask, as the stack in obskit/examples/stack runs them.

Where they run elsewhere, an environment sets the parameters; what an environment calls them is their uid there.
"""

from obskit.catalog import Param
from obskit.datasources import Loki, Prometheus, Tempo, ToLogs, ToMetrics, ToTrace
from rules_src.catalog.secure_pr_guard import span_calls, span_latency

PROMETHEUS_URL = Param("prometheus_url", "http://prometheus:9090", help="Where Grafana finds Prometheus.")
TEMPO_URL = Param("tempo_url", "http://tempo:3200", help="Where Grafana finds Tempo.")
LOKI_URL = Param("loki_url", "http://loki:3100", help="Where Grafana finds Loki.")

prometheus = Prometheus(
    "Prometheus",
    uid="prometheus",
    url=PROMETHEUS_URL.value,
    default=True,
    scrape_interval="15s",
    version="3.0.0",
    exemplars=(
        ToTrace("tempo", label="trace_id", title="Open the trace"),
        ToTrace("tempo", label="traceID", title="Open the trace"),  # as Tempo's own generator of metrics calls it
    ),
)
loki = Loki("Loki", uid="loki", url=LOKI_URL.value, traces=ToTrace("tempo", label="trace_id", title="Open the trace"))
tempo = Tempo(
    "Tempo",
    uid="tempo",
    url=TEMPO_URL.value,
    logs=ToLogs(loki),
    metrics=ToMetrics(
        prometheus,
        tags={"service.name": "service", "operation.type": "operation_type"},
        queries={
            "Spans by status": f"sum by (status_code) (rate({span_calls.name}{{$__tags}}[5m]))",
            "P95 latency": f"histogram_quantile(0.95, sum by (le) (rate({span_latency.name}_bucket{{$__tags}}[5m])))",
        },
    ),
    service_map=prometheus,
)
