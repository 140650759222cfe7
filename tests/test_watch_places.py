"""`obskit build --watch`: what comes where nothing was, links that leave the project, and parameters of installed packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SHOP, process
from test_environments import FILES
from test_everywhere import PACKAGE, RULE, env, settings
from test_memory_places import COMING, NEW, OLD, TITLED, endless
from test_watch import titled, told
from watched import watching, write


@pytest.mark.parametrize(("imports", "there", "comes"), COMING)
def test_watch_sees_a_module_that_comes(tmp_path: Path, imports: str, there: tuple[str, ...], comes: str) -> None:
    root = write(tmp_path / "project", SHOP, {"dashboards_src/shop.py": imports + TITLED}, dict.fromkeys(there, OLD))
    with watching(root) as watch:
        write(root, {comes: NEW})
        assert watch.line().startswith(f"{comes}: ")
        assert process(root, "build", "--check", "--no-cache").code == 0


def test_watch_does_not_follow_a_link_that_leaves_the_project(tmp_path: Path) -> None:
    root, outside = write(tmp_path / "project", SHOP), endless(tmp_path / "outside")
    with watching(root) as watch:
        (root / "dashboards_src/x").symlink_to(outside)
        assert watch.found().startswith('dashboards_src/x: error: "dashboards_src/x" is a link that leaves the project')
        watch.line(holding="1 error")
        (root / "dashboards_src/x").unlink()
        watch.line(holding="mended")
        write(root, {"dashboards_src/shop.py": titled("Other")})
        assert told(watch.line(holding="file")).startswith("dashboards_src/shop.py: 2 files, 1 changed")


def test_watch_sees_what_the_settings_set_for_an_installed_package(tmp_path: Path) -> None:
    rules = FILES["rules_src/shop.py"].replace('MOST = Param("most_errors", 0.10, unit=units.RATIO)\n', "from limits.errors import MOST\n")
    library = write(tmp_path / "lib", {"limits/__init__.py": "", "limits/errors.py": PACKAGE})
    root = write(tmp_path / "project", FILES, settings(env("prod")), {"rules_src/shop.py": rules})
    with watching(root, "build", "--watch", "--env", "prod", path=str(library)) as watch:
        assert "> 0.2\n" in (root / RULE).read_text()
        for value in ("0.3", "0.4"):
            write(root, settings(env("prod", f"most_errors = {value}")))
            assert told(watch.line()).startswith("pyproject.toml: 2 files, 1 changed")
            assert f"> {value}\n" in (root / RULE).read_text()
