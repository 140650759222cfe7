"""Declared datasources as Grafana provisions them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obskit.datasources import Datasource, Loki, Prometheus, Tempo, ToTrace, uid_of
from obskit.model import Json
from obskit.render.provisioning.calling import called
from obskit.render.provisioning.literal import literal
from obskit.secret import Secret
from obskit.source import Project

_PRUNES = (11, 1)
"""The Grafana that first deletes what a file no longer names, when told."""
_UIDS = ("uid", "datasourceUid")
"""The keys under which Grafana is told a datasource."""


def datasources(project: Project) -> dict[str, object]:
    """The file's data."""
    version = tuple(int(part) for part in project.settings.targets.grafana.split("."))
    prune: dict[str, object] = {"prune": True} if version >= _PRUNES else {}
    uids = called(project)
    return {"apiVersion": 1, **prune, "datasources": [_with_uids(_datasource(source), uids) for source in project.datasources]}


def _with_uids(value: Any, uids: Mapping[str, str]) -> Any:
    """The value with every uid as it is called where the project is delivered."""
    if isinstance(value, list):
        return [_with_uids(item, uids) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: uids.get(item, item) if key in _UIDS else _with_uids(item, uids) for key, item in value.items()}


def _datasource(source: Datasource) -> Json:
    secure, json = _secure(source), {**_own(source), **_connection(source)}
    made = {
        "name": source.name,
        "uid": source.uid,
        "type": source.kind,
        "access": "proxy",
        "url": source.url,
        **({"isDefault": True} if source.default else {}),
        **({"basicAuth": True, "basicAuthUser": source.auth.user} if source.auth else {}),
        "editable": False,
        **({"jsonData": json} if json else {}),
    }
    return {**literal(made), **({"secureJsonData": secure} if secure else {})}


def _own(source: Datasource) -> Json:
    if isinstance(source, Prometheus):
        return _prometheus(source)
    return _tempo(source) if isinstance(source, Tempo) else _loki(source)


def _prometheus(source: Prometheus) -> Json:
    return {
        "httpMethod": source.method,
        "prometheusType": source.product,
        **_given(
            prometheusVersion=source.version,
            timeInterval=source.scrape_interval,
            customQueryParameters=source.parameters,
            incrementalQuerying=source.incremental,
        ),
        **({} if source.manage_alerts is None else {"manageAlerts": source.manage_alerts}),
        **_given(exemplarTraceIdDestinations=[{"name": link.label, **_trace(link)} for link in source.to_traces]),
    }


def _tempo(source: Tempo) -> Json:
    made: Json = {}
    if (logs := source.logs) is not None:
        made["tracesToLogsV2"] = {
            "datasourceUid": uid_of(logs.to),
            **_around(logs.before, logs.after),
            "tags": _tags(logs.tags),
            **({} if logs.query else {"filterByTraceID": logs.by_trace, "filterBySpanID": logs.by_span}),
            "customQuery": bool(logs.query),
            **_given(query=logs.query),
        }
    if (metrics := source.metrics) is not None:
        made["tracesToMetrics"] = {
            "datasourceUid": uid_of(metrics.to),
            **_around(metrics.before, metrics.after),
            "tags": _tags(metrics.tags),
            **_given(queries=[{"name": title, "query": query} for title, query in metrics.queries.items()]),
        }
    if source.service_map is not None:
        made["serviceMap"] = {"datasourceUid": uid_of(source.service_map)}
    made["nodeGraph"] = {"enabled": source.node_graph}
    return {**made, **({"streamingEnabled": {"search": True, "metrics": True}} if source.streaming else {})}


def _loki(source: Loki) -> Json:
    fields = [
        {
            "name": link.title or "Trace",
            "matcherType": "regex" if link.pattern else "label",
            "matcherRegex": link.pattern or link.label,
            "url": "${__value.raw}",
            **_trace(link),
        }
        for link in source.to_traces
    ]
    return _given(maxLines=source.max_lines, derivedFields=fields)


def _trace(link: ToTrace) -> Json:
    """Where the link leads; a datasource is asked for the trace that the id names."""
    where = {"url": link.url} if link.to is None else {"datasourceUid": uid_of(link.to)}
    return {**where, **_given(urlDisplayLabel=link.title)}


def _connection(source: Datasource) -> Json:
    headers = {f"httpHeaderName{number}": header for number, header in enumerate(source.headers, start=1)}
    tls = source.tls
    if tls is None:
        return headers
    return headers | _given(
        tlsAuthWithCACert=tls.ca is not None,
        tlsAuth=tls.cert is not None,
        serverName=tls.server_name,
        tlsSkipVerify=tls.skip_verify,
    )


def _secure(source: Datasource) -> dict[str, str]:
    """What Grafana keeps encrypted, each a reference to where it is; headers that are no secrets are kept there too."""
    tls = source.tls
    secrets = {
        "basicAuthPassword": source.auth.password if source.auth else None,
        "tlsCACert": tls.ca if tls else None,
        "tlsClientCert": tls.cert if tls else None,
        "tlsClientKey": tls.key if tls else None,
        **{f"httpHeaderValue{number}": value for number, value in enumerate(source.headers.values(), start=1)},
    }
    return {key: value.grafana if isinstance(value, Secret) else literal(value) for key, value in secrets.items() if value is not None}


def _around(before: str, after: str) -> Json:
    return {"spanStartTimeShift": before if before == "0" else f"-{before}", "spanEndTimeShift": after}


def _tags(tags: Mapping[str, str]) -> list[Json]:
    return [{"key": attribute, "value": label} for attribute, label in tags.items()]


def _given(**values: Any) -> Json:
    """Those of the values that say anything."""
    return {key: value for key, value in values.items() if value}
