"""The stack's files before real tools: promtool, amtool, docker compose, and the builder of the wheel."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from stack import ROOT, STACK, artifacts
from tools import missing, run_tool


def delivered(root: Path) -> Path:
    """The shipped project's files for the stack, written below `root`."""
    for artifact in artifacts():
        place = root / artifact.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(artifact.text, "utf-8")
    return root


def test_promtool_accepts_the_configuration_and_finds_the_rules(tmp_path: Path) -> None:
    rules = delivered(tmp_path) / "prometheus/rules"
    config = tmp_path / "prometheus.yaml"
    config.write_text((STACK / "prometheus.yaml").read_text("utf-8").replace("/etc/prometheus/rules", str(rules)), "utf-8")
    said = run_tool("promtool", "check", "config", str(config))
    assert re.findall(r"SUCCESS: (\d+) rule files found", said) == [str(len(list(rules.iterdir())))]


def test_amtool_accepts_the_built_configuration(tmp_path: Path) -> None:
    run_tool("amtool", "check-config", str(delivered(tmp_path) / "alertmanager/alertmanager.yml"))


def test_stack_is_as_the_published_compose_specification_says() -> None:
    if importlib.util.find_spec("check_jsonschema") is None:
        missing("check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(STACK / "compose.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_docker_compose_accepts_the_stack(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode != 0:
        pytest.skip("docker compose is not installed, which no package brings that obskit could name: the specification is tested above")
    done = subprocess.run(
        [docker, "compose", "-f", str(STACK / "compose.yaml"), "config", "--quiet"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_wheel_holds_the_stack_and_no_secret(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        missing("hatchling is not installed")
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if name.startswith("obskit/examples/")}
    listed = subprocess.run(["git", "ls-files", "obskit/examples"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert held == set(listed.split())
