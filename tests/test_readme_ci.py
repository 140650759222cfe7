"""What the README gives to paste into CI: of the published shape, and run as far as a machine without that CI can."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from github_action import ACTION, run
from installed import installed
from project import BUILT, REPOSITORY, SHOP, obskit, write

README = (REPOSITORY / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```yaml\n(.*?)^```$", README.partition("\n## In CI\n")[2].partition("\n## ")[0])
STALE = {BUILT[1]: "groups: []\n"}


def block(word: str) -> tuple[str, Any]:
    """The block with the word in it: as text and as data."""
    (text,) = [text for text in BLOCKS if word in text]
    return text, yaml.safe_load(text)


def of_the_published_shape(tmp_path: Path, text: str, schema: str) -> None:
    if find_spec("check_jsonschema") is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("check-jsonschema, which has the schema, is not installed")
    file = write(tmp_path, {"pasted.yml": text}) / "pasted.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = write(tmp_path / "checkout", SHOP)
    obskit(root, "build")
    return root


def test_workflow_is_of_the_published_shape(tmp_path: Path) -> None:
    of_the_published_shape(tmp_path, block("runs-on")[0], "vendor.github-workflows")


def test_workflow_is_about_ten_lines() -> None:
    assert len([line for line in block("runs-on")[0].splitlines() if not line.startswith("#")]) <= 10


@pytest.mark.parametrize(("files", "failed"), [({}, False), (STALE, True)])
def test_workflow_s_step_works(checkout: Path, files: dict[str, str], failed: bool) -> None:
    _, workflow = block("runs-on")
    (step,) = [step for step in workflow["jobs"]["obskit"]["steps"] if "/obskit@" in step["uses"]]
    assert set(step["with"]) <= set(ACTION["inputs"])
    job = run(write(checkout, files), installed(checkout.parent / "bin"), step["with"])
    assert (job.failed, (checkout / step["with"]["sarif"]).is_file()) == (failed, True)
    assert workflow["permissions"]["security-events"] == "write", "what the upload needs"


def test_gitlab_job_is_of_the_published_shape(tmp_path: Path) -> None:
    of_the_published_shape(tmp_path, block("image:")[0], "vendor.gitlab-ci")


@pytest.mark.parametrize(("files", "code"), [({}, 0), (STALE, 1)])
def test_gitlab_job_works(checkout: Path, files: dict[str, str], code: int) -> None:
    install, check = block("image:")[1]["obskit"]["script"]
    done = subprocess.run(shlex.split(check), cwd=write(checkout, files), env=installed(checkout.parent / "bin"), check=False)
    assert done.returncode == code
    assert install == 'pip install "obskit @ git+https://github.com/OWNER/obskit@v0.1.0"'


def test_pre_commit_configuration_is_valid_and_names_hooks_there_are(tmp_path: Path) -> None:
    text, data = block("rev:")
    hooks = {hook["id"] for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in data["repos"][0]["hooks"]} <= hooks
    if find_spec("pre_commit") is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("pre-commit is not installed")
    write(tmp_path, {"config.yaml": text})
    command = [sys.executable, "-m", "pre_commit", "validate-config", "config.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
