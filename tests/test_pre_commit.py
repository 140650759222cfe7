"""The hooks for pre-commit: what pre-commit's documentation asks of a manifest, and what they do in a repository."""

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
from installed import installed
from project import BUILT, REPOSITORY, SHOP, obskit, write

MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}
KINDS: dict[str, type] = {
    "id": str, "name": str, "entry": str, "language": str, "description": str, "files": str, "exclude": str, "types": list,
    "types_or": list, "exclude_types": list, "always_run": bool, "pass_filenames": bool, "require_serial": bool, "args": list,
    "stages": list, "language_version": str, "minimum_pre_commit_version": str, "additional_dependencies": list,
}  # fmt: skip
SLIP = """\
from obskit.dashboards import dashboard, timeseries

slip = dashboard("Slip", uid="slip", description="d", panels=[
    timeseries("Requests", "sum(rate(shop_request_total[5m]))", unit="reqps", description="d"),
])
"""
BAD_RULES = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: sum(\n"
GOOD_RULES = "groups:\n- name: g\n  rules:\n  - record: job:up:sum\n    expr: sum by (job) (up)\n"


def pre_commit(*arguments: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    if find_spec("pre_commit") is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("pre-commit is not installed")
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a built project, everything added."""
    root = write(tmp_path / "repository", SHOP)
    obskit(root, "build")
    git(root, "init", "-q")
    return root


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=root, check=True, env=installed(root.parent / "bin"))


def test_manifest_is_as_pre_commit_says(tmp_path: Path) -> None:
    done = pre_commit("validate-manifest", str(MANIFEST), cwd=tmp_path, environment=installed(tmp_path / "bin"))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: hook["id"])
def test_hook_has_what_it_must_and_nothing_unknown(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= set(hook) <= set(KINDS)
    assert [key for key, value in hook.items() if type(value) is not KINDS[key]] == []
    assert (hook["language"], shlex.split(hook["entry"])[0]) == ("python", "obskit")
    assert hook["id"].startswith("obskit-")


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: hook["id"])
def test_project_is_checked_as_a_whole_and_files_one_by_one(hook: dict[str, Any]) -> None:
    whole = hook["entry"] != "obskit validate"
    assert (hook.get("pass_filenames", True), hook.get("always_run", False)) == (not whole, whole)


ENTRIES = [
    # (hook, files that change, files given to it, exit code)
    ("obskit-build-check", {}, (), 0),
    ("obskit-build-check", {BUILT[0]: "{}\n"}, (), 1),
    ("obskit-build-check", {"dashboards_src/shop.py": None}, (), 1),
    ("obskit-build-check", {"dashboards_src/slip.py": SLIP}, (), 1),
    ("obskit-build-check", {"pyproject.toml": "["}, (), 2),
    ("obskit-build-check", {"pyproject.toml": "[tool.obskit.env.prod.params]\nmost = 1\n"}, (), 1),
    ("obskit-lint", {}, (), 0),
    ("obskit-lint", {BUILT[0]: "{}\n"}, (), 0),
    ("obskit-lint", {"pyproject.toml": "[tool.obskit.env.prod.params]\nmost = 1\n"}, (), 1),
    ("obskit-lint", {"dashboards_src/slip.py": SLIP}, (), 1),
    ("obskit-validate", {"grafana/rules.yaml": GOOD_RULES}, ("grafana/rules.yaml",), 0),
    ("obskit-validate", {"grafana/rules.yaml": BAD_RULES}, ("grafana/rules.yaml",), 1),
]


@pytest.mark.parametrize(("name", "files", "given", "code"), ENTRIES)
def test_entry_exits_as_a_hook_must(repository: Path, name: str, files: dict[str, str | None], given: tuple[str, ...], code: int) -> None:
    write(repository, files)
    command = [*shlex.split(HOOKS[name]["entry"]), *HOOKS[name].get("args", ()), *given]
    done = subprocess.run(command, cwd=repository, env=installed(repository.parent / "bin"), capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr


TAKEN = ("dashboards/a.json", "ops/grafana/b.yaml", "prometheus/rules/c.yml", "alerting/d.yaml")
LEFT = ("package.json", ".github/workflows/ci.yml", "build/grafana/dashboards/shop/x.json", "rules_src/shop.py", "my-rules.yaml")


@pytest.mark.parametrize(("path", "taken"), [*((path, True) for path in TAKEN), *((path, False) for path in LEFT)])
def test_validated_are_files_that_look_like_ours(path: str, taken: bool) -> None:
    hook = HOOKS["obskit-validate"]
    assert (bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)) is taken


RUNS = [
    # (files that change, exit code, hooks that pass, hooks that fail)
    ({}, 0, {"obskit-build-check", "obskit-lint"}, set()),
    ({"dashboards_src/shop.py": None}, 1, {"obskit-lint"}, {"obskit-build-check"}),
    ({"grafana/one.yaml": BAD_RULES, "grafana/two.yaml": GOOD_RULES}, 1, {"obskit-build-check", "obskit-lint"}, {"obskit-validate"}),
]


@pytest.mark.parametrize(("files", "code", "passed", "failed"), RUNS)
def test_pre_commit_runs_the_hooks(repository: Path, files: dict[str, str | None], code: int, passed: set[str], failed: set[str]) -> None:
    """As hooks of the repository itself, in the language "system": an environment of their own would need a network."""
    keys = ("id", "name", "entry", "files", "exclude", "types", "always_run", "pass_filenames", "require_serial")
    hooks = [{key: hook[key] for key in keys if key in hook} | {"language": "system"} for hook in HOOKS.values()]
    write(repository, files, {".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})})
    git(repository, "add", "-A", ".")
    environment = installed(repository.parent / "bin", PRE_COMMIT_HOME=str(repository.parent / "home"))
    done = pre_commit("run", "--all-files", "--color", "never", cwd=repository, environment=environment)
    told = dict(re.findall(r"(?m)^(obskit [a-z -]+?)\.+(?:\(.*\))?(Passed|Failed|Skipped)$", done.stdout))
    ids = {hook["name"]: name for name, hook in HOOKS.items()}
    assert done.returncode == code, done.stdout + done.stderr
    assert {ids[name] for name, word in told.items() if word == "Passed"} == passed
    assert {ids[name] for name, word in told.items() if word == "Failed"} == failed
