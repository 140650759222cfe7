"""The format `provisioning`: folders and datasources as Grafana reads them, and what it would refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import BOARD, SHOP, Ran, obskit, write

from obskit.settings import load

SETTINGS = '[tool.obskit]\nformats = ["dashboards", "rules", "provisioning"]\n'
HEAD = "from obskit.catalog import Param\nfrom obskit.datasources import *\n"
ONE = 'prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090")\n'
ALL = """\
prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090", default=True, exemplars=ToTrace("tempo"))
loki = Loki("Loki", uid="loki", url="http://loki:3100", traces=ToTrace("tempo"))
tempo = Tempo("Tempo", uid="tempo", url="http://tempo:3200", logs=ToLogs(loki), service_map=prometheus,
    metrics=ToMetrics(prometheus, queries={"Requests": "sum(rate(shop_requests_total{$__tags}[5m]))"}))
"""
FOLDERS = "build/grafana/provisioning/dashboards/obskit.yaml"
SOURCES = "build/grafana/provisioning/datasources/obskit.yaml"


def built(root: Path, sources: str = ALL, settings: str = SETTINGS, *arguments: str, **files: str) -> Ran:
    write(root, SHOP, {"pyproject.toml": settings, "rules_src/datasources.py": HEAD + sources}, files)
    return obskit(root, "build", *arguments)


def read(root: Path, path: str) -> Any:
    return yaml.safe_load((root / path).read_text("utf-8"))


def test_folder_keeps_its_title_and_has_a_directory(tmp_path: Path) -> None:
    assert built(tmp_path, ALL, SETTINGS + '[tool.obskit.provisioning]\npath = "/srv/boards/"\n').code == 0
    (provider,) = read(tmp_path, FOLDERS)["providers"]
    assert (provider["folder"], provider["options"]) == ("Shop", {"path": "/srv/boards/shop"})
    assert (tmp_path / "build/grafana/dashboards/shop").is_dir()


@pytest.mark.parametrize("folder", ["", 'folder="General", ', 'folder="general", ', 'folder="GENERAL", '])
def test_board_in_no_folder_is_provided_to_none(tmp_path: Path, folder: str) -> None:
    built(tmp_path, **{"dashboards_src/shop.py": BOARD.replace('folder="Shop", ', folder)})
    (provider,) = read(tmp_path, FOLDERS)["providers"]
    assert (provider["folder"], provider["options"]["path"]) == ("", "/var/lib/grafana/dashboards/general")


def test_folder_of_an_environment_has_its_prefix(tmp_path: Path) -> None:
    prod = '[tool.obskit.env.prod]\nfolder_prefix = "Prod "\n'
    assert built(tmp_path, ALL, SETTINGS + prod, "--env", "prod").code == 0
    (provider,) = read(tmp_path, FOLDERS.replace("build/", "build/env/prod/"))["providers"]
    assert (provider["name"], provider["folder"], provider["options"]["path"]) == (
        "obskit/prod-shop", "Prod Shop", "/var/lib/grafana/dashboards/prod-shop",
    )  # fmt: skip


def test_nothing_is_provided_that_is_not_built_or_declared(tmp_path: Path) -> None:
    assert built(tmp_path, "", '[tool.obskit]\nformats = ["rules", "provisioning"]\n').code == 0
    assert not (tmp_path / "build/grafana").exists()


@pytest.mark.parametrize(("version", "prunes"), [("11.0", None), ("11.1", True), ("13.0", True)])
def test_datasource_that_is_gone_is_deleted_where_grafana_can(tmp_path: Path, version: str, prunes: bool | None) -> None:
    built(tmp_path, ALL, SETTINGS + f'[tool.obskit.targets]\ngrafana = "{version}"\n')
    assert read(tmp_path, SOURCES).get("prune") is prunes


def test_links_lead_to_uids(tmp_path: Path) -> None:
    built(tmp_path)
    prometheus, loki, tempo = (source["jsonData"] for source in read(tmp_path, SOURCES)["datasources"])
    assert prometheus["exemplarTraceIdDestinations"] == [{"name": "trace_id", "datasourceUid": "tempo"}]
    assert (loki["derivedFields"][0]["datasourceUid"], loki["derivedFields"][0]["matcherType"]) == ("tempo", "label")
    assert [tempo[key]["datasourceUid"] for key in ("tracesToLogsV2", "tracesToMetrics", "serviceMap")] == [
        "loki", "prometheus", "prometheus",
    ]  # fmt: skip


def test_secret_is_only_named_and_only_where_grafana_encrypts(tmp_path: Path) -> None:
    secret = ', auth=Basic("me", Secret.env("PW")), headers={"X-Key": Secret.file("/run/key"), "X-Org": "a"}, tls=Tls(skip_verify=True))'
    built(tmp_path, ONE.replace(")\n", secret + "\n"))
    (source,) = read(tmp_path, SOURCES)["datasources"]
    assert source["secureJsonData"] == {"basicAuthPassword": "$__env{PW}", "httpHeaderValue1": "$__file{/run/key}", "httpHeaderValue2": "a"}
    assert not re.search(r"__env|__file", json.dumps({key: value for key, value in source.items() if key != "secureJsonData"}))


def test_validate_has_nothing_to_say_of_what_is_built(tmp_path: Path) -> None:
    built(tmp_path)
    said = obskit(tmp_path, "validate", str(tmp_path / FOLDERS), str(tmp_path / SOURCES))
    assert (said.code, said.out) == (0, ""), said.out


def test_query_of_a_link_is_checked_like_any_other(tmp_path: Path) -> None:
    done = built(tmp_path, ALL.replace("shop_requests_total", "shop_request_total"))
    assert done.code == 1
    assert '"shop_request_total" is not in the catalogue [unknown-metric]\n    in datasource "Tempo", query "Requests"\n' in done.out


def test_query_of_a_link_can_be_waived(tmp_path: Path) -> None:
    waived = ALL.replace("tempo = Tempo(", "# obskit: ignore[unknown-metric] an old exporter has it\ntempo = Tempo(")
    done = built(tmp_path, waived.replace("shop_requests_total", "old_requests_total"))
    assert (done.code, done.out) == (0, "")


def test_query_of_a_link_counts_as_a_use(tmp_path: Path) -> None:
    built(tmp_path)
    said = obskit(tmp_path, "catalog", "uses", "shop_requests_total").out
    assert 'Tempo:\n  link  datasource "Tempo", query "Requests"  rules_src/datasources.py:5\n' in said


def test_datasource_bound_to_no_name_is_told(tmp_path: Path) -> None:
    assert 'Prometheus "Prometheus" is bound nowhere, so it is not built [uncollected]' in built(tmp_path, ONE.partition("= ")[2]).out


FINDINGS = [
    (ONE + ONE.replace("prometheus =", "other =").replace('uid="prometheus"', 'uid="other"'), 1,
     'error: two datasources have the name "Prometheus" (the other: rules_src/datasources.py:3)'),
    (ONE + ONE.replace("prometheus =", "other =").replace('"Prometheus"', '"Other"'), 1,
     'error: two datasources have the uid "prometheus" (the other: rules_src/datasources.py:3)'),
    (ALL + 'other = Loki("Other", uid="other", url="http://loki:3100", default=True)\n', 1,
     'error: datasource "Other" is the default beside "Prometheus" (the other: rules_src/datasources.py:3)'),
    (ONE.replace(")\n", ', exemplars=ToTrace("tempo"))\n'), 0,
     'warning: exemplars of datasource "Prometheus" lead to "tempo", which is not declared'),
    (ALL.replace('traces=ToTrace("tempo")', 'traces=ToTrace("tenpo")'), 0,
     'warning: log lines of datasource "Loki" lead to "tenpo", which is not declared'),
    (ALL.replace("ToLogs(loki)", "ToLogs(prometheus)"), 1,
     'error: for logs, spans of datasource "Tempo" lead to "prometheus", which is a prometheus datasource'),
    (ALL.replace("service_map=prometheus", "service_map=loki"), 1,
     'error: the service map of datasource "Tempo" is read from "loki", which is a loki datasource'),
    (ALL.replace("ToMetrics(prometheus", 'ToMetrics("mimir"'), 0,
     'warning: for metrics, spans of datasource "Tempo" lead to "mimir", which is not declared'),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "code", "message"), FINDINGS, ids=[message for _, _, message in FINDINGS])
def test_what_grafana_would_refuse_is_found(tmp_path: Path, sources: str, code: int, message: str) -> None:
    done = built(tmp_path, sources)
    assert (done.code, f"{message} [delivery]" in done.out) == (code, True), done.out


@pytest.mark.parametrize(("said", "told"), [("", True), ("30s", True), ("1m", False), ("2m", False)])
def test_datasource_that_says_less_than_a_service_s_scrape_interval_is_told(tmp_path: Path, said: str, told: bool) -> None:
    catalogue = {"rules_src/catalog/shop.py": SHOP["rules_src/catalog/shop.py"].replace('"15s"', '"60s"')}
    done = built(tmp_path, ONE.replace(")\n", f', scrape_interval="{said}")\n'), **catalogue)
    message = f'service "shop" is scraped every 60s, but datasource "Prometheus" says {said or "15s"} [delivery]'
    assert (done.code, message in done.out) == (0, told), done.out


def test_folders_in_one_directory_are_told(tmp_path: Path) -> None:
    twin = BOARD.replace('uid="shop-operations"', 'uid="twin"').replace('folder="Shop"', 'folder="Shop!"')
    done = built(tmp_path, **{"dashboards_src/twin.py": twin})
    assert 'warning: folders "Shop" and "Shop!" share the directory "shop": both are one in Grafana [delivery]' in done.out


ENV = SETTINGS + '[tool.obskit.env.prod]\ndatasources = { prometheus = "PLACE" }\n'


@pytest.mark.parametrize("key", ["prometheus", "datasource"])
def test_datasource_is_called_as_the_environment_calls_it_and_links_follow(tmp_path: Path, key: str) -> None:
    done = built(tmp_path, ALL, ENV.replace("{ prometheus", f"{{ {key}").replace("PLACE", "mimir"), "--env", "prod")
    prometheus, loki, tempo = read(tmp_path, SOURCES.replace("build/", "build/env/prod/"))["datasources"]
    assert (done.code, done.out, prometheus["uid"], loki["uid"], tempo["uid"]) == (0, "", "mimir", "loki", "tempo")
    assert {tempo["jsonData"][link]["datasourceUid"] for link in ("serviceMap", "tracesToMetrics")} == {"mimir"}


def test_environment_that_asks_none_of_several_is_told(tmp_path: Path) -> None:
    two = ONE + ONE.replace("prometheus =", "other =").replace('"Prometheus", uid="prometheus"', '"Other", uid="other"')
    done = built(tmp_path, two, ENV.replace("PLACE", "mimir"), "--env", "prod")
    message = 'warning: dashboards ask the prometheus datasource "mimir", which none is called: "prometheus", "other" [delivery]'
    assert (done.code, message in done.out) == (0, True), done.out


def test_environment_that_asks_a_datasource_of_another_kind_is_told(tmp_path: Path) -> None:
    done = built(tmp_path, ALL, ENV.replace("PLACE", "loki"), "--env", "prod")
    assert (done.code, 'dashboards ask the prometheus datasource "loki", which is a loki datasource' in done.out) == (1, True)


def test_uid_and_url_may_be_parameters(tmp_path: Path) -> None:
    sources = ONE.replace('uid="prometheus"', 'uid=Param("prometheus_uid", "prometheus").value').replace(
        'url="http://prometheus:9090"', 'url=Param("prometheus_url", "http://prometheus:9090").value'
    )
    prod = '[tool.obskit.env.prod.params]\nprometheus_uid = "mimir"\nprometheus_url = "https://mimir.example.com"\n'
    done = built(tmp_path, sources, ENV.replace("PLACE", "mimir") + prod, "--env", "prod")
    (source,) = read(tmp_path, SOURCES.replace("build/", "build/env/prod/"))["datasources"]
    assert (done.code, done.out, source["uid"], source["url"]) == (0, "", "mimir", "https://mimir.example.com")


def test_path_of_the_settings_is_the_default_of_the_stack(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": SETTINGS})
    write(tmp_path, SHOP, {"pyproject.toml": SETTINGS})
    assert load(tmp_path).provisioning.path == "/var/lib/grafana/dashboards"


def test_options_of_datasources_come_through(tmp_path: Path) -> None:
    sources = """\
loki = Loki("Loki", uid="loki", url="http://loki:3100", max_lines=50, tls=Tls(ca=Secret.env("CA"), server_name="l", skip_verify=True))
tempo = Tempo("Tempo", uid="tempo", url="http://tempo:3200", node_graph=False, streaming=True,
              logs=ToLogs(loki, before="7s", after="9s", by_trace=False, by_span=True))
"""
    assert built(tmp_path, sources).code == 0
    loki, tempo = (source["jsonData"] for source in read(tmp_path, SOURCES)["datasources"])
    assert (loki["maxLines"], loki["tlsSkipVerify"], loki["tlsAuthWithCACert"], loki["serverName"]) == (50, True, True, "l")
    logs = tempo["tracesToLogsV2"]
    assert (logs["spanStartTimeShift"], logs["spanEndTimeShift"]) == ("-7s", "9s")
    assert (logs["filterByTraceID"], logs["filterBySpanID"]) == (False, True)
    assert (tempo["nodeGraph"], tempo["streamingEnabled"]) == ({"enabled": False}, {"search": True, "metrics": True})
