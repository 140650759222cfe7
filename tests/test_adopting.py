"""What the page about adopting says is done: every command on it runs in the folder of a team that has what its section names."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from adopted import EXPORTED, GRAFANALIB, RULES
from expositions import GO
from imported import meant
from project import REPOSITORY, Ran, obskit, tree, write
from tools import run_tool
from web import Answer, serving

PAGE = (REPOSITORY / "obskit/examples/adopting.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"(?ms)^## (.+?)\n(.*?)(?=^## |\Z)", PAGE))
ADDRESS = "http://localhost:8000/metrics"
HAVE = {
    "A folder of grafanalib files": GRAFANALIB,
    "Rule files in YAML": {"pyproject.toml": "", "rules_src/.keep": "", **RULES},
    "Dashboards in JSON": EXPORTED,
    "Then: declare what is exposed": {"pyproject.toml": "", "grafana/shop.json": EXPORTED["grafana/shop.json"]},
}


def blocks(section: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", SECTIONS[section])


def commands(section: str) -> list[str]:
    return [line for block in blocks(section, "sh") for line in block.splitlines()]


@pytest.fixture
def address() -> Iterator[str]:
    with serving(lambda _: Answer(GO.encode(), headers={"Content-Type": "text/plain; version=0.0.4"})) as site:
        yield f"{site.url}/metrics"


def ran(command: str, address: str) -> Ran:
    name, *words = shlex.split(command.replace(ADDRESS, address))
    return obskit(None, *words) if name == "obskit" else Ran(0, run_tool(name, *words), "")


def test_page_has_the_sections_that_are_tried() -> None:
    assert list(SECTIONS) == list(HAVE)


@pytest.mark.parametrize("section", HAVE)
def test_commands_of_a_section_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str, address: str) -> None:
    settings = blocks(section, "toml")
    monkeypatch.chdir(write(tmp_path, HAVE[section], {"pyproject.toml": settings[0]} if settings else {}))
    done = [(command, ran(command, address)) for command in commands(section)]
    assert [(command, end) for command, end in done if end.code] == []
    assert done


@pytest.fixture
def boards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of grafanalib files, after `obskit build`."""
    (settings,) = blocks("A folder of grafanalib files", "toml")
    monkeypatch.chdir(write(tmp_path, GRAFANALIB, {"pyproject.toml": settings}))
    assert obskit(None, "build").code == 0
    return tmp_path


def test_grafanalib_files_build_unedited(boards: Path) -> None:
    built = {Path(path).name: json.loads(text) for path, text in tree(boards / "build").items()}
    assert sorted(built) == ["api.json", "database.json", "nodes.json"]
    assert {board["schemaVersion"] for board in built.values()} == {42}
    assert {path: text for path, text in tree(boards / "dashboards").items() if path.endswith(".py")} == {
        path.removeprefix("dashboards/"): text.encode() for path, text in GRAFANALIB.items()
    }


def test_old_panels_become_today_s(boards: Path) -> None:
    api = json.loads(next((boards / "build").rglob("api.json")).read_text())
    inner = [panel for panel in api["panels"] if panel["type"] != "row"] + [
        panel for row in api["panels"] for panel in row.get("panels", [])
    ]
    assert sorted((panel["title"], panel["type"]) for panel in inner) == [("Latency", "timeseries"), ("QPS", "timeseries"), ("Up", "stat")]


def test_sub_folder_becomes_a_folder(boards: Path) -> None:
    assert (boards / "build/grafana/dashboards/storage/database.json").is_file()


def test_new_finding_fails_after_the_baseline(boards: Path) -> None:
    obskit(None, "lint", "--baseline", "known.json", "--write-baseline")
    write(boards, {"dashboards/nodes.dashboard.py": GRAFANALIB["dashboards/nodes.dashboard.py"].replace("1 - avg by", "1 - - avg by (")})
    assert obskit(None, "lint", "--baseline", "known.json").code == 1


def test_rules_are_built_to_what_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.chdir(write(tmp_path, HAVE["Rule files in YAML"]))
    for command in commands("Rule files in YAML")[:2]:
        ran(command, address)
    before, after = (yaml.safe_load(Path(path).read_text())["groups"] for path in ("rules/shop.yaml", "build/prometheus/rules/shop.yaml"))
    assert meant(after) == meant(before)


def test_old_dashboard_that_asks_for_what_is_not_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    wrong = EXPORTED["grafana/shop.json"].replace("http_requests_total", "http_request_total")
    monkeypatch.chdir(write(tmp_path, {"pyproject.toml": "", "grafana/shop.json": wrong}))
    scrape, validate, _ = commands("Then: declare what is exposed")
    assert ran(scrape, address).code == 0
    found = ran(validate, address)
    assert (found.code, 'metric "http_request_total" is not in the catalogue' in found.out) == (1, True)
