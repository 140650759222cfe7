"""Dashboards and rules as objects of a Kubernetes cluster, in a folder for each way to run Grafana and Prometheus there.

Form: `prometheus-operator/` PrometheusRule (monitoring.coreos.com/v1), `sidecar/` ConfigMap for the dashboard sidecar of Grafana's Helm
chart, `grafana-operator/` GrafanaFolder and GrafanaDashboard (grafana.integreatly.org/v1beta1, grafana-operator 5). Apply the folders of
what runs, on the server's side: the client's way keeps a second copy in an annotation that holds 256 KiB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.finding import Finding
from obskit.render.folders import problems
from obskit.render.kubernetes import grafana_operator, prometheus_operator, sidecar
from obskit.render.kubernetes.objects import TERRITORY
from obskit.render.unpinned import unpinned

TERRITORIES = (TERRITORY,)
LARGEST = 1024 * 1024
"""Bytes of the largest object that a cluster keeps: the limit of a ConfigMap, and near that of etcd."""


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file an object: a rule file, a dashboard twice, a folder."""
    yield from prometheus_operator.artifacts(analysed)
    yield from sidecar.artifacts(analysed)
    yield from grafana_operator.artifacts(analysed)


def findings(analysed: Analysed, artifacts: Sequence[Artifact]) -> Iterator[Finding]:
    """What a cluster does not take (objects too large, folders too deep or two of one name), and datasources named in vain."""
    yield from problems(analysed)
    yield from unpinned(analysed)
    for artifact in artifacts:
        size = len(artifact.text.encode()) if len(artifact.text) * 4 > LARGEST else 0
        if size > LARGEST:
            message = f'"{artifact.path}" has {size:,} bytes: Kubernetes keeps objects of up to {LARGEST:,}'
            hint = "make several smaller ones of what is declared here, or deliver it in another format"
            yield Finding(id="delivery", severity="error", message=message, origin=artifact.origin, hint=hint)
