"""Tempo: traces, and from each span to its logs and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar

from obskit.datasources.connection import Basic, Tls, check
from obskit.datasources.links import Reference, ToLogs, ToMetrics, check_reference
from obskit.origin import Origin, here, made
from obskit.secret import Secret
from obskit.shape import shaped


@dataclass(frozen=True, slots=True)
class Tempo:
    """A datasource of type `tempo`: `Tempo("Tempo", uid="tempo", url="http://tempo:3200", logs=ToLogs(loki))`.

    `url` is its address as Grafana reaches it. `default`: Grafana takes it where a panel names none. `logs` and `metrics` lead from a
    span to those around it. `service_map` is the Prometheus that holds the service graphs of Tempo's metrics-generator. `node_graph`
    draws each trace as a graph too. `streaming` shows results as they come, which Tempo must allow (`stream_over_http_enabled`). `auth`,
    `headers`, `tls`: see `Basic`, `Secret`, `Tls`. Raises DeclarationError on a value that cannot be, and on a secret that is written out.
    """

    name: str
    _: KW_ONLY
    uid: str
    url: str
    default: bool = False
    logs: ToLogs | None = None
    metrics: ToMetrics | None = None
    service_map: Reference | None = None
    node_graph: bool = True
    streaming: bool = False
    auth: Basic | None = None
    headers: Mapping[str, str | Secret] = field(default_factory=dict, hash=False)
    tls: Tls | None = None
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "tempo"

    def __post_init__(self) -> None:
        check("Tempo", self.name, self.uid, self.url, auth=self.auth, headers=self.headers, tls=self.tls)
        shaped(self, "datasource")
        if self.service_map is not None:
            check_reference(self.service_map, f'the service map of datasource "{self.name}"')
        made(self)
