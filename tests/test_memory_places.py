"""The no-change record and what comes where nothing was: modules, folders and strangers that a build did not see."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from project import BOARD, BUILT, ENTRY, REPOSITORY, SHOP, obskit, tree, write

CHECK = ("build", "--check", "--format", "json")
TITLED = BOARD.replace('dashboard("Shop operations"', "dashboard(TITLE")
OR_OLD = "try: {}\nexcept ImportError: TITLE = 'Old'\n"
NEW = "TITLE = 'New'\n"
OLD = "TITLE = 'Old'\n"


def differ(root: Path) -> None:
    """A check answers as it does without its record, and not as before."""
    said = obskit(root, *CHECK)
    assert said == obskit(root, *CHECK, "--no-cache")
    assert said.code == 1, said


COMING = [
    # (what the board imports, modules that are there, the module that comes)
    (OR_OLD.format("from late import TITLE"), (), "late.py"),
    (OR_OLD.format("from late import TITLE"), (), "late/__init__.py"),
    (OR_OLD.format("from lib.late import TITLE"), (), "lib/late.py"),
    (OR_OLD.format("from lib.late import TITLE"), ("lib/other.py",), "lib/late.py"),
    (OR_OLD.format("from lib.late import TITLE"), ("lib/late/other.txt",), "lib/late/__init__.py"),
    (OR_OLD.format("from lib.far.late import TITLE"), ("lib/other.py",), "lib/far/late.py"),
    (OR_OLD.format("import lib.a.b.c.one; from lib.a.b.c.late import TITLE"), ("lib/a/b/c/one.py",), "lib/a/b/c/late.py"),
    ("from one import TITLE\n", ("one.py",), "one/__init__.py"),
    ("from lib.one import TITLE\n", ("lib/one.py",), "lib/one/__init__.py"),
    ("from lib.one import TITLE\n", ("lib/one.py", "lib/one/more.txt"), "lib/one/__init__.py"),
    ("from lib.far.one import TITLE\n", ("lib/far/one.py",), "lib/far/one/__init__.py"),
    ("from lib.a.b.one import TITLE\n", ("lib/a/b/one.py",), "lib/a/b/one/__init__.py"),
]


@pytest.mark.parametrize(("imports", "there", "comes"), COMING)
def test_module_that_comes_is_seen(tmp_path: Path, imports: str, there: tuple[str, ...], comes: str) -> None:
    root = write(tmp_path, SHOP, {"dashboards_src/shop.py": imports + TITLED}, dict.fromkeys(there, OLD))
    assert obskit(root, "build").code == 0
    write(root, {comes: NEW})
    differ(root)


@pytest.mark.parametrize("comes", ["late.py", "lib/late.py", "lib/far/late.py"])
def test_module_that_comes_during_a_build_is_seen(tmp_path: Path, comes: str) -> None:
    name = comes.removesuffix(".py").replace("/", ".")
    coming = f"import pathlib\npathlib.Path(__file__).parent.parent.joinpath({comes!r}).write_text({NEW!r})\n"
    root = write(
        tmp_path, SHOP, {"lib/far/other.txt": "", "dashboards_src/shop.py": OR_OLD.format(f"from {name} import TITLE") + coming + TITLED}
    )
    assert obskit(root, "build").code == 0
    differ(root)


FEW = '[tool.obskit]\nformats = ["rules"]\n'
STRICT = '[tool.obskit.lint]\nfail = "warning"\n'
LEFT = [
    # (settings, folders that are there, the folder that is left there)
    ("", (), "build/docs"),
    ("", (), "build/env/old"),
    ("[tool.obskit.env.prod]\n", ("build/env/prod",), "build/env/old"),
    ("", (), "build/grafana/share"),
    (FEW, ("build/grafana",), "build/grafana/dashboards"),
]


@pytest.mark.parametrize(("settings", "there", "comes"), LEFT)
def test_folder_that_is_left_is_seen(tmp_path: Path, settings: str, there: tuple[str, ...], comes: str) -> None:
    root = write(tmp_path, SHOP, {"pyproject.toml": settings + STRICT})
    for folder in there:
        (root / folder).mkdir(parents=True)
    assert obskit(root, "build").code == 0
    (root / comes).mkdir(parents=True)
    differ(root)
    assert obskit(root, "build", "--check", "--only", "rules").code == 0, "which tells of no such folder"


def pycache(root: Path) -> None:
    write(root, {f"{BUILT[1].rpartition('/')[0]}/__pycache__/shop.pyc": "x"})


def hidden_in_pycache(root: Path) -> None:
    write(root, {f"{BUILT[1].rpartition('/')[0]}/__pycache__/shop.yaml": "groups: []\n"})


def dangling(root: Path) -> None:
    (root / BUILT[1]).with_name("dangling.yaml").symlink_to("nowhere")


def fifo(root: Path) -> None:
    os.mkfifo((root / BUILT[1]).with_name("fifo.yaml"))


def folder_link(root: Path) -> None:
    (root / BUILT[1]).with_name("linked").symlink_to(root / "rules_src")


@pytest.mark.parametrize("comes", [pycache, hidden_in_pycache, dangling, fifo, folder_link], ids=lambda comes: comes.__name__)
def test_stranger_in_the_output_is_seen(tmp_path: Path, comes: Callable[[Path], None]) -> None:
    root = write(tmp_path, SHOP)
    assert obskit(root, "build").code == 0
    comes(root)
    said = obskit(root, "build", "--check")
    assert said == obskit(root, "build", "--check", "--no-cache")
    assert "[stranger]" in said.out or said.code == 1, said
    assert obskit(root, "build", "--check") == said


def endless(folder: Path) -> Path:
    """A folder that nobody reads to its end: a file without content, but of a size that takes minutes."""
    folder.mkdir()
    (folder / "modules").mkdir()
    os.truncate(write(folder, {"huge.py": ""}) / "huge.py", 1 << 38)
    return folder


@pytest.mark.parametrize("call", [("build",), ("build", "--check", "--no-cache")], ids=" ".join)
@pytest.mark.parametrize("place", ["dashboards_src/x", "dashboards_src/_x", "rules_src/catalog/deep/x", "dashboards_src"])
def test_link_that_leaves_the_project_is_not_followed(tmp_path: Path, place: str, call: tuple[str, ...]) -> None:
    root, outside = write(tmp_path / "project", SHOP), endless(tmp_path / "outside")
    assert obskit(root, "build").code == 0
    if (root / place).exists():
        (root / place).rename(root / "away")
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(outside)
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *ENTRY, *call], cwd=root, env=known, capture_output=True, text=True, timeout=60, check=False)
    private = "_x" in place
    assert (done.returncode, f'"{place}" is a link that leaves the project' in done.stdout) == (int(not private), not private), done


def test_what_lies_behind_a_private_link_is_never_mistaken_for_the_same(tmp_path: Path) -> None:
    root = write(tmp_path / "project", SHOP, {"dashboards_src/shop.py": f"from dashboards_src._shared.titles import TITLE\n{TITLED}"})
    (root / "dashboards_src/_shared").symlink_to(write(tmp_path / "shared", {"titles.py": OLD}))
    assert obskit(root, "build").code == 0
    assert obskit(root, "build", "--check").code == 0
    write(tmp_path / "shared", {"titles.py": NEW})
    differ(root)


def test_what_an_input_leads_to_is_read(tmp_path: Path) -> None:
    reading = "import pathlib\nTITLE = pathlib.Path(__file__).parent.parent.joinpath('data/shared/title.txt').read_text()\n"
    root = write(tmp_path / "project", SHOP, {"pyproject.toml": '[tool.obskit]\ninputs = ["data"]\n', "data/own.txt": ""})
    write(root, {"dashboards_src/shop.py": reading + TITLED})
    (root / "data/shared").symlink_to(write(tmp_path / "shared", {"title.txt": "Old"}))
    assert obskit(root, "build").code == 0
    built = tree(root / "build")
    write(tmp_path / "shared", {"title.txt": "New"})
    differ(root)
    assert tree(root / "build") == built
