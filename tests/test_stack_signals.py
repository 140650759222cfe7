"""What the stack makes and asks is what the shipped catalogue declares: jobs, metrics, labels, buckets, uids."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from stack import built, project, read, services, settings, values

from obskit import analysis, render, source
from obskit.catalog import Counter, Histogram
from obskit.duration import Duration
from obskit.render.validate import findings as refused

SIGNALS = {signal.name: signal for signal in project().signals}
ATTRIBUTES = {attribute.name: attribute for attribute in project().attributes}
COUNTED: list[Any] = read("collector.yaml")["connectors"]["signal_to_metrics"]["spans"]
SPAN_METRICS: Any = read("tempo.yaml")["metrics_generator"]["processor"]["span_metrics"]


def test_jobs_are_those_of_the_services() -> None:
    scraped = {job["job_name"]: job["scrape_interval"] for job in read("prometheus.yaml")["scrape_configs"]}
    assert scraped == {service.job: service.scrape_interval for service in project().services if service.job and service.instances}


def test_prometheus_keeps_what_the_services_promise() -> None:
    (kept,) = (flag.partition("=")[2] for flag in services()["prometheus"]["command"] if "retention.time" in flag)
    assert Duration.parse(kept) >= max(Duration.parse(service.retention) for service in project().services)


def test_span_metrics_have_the_buckets_and_labels_of_the_catalogue() -> None:
    latency, calls = SIGNALS["traces_spanmetrics_latency"], SIGNALS["traces_spanmetrics_calls_total"]
    assert isinstance(latency, Histogram)
    assert tuple(SPAN_METRICS["histogram_buckets"]) == latency.buckets
    made = {"service", "span_name", "span_kind", "status_code"} | {name.replace(".", "_") for name in SPAN_METRICS["dimensions"]}
    assert made == {label.name for label in latency.labels} == {label.name for label in calls.labels}


def test_dimensions_are_declared_attributes() -> None:
    assert set(SPAN_METRICS["dimensions"]) <= ATTRIBUTES.keys()


def test_tempo_makes_what_is_asked_and_nothing_of_older_versions() -> None:
    config = read("tempo.yaml")
    assert config["overrides"]["defaults"]["metrics_generator"]["processors"] == ["span-metrics", "service-graphs"]
    written = str(config)
    assert not re.search("traces_storage|local-blocks|local_blocks|compactor|ingester", written)


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted["name"])
def test_counter_of_the_collector_is_declared(counted: dict[str, Any]) -> None:
    signal = SIGNALS[counted["name"]]
    assert isinstance(signal, Counter)
    assert {attribute["key"].replace(".", "_") for attribute in counted["attributes"]} == {label.name for label in signal.labels}
    assert (counted["sum"]["monotonic"], signal.service.instances) == (True, False)


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted["name"])
def test_counter_of_the_collector_sums_a_declared_attribute_of_the_service_s_spans(counted: dict[str, Any]) -> None:
    (summed,) = re.fullmatch(r'Double\(attributes\["([^"]+)"\]\)', counted["sum"]["value"]).groups()  # type: ignore[union-attr]  # it matches
    attribute = ATTRIBUTES[summed]
    asked = f'resource.attributes["service.name"] == "{attribute.service.traces_as}" and attributes["{summed}"] != nil'
    assert (counted["conditions"], attribute.type in ("int", "float")) == ([asked], True)
    assert counted["include_resource_attributes"] == [{"key": "service.name"}]
    assert {key["key"] for key in counted["attributes"]} <= ATTRIBUTES.keys()
    assert SIGNALS[counted["name"]].unit == attribute.unit
    assert SIGNALS[counted["name"]].service.job == attribute.service.traces_as


def test_counters_of_the_collector_are_all_that_are_declared_for_it() -> None:
    declared = {signal.name for signal in project().signals if signal.service.name == "secure-pr-guard-collector"}
    assert {counted["name"] for counted in COUNTED} == declared


def test_no_series_is_counted_twice() -> None:
    scraped = {signal.name for signal in project().signals if signal.service.job and signal.service.instances}
    assert not scraped & {counted["name"] for counted in COUNTED}


def test_spans_are_counted_before_anything_could_drop_them() -> None:
    pipelines = read("collector.yaml")["service"]["pipelines"]
    (counting,) = (name for name, pipeline in pipelines.items() if "signal_to_metrics" in pipeline["exporters"])
    assert pipelines[counting] == {"receivers": ["otlp"], "exporters": ["signal_to_metrics"]}


def test_counters_become_totals_before_prometheus_gets_them() -> None:
    pipelines = read("collector.yaml")["service"]["pipelines"]
    (metrics,) = (pipeline for pipeline in pipelines.values() if "signal_to_metrics" in pipeline["receivers"])
    assert metrics == {"receivers": ["signal_to_metrics"], "processors": ["delta_to_cumulative"], "exporters": ["prometheus_remote_write"]}


def test_pipelines_use_every_part_that_is_configured_and_no_other() -> None:
    config = read("collector.yaml")
    ends = {end for pipeline in config["service"]["pipelines"].values() for part in pipeline.values() for end in part}
    assert ends == {name for kind in ("receivers", "processors", "exporters", "connectors") for name in config[kind]}


def test_boards_find_a_datasource_of_every_kind_that_they_ask() -> None:
    kinds = {variable.json["query"] for board in project().boards for variable in board.variables if variable.kind == "datasource"}
    assert kinds <= {one.kind for one in project().datasources}


def test_datasources_are_called_by_their_kind() -> None:
    assert {one.kind: one.uid for one in project().datasources} == {kind: kind for kind in ("prometheus", "tempo", "loki")}


@pytest.mark.parametrize("environment", ["", *settings().env])
def test_shipped_datasources_have_no_finding_and_the_environment_s_uids(environment: str) -> None:
    chosen = settings().built_for(environment) if environment else settings()
    delivered = dataclasses.replace(chosen, formats=("dashboards", "provisioning"))
    analysed, formats = analysis.run(source.load(delivered)), render.formats(delivered)
    made = render.run(analysed, formats)
    assert [found.message for found in (*render.findings(analysed, formats, made), *refused(made))] == []
    (data,) = (each.data for each in made if each.path.startswith("grafana/provisioning/datasources"))
    asked = delivered.environment.datasources if delivered.environment else {kind: kind for kind in ("prometheus", "tempo", "loki")}
    assert {one["type"]: one["uid"] for one in data["datasources"]} == asked  # type: ignore[index]  # JSON


def test_alert_rules_ask_datasources_that_are_provisioned() -> None:
    asked = {value for data in built("alerting") for value in _under(data, "datasourceUid")}
    assert asked <= {one.uid for one in project().datasources} | {"__expr__"}


def test_scrape_interval_of_the_datasource_is_that_of_prometheus() -> None:
    (asked,) = (one for one in project().datasources if one.kind == "prometheus")
    config = read("prometheus.yaml")["global"]
    assert {config["scrape_interval"], config["evaluation_interval"]} == {getattr(asked, "scrape_interval", "")}


def _under(data: Any, key: str) -> list[Any]:
    if isinstance(data, list):
        return [value for item in data for value in _under(item, key)]
    if not isinstance(data, dict):
        return []
    return values(data.get(key, [])) + [value for item in data.values() for value in _under(item, key)]
