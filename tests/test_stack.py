"""The stack of obskit/examples fits together, and fits what obskit builds: all that can be seen without starting it."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from typing import Any

import pytest
from ruamel.yaml import YAML
from stack import FILES, FORMATS, ROOT, STACK, artifacts, built, mounts, ports, project, read, services, settings, values

from obskit import render

NO_SHELL = "collector"
"""The service whose image holds nothing that could ask about its health."""
BUILD = "../../../build"


@pytest.mark.parametrize("name", FILES)
def test_file_says_the_same_to_two_readers(name: str) -> None:
    assert YAML(typ="safe", pure=True).load((STACK / name).read_text("utf-8")) == read(name)


@pytest.mark.parametrize("service", services())
def test_image_is_pinned(service: str) -> None:
    assert re.fullmatch(r"[a-z0-9./-]+:v?\d+\.\d+\.\d+", services()[service]["image"])


@pytest.mark.parametrize("service", services())
def test_ports_are_open_on_this_machine_only(service: str) -> None:
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in services()[service]["ports"])


def test_no_port_is_taken_twice() -> None:
    taken = [port for service in services().values() for port in service["ports"]]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("service", [name for name in services() if name != NO_SHELL])
def test_health_is_asked_where_the_service_listens(service: str) -> None:
    test = services()[service]["healthcheck"]["test"]
    asked = re.search(r"http://127\.0\.0\.1:(\d+)/", test[-1])
    assert test[0] == "CMD"
    assert asked is None or int(asked[1]) in ports(service)


def test_collector_tells_its_health_from_outside() -> None:
    config = read("collector.yaml")
    assert config["service"]["extensions"] == ["health_check"]
    assert int(config["extensions"]["health_check"]["endpoint"].rsplit(":", 1)[1]) in ports(NO_SHELL)


def test_services_wait_for_services_that_tell_their_health() -> None:
    waited = [(name, on) for name, service in services().items() for on in service.get("depends_on", {})]
    assert waited
    assert all("healthcheck" in services()[on] for _, on in waited)


def test_no_secret_is_written_out() -> None:
    named = {name: str(value) for service in services().values() for name, value in service.get("environment", {}).items()}
    telling = {name: value for name, value in named.items() if re.search("PASSWORD|TOKEN|SECRET|KEY", name)}
    assert {name: value for name, value in telling.items() if not value.startswith("${")} == {}


def test_nobody_can_log_in() -> None:
    environment = services()["grafana"]["environment"]
    assert environment["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "${GRAFANA_ROLE:-Viewer}"
    assert [environment[name] for name in ("GF_AUTH_DISABLE_LOGIN_FORM", "GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION")] == ["true", "true"]


def test_build_is_the_repository_s_when_no_other_is_named() -> None:
    assert (STACK / BUILD).resolve() == ROOT / settings().out
    sources = {source for service in services() for source in mounts(service).values() if source.startswith(BUILD)}
    assert len(sources) == 4


@pytest.mark.parametrize("service", services())
def test_mount_is_there_or_a_folder_that_obskit_writes(service: str) -> None:
    written = {territory.folder for territory in render.territories(render.formats(settings()))}
    for target, source in mounts(service).items():
        folder = source.removeprefix(BUILD + "/")
        if folder == source:
            assert (STACK / source).exists(), source
        else:
            assert any(one == folder or one.startswith(folder + "/") for one in written), target


def test_mount_of_the_build_is_only_read_and_never_made() -> None:
    found = [one for service in services().values() for one in service.get("volumes", []) if isinstance(one, dict)]
    of_build = [one for one in found if "OBSKIT_BUILD" in one["source"]]
    assert all(one["read_only"] and one["bind"] == {"create_host_path": False} for one in of_build)


def test_providers_look_where_the_dashboards_are_mounted() -> None:
    (providers,) = built("provisioning", "grafana/provisioning/dashboards")
    looked = {provider["options"]["path"] for provider in providers["providers"]}
    (target,) = (target for target, source in mounts("grafana").items() if source == f"{BUILD}/grafana/dashboards")
    made = {PurePosixPath(each.path).parent.name for each in artifacts() if each.format == "dashboards"}
    assert target == settings().provisioning.path
    assert looked == {f"{target}/{directory}" for directory in made}


def test_grafana_finds_every_provisioning_file_that_is_built() -> None:
    assert mounts("grafana")["/etc/grafana/provisioning"] == f"{BUILD}/grafana/provisioning"
    folders = {PurePosixPath(each.path).parent for each in artifacts() if "/provisioning/" in each.path}
    assert folders <= {PurePosixPath("grafana/provisioning") / kind for kind in ("dashboards", "datasources", "alerting")}


def test_prometheus_reads_the_mounted_rules() -> None:
    (pattern,) = read("prometheus.yaml")["rule_files"]
    folder, name = pattern.rsplit("/", 1)
    assert mounts("prometheus")[folder] == f"{BUILD}/prometheus/rules"
    assert all(PurePosixPath(each.path).match(name) for each in artifacts() if each.format == "rules")


def test_prometheus_takes_what_others_write() -> None:
    command = services()["prometheus"]["command"]
    assert {"--web.enable-remote-write-receiver", "--enable-feature=exemplar-storage"} <= set(command)
    assert f"--config.file={next(target for target, source in mounts('prometheus').items() if source == './prometheus.yaml')}" in command
    (by_tempo,) = read("tempo.yaml")["metrics_generator"]["storage"]["remote_write"]
    by_collector = read("collector.yaml")["exporters"]["prometheus_remote_write"]
    assert {by_tempo["url"], by_collector["endpoint"]} == {"http://prometheus:9090/api/v1/write"}


@pytest.mark.parametrize("name", FILES[1:])
def test_addresses_are_services_and_their_ports(name: str) -> None:
    named = [re.fullmatch(r"(?:http://)?([a-z.]+):(\d+)(?:/.*)?", str(value)) for value in values(read(name))]
    hosts = [(match[1], int(match[2])) for match in named if match and match[1] != "host.docker.internal"]
    own = {"tempo": {4317}}
    assert hosts
    assert [(host, port) for host, port in hosts if host not in services() or port not in ports(host) | own.get(host, set())] == []


def test_datasources_are_services_and_their_ports() -> None:
    for source in project().datasources:
        match = re.fullmatch(r"http://([a-z]+):(\d+)", source.url)
        assert match is not None
        assert int(match[2]) in ports(match[1])


def test_alertmanager_reads_the_mounted_files() -> None:
    found = mounts("alertmanager")
    (config,) = (target for target, source in found.items() if source == f"{BUILD}/alertmanager")
    assert f"--config.file={config}/alertmanager.yml" in services()["alertmanager"]["command"]
    assert found[settings().alertmanager.secrets] == "./secrets"


def test_variables_that_contact_points_name_have_a_value() -> None:
    given = set(re.findall(r"^(\w+)=", (STACK / "placeholders.env").read_text("utf-8"), re.MULTILINE))
    named = {
        name
        for data in built("alerting") + built("provisioning")
        for value in values(data)
        if isinstance(value, str)
        for name in re.findall(r"\$__env\{(\w+)\}", value)
    }
    assert named <= given
    if "alerting" in settings().formats:
        assert given == named


def test_variables_of_the_stack_are_those_that_its_page_names() -> None:
    used = set(re.findall(r"\$\{(\w+)", (STACK / "compose.yaml").read_text("utf-8")))
    page = (STACK / "README.md").read_text("utf-8")
    table = set(re.findall(r"`([A-Z_]{4,})`", "".join(line for line in page.splitlines(keepends=True) if line.startswith("|"))))
    assert table - {"NAME"} == used


def test_page_names_formats_ports_and_a_file_that_are_there() -> None:
    page = (STACK / "README.md").read_text("utf-8")
    (formats,) = re.findall(r"^formats = \[(.*)\]$", page, re.MULTILINE)
    assert tuple(re.findall(r'"(\w+)"', formats)) == FORMATS
    for job in read("prometheus.yaml")["scrape_configs"]:
        (target,) = job["static_configs"][0]["targets"]
        assert f"{target.rsplit(':', 1)[1]} (`{job['job_name']}`)" in page
    assert all(int(port) in set().union(*map(ports, services())) for port in re.findall(r"127\.0\.0\.1:(\d+)", page))
    assert (ROOT / "obskit/examples/stack/compose.yaml").is_file()


def test_page_finds_the_file_of_an_installed_obskit(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"python -c '(.*)'\)", (STACK / "README.md").read_text("utf-8"))
    space: dict[str, Any] = {}
    exec(code, space)
    assert os.path.samefile(capsys.readouterr().out.strip(), STACK / "compose.yaml")
