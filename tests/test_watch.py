"""`obskit build --watch`: what leads to a build, and that the build is what a new process would make."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import time
from pathlib import Path

import pytest
from project import BOARD, BUILT, CATALOG, SHOP, obskit, process, tree
from watched import Watch, watching, write

BOARD_FILE, RULE_FILE = (path.removeprefix("build/") for path in BUILT)
TITLE = 'dashboard("Shop operations"'


def told(line: str) -> str:
    """A line without its seconds."""
    return re.sub(r" \(\d+\.\d\d s\)$", "", line)


def title(root: Path) -> str:
    return str(json.loads((root / BUILT[0]).read_text())["title"])


def titled(text: str) -> str:
    return BOARD.replace(TITLE, f'dashboard("{text}"')


def save(root: Path, path: str, text: str) -> None:
    """As most editors do: a new file takes the place of the old one."""
    new = root / path
    new.parent.mkdir(parents=True, exist_ok=True)
    passing = new.with_name(f".{new.name}.swp")
    passing.write_text(text)
    passing.replace(new)


def test_watch_builds_at_once_and_after_a_change(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        assert told(watch.said[0].rstrip()) == f"2 files, 2 changed: new {BOARD_FILE}, new {RULE_FILE}"
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        assert told(watch.line()) == f"dashboards_src/shop.py: 2 files, 1 changed: {BOARD_FILE}"
        assert title(tmp_path) == "Other"
        save(tmp_path, "dashboards_src/shop.py", titled("Third"))
        assert told(watch.line()) == f"dashboards_src/shop.py: 2 files, 1 changed: {BOARD_FILE}"
        assert title(tmp_path) == "Third"


CHANGES = {
    "a new module": ("dashboards_src/new.py", "", ""),
    "a new folder": ("dashboards_src/deep/er/new.py", "", ""),
    "a private module": ("rules_src/_private.py", "", ""),
    "a module beside the sources": ("shared.py", "TITLE = 'New'\n", "Old"),
    "a module below a folder beside the sources": ("lib/far/shared.py", "TITLE = 'New'\n", "Old"),
    "an input": ("data/title.txt", "New", "Old"),
    "an input in a new folder": ("data/new/other.txt", "New", ""),
    "the settings": ("pyproject.toml", '[tool.obskit]\ninputs = ["data"]\nfolder = "Other"\n', ""),
}
READING = """
import pathlib
from lib.far.shared import TITLE as FAR
from shared import TITLE
data = pathlib.Path(__file__, "../../data/title.txt").resolve().read_text()
read = dashboard("Read", uid="read", description=TITLE + FAR + data, panels=[])
"""
READ = {
    "pyproject.toml": '[tool.obskit]\ninputs = ["data"]\n',
    "dashboards_src/shop.py": BOARD + READING,
    "shared.py": "TITLE = 'Old'\n",
    "lib/far/shared.py": "TITLE = 'Old'\n",
    "data/title.txt": "Old",
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    root = write(tmp_path_factory.mktemp("reading"), SHOP, READ)
    with watching(root) as watch:
        yield watch


@pytest.mark.parametrize("path", [path for path, _, _ in CHANGES.values()], ids=list(CHANGES))
def test_watch_sees(reading: Watch, path: str) -> None:
    text = next(text for other, text, _ in CHANGES.values() if other == path)
    write(reading.root, {path: text})
    assert reading.line(holding="file").startswith(f"{path}: ")
    fresh = tree(reading.root / "build")
    assert process(reading.root, "build", "--check", "--no-cache").code == 0
    assert tree(reading.root / "build") == fresh
    write(reading.root, {path: READ.get(path)})
    assert reading.line(holding="file").startswith(f"{path}: ")


def test_watch_sees_a_module_that_was_missing(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"dashboards_src/shop.py": BOARD + "import late, lib.later\n", "lib/other.py": ""})
    with watching(tmp_path) as watch:
        write(tmp_path, {"late.py": ""})
        assert told(watch.line()) == "late.py: 1 error in 3 modules; nothing was written"
        write(tmp_path, {"lib/later.py": ""})
        assert told(watch.line()).startswith("lib/later.py: mended, 2 files, 2 changed")


def test_watch_sees_the_source_folder_vanish_and_return(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": '[tool.obskit]\nrules = ["rules_src"]\ndashboards = ["dashboards_src"]\n'})
    with watching(tmp_path) as watch:
        (tmp_path / "dashboards_src").rename(tmp_path / "away")
        assert 'source folder "dashboards_src" does not exist' in watch.line(holding="error")
        (tmp_path / "away").rename(tmp_path / "dashboards_src")
        assert "mended, 2 files, 0 changed" in watch.line(holding="file")
        write(tmp_path, {"dashboards_src/shop.py": titled("Back")})
        watch.line(holding=BOARD_FILE)
        assert title(tmp_path) == "Back"


def test_watch_does_not_see_what_no_build_reads(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        for name in ("shop.py~", ".shop.py.swp", "4913", "#shop.py#", "shop.py.tmp", "__pycache__/shop.pyc", ".cache/x.py"):
            write(tmp_path, {f"dashboards_src/{name}": "x = 1\n"})
            time.sleep(0.06)
        write(tmp_path, {"README.md": "New.\n", "build/notes.txt": "new\n", BUILT[1]: "broken\n", ".obskit/x": "", "docs/a.md": "A.\n"})
        os.utime(tmp_path / "dashboards_src/shop.py")
        time.sleep(0.2)
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        assert told(watch.line()) == f"dashboards_src/shop.py: 2 files, 2 changed: {BOARD_FILE}, {RULE_FILE}"
        assert watch.end()[1] == []


def test_watch_makes_one_build_of_many_edits(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        more = {f"{number:02}.py": titled(f"More {number}").replace("shop-operations", f"more-{number}") for number in range(20)}
        write(tmp_path / "aside" / "x", {f"../more/more_{name}": text for name, text in more.items()})
        (tmp_path / "aside" / "more").rename(tmp_path / "dashboards_src" / "more")
        names = ", ".join(f"dashboards_src/more/more_{number:02}.py" for number in range(3))
        assert watch.line().startswith(f"{names} and 17 more: 22 files, 20")
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        assert watch.line().startswith("dashboards_src/shop.py: 22 files, 1 changed")
        assert watch.end()[1] == []


def test_watch_loads_modules_afresh_and_libraries_once(tmp_path: Path) -> None:
    """Also a module that another one imports, and one that is gone."""
    notes = tmp_path / "notes"
    library = write(tmp_path / "library", {"some_library.py": f"with open({str(notes)!r}, 'a') as f: f.write('L')\n"})
    module = f"import some_library\nfrom dashboards_src._part import TITLE\nwith open({str(notes)!r}, 'a') as f: f.write('M')\n"
    root = write(tmp_path / "project", SHOP, {"dashboards_src/_part.py": "TITLE = 'One'\n"})
    write(root, {"dashboards_src/shop.py": module + BOARD.replace(TITLE, "dashboard(TITLE")})
    with watching(root, path=str(library)) as watch:
        write(root, {"dashboards_src/_part.py": "TITLE = 'Two'\n"})
        watch.line(holding=BOARD_FILE)
        assert (title(root), notes.read_text()) == ("Two", "LMM")
        write(root, {"dashboards_src/_part.py": None})
        assert "1 error" in watch.line(holding="nothing was written")
        write(root, {"dashboards_src/_part.py": "TITLE = 'Four'\n"})
        watch.line(holding="mended")
        assert (title(root), notes.read_text()) == ("Four", "LMMM")


def test_watch_whose_library_changes_says_so_and_remembers_nothing(tmp_path: Path) -> None:
    library = write(tmp_path / "library", {"some_library.py": "TITLE = 'Old'\n"})
    text = "from some_library import TITLE\n" + BOARD.replace(TITLE, "dashboard(TITLE")
    root = write(tmp_path / "project", SHOP, {"dashboards_src/shop.py": text})
    with watching(root, path=str(library)) as watch:
        write(library, {"some_library.py": "TITLE = 'Newer'\n"})
        write(root, {"dashboards_src/shop.py": text + "more = 1\n"})
        watch.line(holding="start the watch again")
        assert title(root) == "Old"
    told = process(root, "build", environment={"PYTHONPATH": os.pathsep.join((str(library), os.environ.get("PYTHONPATH", "")))})
    assert (told.code, title(root)) == (0, "Newer")


def test_watch_loses_no_edit_that_comes_during_a_build(tmp_path: Path) -> None:
    """Edits at random moments of builds that take a while; in the end the output is that of a new process, and so is the record."""
    slow = "import time\ntime.sleep(0.05)\n"
    more = {f"dashboards_src/more_{n}.py": slow + titled(f"More {n}").replace("shop-operations", f"more-{n}") for n in range(4)}
    write(tmp_path, SHOP, more, {"shared.py": "TITLE = ''\n"})
    write(tmp_path, {"dashboards_src/shop.py": "from shared import TITLE\n" + BOARD.replace(TITLE, "dashboard('Shop' + TITLE")})
    chance = random.Random(4)
    with watching(tmp_path) as watch:
        for number in range(40):
            name = chance.choice(["shared", *more])
            text = f"TITLE = '{number}'\n" if name == "shared" else more[name].replace("More", f"More {number} of")
            save(tmp_path, "shared.py" if name == "shared" else name, text)
            time.sleep(chance.uniform(0, 0.25))
        write(tmp_path, {"rules_src/catalog/shop.py": CATALOG.replace("Requests served", "Requests ever served")})
        watch.line(holding="rules_src/catalog/shop.py")
        assert process(tmp_path, "build", "--check").code == 0
        assert watch.end() == (0, [])
    assert sum("more_" in line or "shared" in line for line in watch.said) > 3, "hardly anything was built: nothing is proved"
    shutil.copytree(tmp_path, tmp_path / "fresh", ignore=shutil.ignore_patterns("build", ".obskit"))
    assert obskit(tmp_path / "fresh", "build").code == 0
    assert tree(tmp_path / "fresh/build") == tree(tmp_path / "build")
