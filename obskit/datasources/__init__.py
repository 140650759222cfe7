"""Datasources of Grafana as typed values, and the ways from one to another: what file provisioning and other formats are made from.

`Prometheus`, `Tempo` and `Loki` are datasources; `ToTrace`, `ToLogs` and `ToMetrics` are links between them; `Basic` and `Tls` say how
they are reached. No secret stands in any of them: where one is needed, they take a `Secret`.
"""

from obskit.datasources.connection import Basic, Tls
from obskit.datasources.links import Reference, ToLogs, ToMetrics, ToTrace, uid_of
from obskit.datasources.loki import Loki
from obskit.datasources.prometheus import Prometheus
from obskit.datasources.tempo import Tempo
from obskit.secret import Secret

Datasource = Prometheus | Tempo | Loki

__all__ = ["Basic", "Datasource", "Loki", "Prometheus", "Reference", "Secret", "Tempo", "Tls", "ToLogs", "ToMetrics", "ToTrace", "uid_of"]
