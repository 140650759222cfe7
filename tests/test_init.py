"""`obskit init`: what it makes builds and lints clean at once, its CI and hooks run, and nothing is ever overwritten."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import REPOSITORY, Ran, obskit, repository, tree, write

from obskit import __version__
from obskit.errors import OutputError
from obskit.store.fresh import write_all_fresh

FILES = [
    ".github/workflows/obskit.yml", ".gitignore", ".pre-commit-config.yaml", "dashboards_src/shop.py", "pyproject.toml",
    "rules_src/catalog/shop.py", "rules_src/shop.py",
]  # fmt: skip

BUILDS = (("build",), ("build", "--check"), ("lint",))


def init(root: Path, *arguments: str) -> Ran:
    return obskit(None, "init", str(root), *arguments)


def clean(root: Path) -> list[tuple[int, str]]:
    """How a build, a check and a lint end, and what they find."""
    return [(ran.code, ran.out) for ran in (obskit(root, *words) for words in BUILDS)]


def test_project_builds_and_lints_with_nothing_to_say(tmp_path: Path) -> None:
    assert init(tmp_path / "shop").code == 0
    assert sorted(tree(tmp_path / "shop")) == FILES
    assert clean(tmp_path / "shop") == [(0, "")] * 3


def test_next_steps_are_three_lines_on_stderr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "init", "my shop")
    steps = "import build/grafana/dashboards/my-shop/my-shop.json into Grafana (Dashboards, New, Import)"
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(f"next:\n  cd 'my shop'\n  obskit build\n  {steps}\n")


def test_board_is_built_where_the_last_step_says(tmp_path: Path) -> None:
    ran = init(tmp_path / "shop")
    obskit(tmp_path / "shop", "build")
    assert (tmp_path / "shop" / ran.err.splitlines()[-1].split()[1]).is_file()


def test_name_to_fill_in_is_told(tmp_path: Path) -> None:
    assert "note: .github/workflows/obskit.yml: put whose repository of obskit you use for OWNER\n" in init(tmp_path / "shop").err


def test_quiet_says_nothing(tmp_path: Path) -> None:
    assert obskit(None, "--quiet", "init", str(tmp_path / "shop")) == Ran(0, "", "")


NAMES = [
    "shop", "Shop API", "2048", "class", "catalog", "requests", "board", "json", "os", "con", "観測", "🙂", "a.b/c", "it's", 'say "hi"',
    "back\\slash", "@job@", "%s", "x" * 63, "Ünïcode-Service", "_private", "__init__", "-dash", "rules_src",
    "dashboards-src", "test", "type", "latency", "down", "obskit", "up",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_service_of_any_name_builds_clean(tmp_path: Path, name: str) -> None:
    assert init(tmp_path / "p", "--name", name).code == 0
    assert clean(tmp_path / "p") == [(0, "")] * 3


@pytest.mark.parametrize("name", NAMES)
def test_service_of_any_name_with_metrics_builds_without_a_warning(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"m.txt": "# TYPE hits counter\nhits_total{code=\"200\"} 1\n"})
    assert init(tmp_path / "p", "--name", name, "--from-metrics", str(tmp_path / "m.txt")).code == 0
    assert [code for code, _ in clean(tmp_path / "p")] == [0, 0, 0]
    assert obskit(tmp_path / "p", "build").out == ""


@pytest.mark.parametrize("name", [" ", " shop", "a\nb", "\x1b[31m", "x" * 64, "a\u2028b", "\x00", "{{ $value }}", "{alert}", "${x}"])
def test_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    ran = init(tmp_path / "p", "--name", name)
    assert (ran.code, "is not the name of a service" in ran.err, (tmp_path / "p").exists()) == (2, True, False)


def test_job_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "is not the name of a job" in init(tmp_path / "p", "--job", "a\tb").err


def test_job_goes_into_the_catalogue(tmp_path: Path) -> None:
    init(tmp_path / "shop", "--job", "shop-eu")
    assert 'job="shop-eu"' in (tmp_path / "shop/rules_src/catalog/shop.py").read_text()


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".py")])
def test_file_that_exists_stops_everything(tmp_path: Path, path: str) -> None:
    root = write(tmp_path / "shop", {path: "mine"})
    ran = init(root)
    assert (ran.code, f'"{path}" exists already; nothing was written' in ran.err) == (2, True)
    assert tree(root) == {path: b"mine"}


def test_all_files_that_exist_are_listed(tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"rules_src/shop.py": "", "dashboards_src/shop.py": ""})
    assert '"rules_src/shop.py", "dashboards_src/shop.py" exist already' in init(root).err


def test_second_service_joins_a_project(tmp_path: Path) -> None:
    init(tmp_path / "shop")
    ran = init(tmp_path / "shop", "--name", "billing")
    assert (ran.code, "left as it is" in ran.err) == (0, False), ran.err
    assert len(tree(tmp_path / "shop")) == len(FILES) + 3
    assert clean(tmp_path / "shop") == [(0, "")] * 3


def test_shared_files_that_exist_are_left_and_their_lines_told(tmp_path: Path) -> None:
    theirs = {"pyproject.toml": "[project]\nname = 'x'\n", ".gitignore": ".venv/\n", "README.md": "hello", "src/x.py": "raise SystemExit"}
    root = write(tmp_path / "shop", theirs)
    ran = init(root)
    assert ran.code == 0
    assert {path: text for path, text in tree(root).items() if path in theirs} == {path: text.encode() for path, text in theirs.items()}
    assert "pyproject.toml is there already and was left as it is; if you like, add:\n" in ran.err
    assert "  [tool.obskit]\n" in ran.err
    assert ".gitignore is there already and was left as it is; if you like, add:\n  __pycache__/\n  .obskit/\n" in ran.err
    assert clean(root) == [(0, "")] * 3


def test_folders_of_an_existing_project_are_used(tmp_path: Path) -> None:
    settings = '[tool.obskit]\nrules = ["slo/rules"]\ndashboards = ["boards"]\nout = "generated"\n'
    root = write(tmp_path / "shop", {"pyproject.toml": settings})
    ran = init(root)
    assert {"slo/rules/catalog/shop.py", "slo/rules/shop.py", "boards/shop.py"} <= tree(root).keys()
    assert "import generated/grafana/" in ran.err
    assert clean(root) == [(0, "")] * 3


def test_git_repository_is_begun_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "shop")], check=True)
    monkeypatch.chdir(tmp_path / "shop")
    ran = obskit(None, "init", ".")
    assert (ran.code, "\n  cd" in ran.err, "the repository begins above" in ran.err) == (0, False, False)
    assert clean(tmp_path / "shop") == [(0, "")] * 3


def test_folder_below_a_repository_is_told_where_workflows_lie(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "note: the repository begins above" in init(tmp_path / "shop").err


@pytest.mark.parametrize("what", ["file", "way", "link"])
def test_place_that_is_no_folder_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    if what == "file":
        write(tmp_path, {"shop": "mine"})
    elif what == "way":
        write(tmp_path, {"shop/rules_src": "mine"})
    else:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop/rules_src").symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path)
    ran = init(tmp_path / "shop")
    assert (ran.code, "nothing was written" in ran.err) == (2, True)
    assert tree(tmp_path) == before


def test_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nothing was left behind"):
        write_all_fresh(str(tmp_path / "new"), {"a/b.txt": "x", "a/" + "c" * 300: "y"})
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"file": ""})
    ran = init(tmp_path / "file" / "shop")
    assert (ran.code, ran.err.startswith("obskit: error: ")) == (2, True)


def jobs(root: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load((root / ".github/workflows/obskit.yml").read_text())["jobs"].values()


def shell(root: Path, command: str) -> int:
    """How a command ends in the project, where `obskit` is the one that is tested."""
    words = shlex.split(command)
    assert words[0] == "obskit"
    return said(root, command).returncode


def said(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    words = shlex.split(command)
    return subprocess.run([sys.executable, "-m", *words], cwd=root, env=environment, capture_output=True, check=False, text=True)


def test_ci_installs_this_obskit_and_its_commands_pass(tmp_path: Path) -> None:
    init(tmp_path / "shop")
    obskit(tmp_path / "shop", "build")
    runs = [step["run"] for job in jobs(tmp_path / "shop") for step in job["steps"] if "run" in step]
    assert runs[0] == f'pip install "obskit @ git+https://github.com/OWNER/obskit@v{__version__}"'
    assert [shell(tmp_path / "shop", run) for run in runs[1:]] == [0, 0]


def test_ci_fails_where_the_build_is_stale(tmp_path: Path) -> None:
    init(tmp_path / "shop")
    runs = [step["run"] for job in jobs(tmp_path / "shop") for step in job["steps"] if "run" in step]
    assert shell(tmp_path / "shop", runs[1]) == 1


def test_ci_annotates_what_is_wrong(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop")
    init(root)
    (root / "rules_src/broken.py").write_text("raise ValueError('x')\n")
    runs = [step["run"] for job in jobs(root) for step in job["steps"] if "run" in step]
    assert said(root, runs[1]).stdout.startswith("::error file=rules_src/broken.py,line=1,")


def test_ci_and_hooks_fail_where_an_environment_is_wrong(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    init(root)
    obskit(root, "build")
    (root / "pyproject.toml").write_text("[tool.obskit.env.prod.params]\nmost = 1\n")
    runs = [step["run"] for job in jobs(root) for step in job["steps"] if "run" in step]
    (repository,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    assert [shell(root, command) for command in (*runs[1:], *(hook["entry"] for hook in repository["hooks"]))] == [1] * 4


def test_hooks_pass(tmp_path: Path) -> None:
    init(tmp_path / "shop")
    obskit(tmp_path / "shop", "build")
    (repository,) = yaml.safe_load((tmp_path / "shop/.pre-commit-config.yaml").read_text())["repos"]
    assert [shell(tmp_path / "shop", hook["entry"]) for hook in repository["hooks"]] == [0, 0]
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}
