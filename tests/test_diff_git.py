"""The sources against a git revision, in real repositories: whatever is asked, only objects are read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, tree, write

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str, environment: Mapping[str, str] = GIT) -> str:
    who = ("-c", "user.name=Sam", "-c", "user.email=sam@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    command, variables = ["git", *who, *arguments], {**os.environ, **environment}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, env=variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration but the repository's own, and none found above the test's folder."""
    for name, value in {**GIT, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop's project, built and committed, below the top of a repository."""
    git(tmp_path, "init", "-q")
    root = tmp_path / "ops" / "shop"
    write(root, SHOP)
    assert obskit(root, "build").code == 0
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "the shop")
    return root


def edit(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text()
    assert before in text
    (root / file).write_text(text.replace(before, after))


def louder(root: Path) -> None:
    edit(root, "rules_src/shop.py", "0.10", "0.20")


def test_what_a_partial_clone_lacks_is_not_fetched(shop: Path, tmp_path: Path) -> None:
    louder(shop)
    assert obskit(shop, "build").code == 0
    top = shop.parent.parent
    git(top, "commit", "-q", "-a", "-m", "louder")
    git(top, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{top}", str(clone))
    before = tree(clone / ".git/objects")
    ran = obskit(clone / "ops/shop", "diff", "HEAD~1")
    assert (ran.code, ran.out, "is the clone shallow or partial?" in ran.err) == (3, "", True), ran
    assert tree(clone / ".git/objects").keys() == before.keys()


LOUDER = 'rules prometheus/rules/shop.yaml (team-shop)\n    alert "ShopHighErrorRate": threshold 0.1 → 0.2\n'


def test_unchanged_sources_are_no_difference(shop: Path) -> None:
    assert obskit(shop, "diff") == Ran(0, "", "no difference\n")


def test_change_of_the_sources_is_told(shop: Path) -> None:
    louder(shop)
    assert obskit(shop, "diff") == Ran(1, LOUDER, "1 alert changed\n")


def test_nothing_is_written(shop: Path) -> None:
    louder(shop)
    before, index = tree(shop), (shop.parents[1] / ".git" / "index").read_bytes()
    assert obskit(shop, "diff").code == 1
    after = {path: data for path, data in tree(shop).items() if "__pycache__" not in path}
    assert after == {path: data for path, data in before.items() if "__pycache__" not in path}
    assert (shop.parents[1] / ".git" / "index").read_bytes() == index


def test_built_files_of_the_working_tree_do_not_count(shop: Path) -> None:
    for path in (shop / "build").rglob("*.yaml"):
        path.write_text("groups: []\n")
    assert obskit(shop, "diff").code == 0


def test_revision_is_compared(shop: Path) -> None:
    git(shop, "tag", "v1")
    louder(shop)
    obskit(shop, "build")
    git(shop, "commit", "-q", "-a", "-m", "louder")
    assert obskit(shop, "diff").code == 0
    for revision in ("v1", "HEAD~1", "HEAD^", "main~1", git(shop, "rev-parse", "v1"), "HEAD^{/shop}", ":/the"):
        assert obskit(shop, "diff", revision) == Ran(1, LOUDER, "1 alert changed\n"), revision


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "-n", "HEAD:build", " ", "a\nb", "HEAD..HEAD", "x" * 300, "\udcff", "-"])
def test_what_is_no_revision_cannot_be_asked(shop: Path, revision: str) -> None:
    before = tree(shop.parents[1])
    ran = obskit(shop, "diff", "--", revision)
    assert (ran.code, ran.out) == (2, "")
    assert "is no revision of this git repository" in ran.err
    left, kept = ({path for path in files if "__pycache__" not in path} for files in (tree(shop.parents[1]), before))
    assert left == kept


def test_path_alone_is_a_wrong_call(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    ran = obskit(shop, "diff", "build")
    assert (ran.code, ran.out) == (2, "")
    assert '"build" is a path and no git revision; to compare it with another one: obskit diff build OTHER' in ran.err


def test_revision_that_is_also_a_path_is_a_revision(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    git(shop, "branch", "build")
    assert obskit(shop, "diff", "build") == Ran(0, "", "no difference\n")


def test_repository_without_a_commit_makes_everything_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, SHOP)
    ran = obskit(tmp_path, "diff")
    assert (ran.code, ran.err) == (1, "1 board, 1 alert changed\n")
    assert 'board "Shop operations" added (shop-operations, folder shop, team-shop)' in ran.out
    assert obskit(tmp_path, "diff", "HEAD").code == 2


def test_project_outside_a_repository_cannot_be_asked(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    ran = obskit(tmp_path, "diff")
    assert (ran.code, ran.out) == (2, "")
    assert "lies in no git repository" in ran.err


def test_missing_git_is_the_world_outside(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = obskit(shop, "diff")
    assert ran.code == 3
    assert ran.err == "obskit: error: git is not installed\n    hint: install it, or compare two folders or files: obskit diff A B\n"


def test_failing_git_is_the_world_outside(shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    fake.write_text("#!/bin/sh\necho fatal: out of order >&2\nexit 128\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    assert obskit(shop, "diff") == Ran(3, "", "obskit: error: git rev-parse fails: fatal: out of order\n")


def test_lost_object_is_the_world_outside(shop: Path) -> None:
    name = git(shop, "rev-parse", "HEAD:./build/prometheus/rules/shop.yaml")
    (shop.parents[1] / ".git" / "objects" / name[:2] / name[2:]).unlink()
    louder(shop)
    ran = obskit(shop, "diff")
    assert (ran.code, ran.out) == (3, "")
    assert 'git does not have "build/prometheus/rules/shop.yaml" of that revision' in ran.err


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_NAMESPACE"])
def test_environment_of_a_hook_does_not_lead_elsewhere(shop: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "elsewhere")
    louder(shop)
    assert obskit(shop, "diff") == Ran(1, LOUDER, "1 alert changed\n")


def test_repository_with_long_names_of_objects_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    write(tmp_path, SHOP)
    obskit(tmp_path, "build")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "the shop")
    assert obskit(tmp_path, "diff").code == 0
    louder(tmp_path)
    assert obskit(tmp_path, "diff").out == LOUDER


def test_linked_working_tree_is_a_repository(shop: Path, tmp_path: Path) -> None:
    git(shop, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    louder(tmp_path / "linked" / "ops" / "shop")
    assert obskit(tmp_path / "linked" / "ops" / "shop", "diff").out == LOUDER


def test_removed_declaration_is_told(shop: Path) -> None:
    edit(shop, "dashboards_src/shop.py", 'timeseries("Requests", requests.rate().sum(by="endpoint")),', "")
    ran = obskit(shop, "diff")
    assert ran.out.splitlines()[-1] == '    panel "Requests" removed from row "Traffic"'


def test_project_in_a_folder_with_an_odd_name_is_found(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    root = tmp_path / "ä :(top) *\n"
    write(root, SHOP)
    obskit(root, "build")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "odd")
    assert obskit(root, "diff") == Ran(0, "", "no difference\n")


def test_link_in_the_output_is_not_followed(shop: Path) -> None:
    (shop / "build/grafana/dashboards/shop/link.json").symlink_to("/etc/passwd")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "a link")
    assert obskit(shop, "diff") == Ran(0, "", "no difference\n")


def test_broken_file_of_the_revision_is_a_finding(shop: Path) -> None:
    (shop / "build/grafana/dashboards/shop/other.json").write_text("{")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "broken")
    ran = obskit(shop, "diff")
    assert ran.code == 1
    assert ":ops/shop/build" not in ran.out
    assert "build/grafana/dashboards/shop/other.json:1: error: it is not JSON" in ran.out
    assert ran.err == "no difference, as far as it can be told: 1 finding\n"


def test_module_that_raises_keeps_the_difference_from_being_complete(shop: Path) -> None:
    edit(shop, "dashboards_src/shop.py", "operations =", "1 / 0\noperations =")
    ran = obskit(shop, "diff")
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.out
    assert 'board "Shop operations" removed' in ran.out
    assert "not complete: what is told as removed may only not have been read or built" in ran.out
    assert ran.err == "1 board changed, as far as it can be told: 1 finding\n"


def test_error_in_the_sources_is_told_with_the_difference(shop: Path) -> None:
    edit(shop, "dashboards_src/shop.py", 'requests.rate().sum(by="endpoint")', '"sum(rate(shop_request_total[5m]))"')
    ran = obskit(shop, "diff")
    assert ran.code == 1
    assert "[unknown-metric]" in ran.out
    assert "query A:" in ran.out


def test_panels_that_ask_another_signal_are_no_rename(shop: Path) -> None:
    edit(shop, "rules_src/catalog/shop.py", "requests =", 'payments = Counter("pay_payments_total", help="Paid.", service=shop, '
         "unit=units.COUNT, labels=(endpoint,))\nrequests =")  # fmt: skip
    edit(shop, "dashboards_src/shop.py", "import requests", "import payments, requests")
    for name in ("Two", "Three"):
        edit(shop, "dashboards_src/shop.py", '"Traffic", [', f'"Traffic", [timeseries("{name}", requests.rate().sum(by="endpoint")), ')
    edit(shop, "dashboards_src/shop.py", '"Requests", requests', '"Requests", payments')
    assert obskit(shop, "build").code == 0
    git(shop, "commit", "-q", "-a", "-m", "payments")
    for name in ("Two", "Three"):
        edit(shop, "dashboards_src/shop.py", f'"{name}", requests', f'"{name}", payments')
    out = obskit(shop, "diff").out
    assert 'query A: metric shop_requests_total → pay_payments_total\n' in out
    assert "renamed" not in out
