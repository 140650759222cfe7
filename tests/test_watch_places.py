"""`obskit build --watch`: what comes where nothing was, and links that leave the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SHOP, process
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
