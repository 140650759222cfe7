"""The formats that deliver boards, from the command line: each owns its folder, and files follow what they are made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import BOARD, SHOP, obskit, process, tree, write

MADE = {
    "dashboards": {"grafana/dashboards/shop/shop-operations.json"},
    "share": {"grafana/share/shop-operations.json"},
    "resources": {"grafana/resources/shop/_folder.json", "grafana/resources/shop/shop-operations.json"},
    "kubernetes": {
        "kubernetes/prometheus-operator/shop.yaml", "kubernetes/sidecar/shop-operations.yaml",
        "kubernetes/grafana-operator/folders/shop.yaml", "kubernetes/grafana-operator/dashboards/shop-operations.yaml",
    },
}  # fmt: skip
ALL = set().union(*MADE.values())
DELIVERED = ("share", "resources", "kubernetes")


def formats(*names: str) -> str:
    return f"[tool.obskit]\nformats = [{', '.join(map(repr, names))}]\n[tool.obskit.env.prod]\ndatasources = {{ prometheus = 'prom' }}\n"


def built(root: Path) -> set[str]:
    return set(tree(root / "build"))


def project(root: Path, *names: str) -> Path:
    return write(root, SHOP, {"pyproject.toml": formats(*(names or MADE))})


@pytest.mark.parametrize("format_", MADE)
def test_format_makes_its_files_alone(tmp_path: Path, format_: str) -> None:
    assert obskit(project(tmp_path, format_), "build").code == 0
    assert built(tmp_path) == MADE[format_]
    assert obskit(tmp_path, "build", "--check").code == 0


@pytest.mark.parametrize("format_", MADE)
def test_format_prunes_its_folder_and_no_other(tmp_path: Path, format_: str) -> None:
    obskit(project(tmp_path), "build")
    write(tmp_path, {"dashboards_src/shop.py": BOARD.replace("shop-operations", "shop-ops")})
    assert obskit(tmp_path, "build", "--only", format_).code == 0
    moved = {path.replace("shop-operations", "shop-ops") for path in MADE[format_]}
    assert built(tmp_path) == (ALL - MADE[format_]) | moved


def test_board_that_is_renamed_moves_its_files(tmp_path: Path) -> None:
    obskit(project(tmp_path), "build")
    write(tmp_path, {"dashboards_src/shop.py": BOARD.replace("shop-operations", "ops").replace('"Shop", tags', '"Shop Floor", tags')})
    done = obskit(tmp_path, "build")
    assert (done.code, done.out) == (0, "")
    assert built(tmp_path) == {
        "grafana/dashboards/shop-floor/ops.json", "grafana/share/ops.json", "grafana/resources/shop-floor/_folder.json",
        "grafana/resources/shop-floor/ops.json", "kubernetes/prometheus-operator/shop.yaml", "kubernetes/sidecar/ops.yaml",
        "kubernetes/grafana-operator/folders/shop-floor.yaml", "kubernetes/grafana-operator/dashboards/ops.yaml",
    }  # fmt: skip
    assert not (tmp_path / "build/grafana/resources/shop").exists()


@pytest.mark.parametrize("format_", DELIVERED)
def test_format_that_is_disabled_leaves_its_folder_and_it_is_told(tmp_path: Path, format_: str) -> None:
    obskit(project(tmp_path), "build")
    write(tmp_path, {"pyproject.toml": formats(*(name for name in MADE if name != format_))})
    done = obskit(tmp_path, "build")
    assert built(tmp_path) == ALL
    assert (done.code, done.out.count("[leftover]"), f'is of the format "{format_}", which is not enabled' in done.out) == (0, 1, True)


@pytest.mark.parametrize("format_", DELIVERED)
def test_stale_file_is_named_with_its_module(tmp_path: Path, format_: str) -> None:
    obskit(project(tmp_path), "build")
    path = sorted(MADE[format_])[-1]
    (tmp_path / "build" / path).write_text("stale\n", "utf-8")
    done = obskit(tmp_path, "build", "--check")
    assert (done.code, f"build/{path}" in done.out, "dashboards_src/shop.py" in done.out) == (1, True, True)


def test_foreign_file_in_a_format_s_folder_is_left(tmp_path: Path) -> None:
    obskit(project(tmp_path), "build")
    write(tmp_path, {"build/kubernetes/kustomization.md": "mine\n", "build/grafana/resources/README.md": "mine\n"})
    assert obskit(tmp_path, "build", "--no-cache").code == 0
    assert built(tmp_path) == ALL | {"kubernetes/kustomization.md", "grafana/resources/README.md"}


def test_environment_has_the_same_files_beside(tmp_path: Path) -> None:
    obskit(project(tmp_path), "build")
    before = tree(tmp_path / "build")
    assert obskit(tmp_path, "build", "--env", "prod").code == 0
    after = tree(tmp_path / "build")
    assert {path for path in after if path.startswith("env/prod/")} == {f"env/prod/{path}" for path in ALL}
    assert {path: data for path, data in after.items() if not path.startswith("env/")} == before
    pinned = {path for path in ALL if b"${datasource}" in before[path] and b"${datasource}" not in after[f"env/prod/{path}"]}
    assert pinned == {path for path in ALL if "shop-operations" in path and "share" not in path}


def test_build_is_the_same_under_another_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        root = project(tmp_path / seed)
        assert process(root, "build", environment={"PYTHONHASHSEED": seed}).code == 0
        made.append(tree(root / "build"))
    assert made[0] == made[1]


@pytest.mark.parametrize("folder", ["grafana/share", "grafana/resources", "kubernetes/sidecar", "kubernetes/grafana-operator"])
def test_what_is_delivered_is_recognised_as_a_foreign_file(tmp_path: Path, folder: str) -> None:
    obskit(project(tmp_path), "build")
    done = obskit(tmp_path, "validate", str(tmp_path / "build" / folder))
    assert (done.code, "not-recognised" in done.out, re.search(r"\d+ quer", done.err + done.out) is not None) == (0, False, True)
