"""`obskit build --watch` as a command: how it ends, what it says, and how it lives beside others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from project import BUILT, RULES, SHOP, obskit, process, tree
from test_watch import RULE_FILE, title, titled, told
from watched import PATIENCE, watching, write

BROKEN = "1 / 0\n"
SLOW = "import time\nprint('loading', flush=True)\ntime.sleep(100)\n"


def leftovers(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*.obskit-tmp")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_watch_ends_well(tmp_path: Path, number: int) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        assert watch.end(number) == (0, [])
    assert leftovers(tmp_path) == []


def test_help_says_how_a_watch_ends() -> None:
    said = " ".join(obskit(None, "build", "--help").out.split())
    assert "Ctrl-C or SIGTERM ends it, with exit code 0" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_watch_ends_in_the_middle_of_a_build(tmp_path: Path, number: int) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        before = tree(tmp_path / "build")
        write(tmp_path, {"dashboards_src/slow.py": SLOW})
        watch.line(holding="loading")
        assert watch.end(number) == (0, [])
    assert tree(tmp_path / "build") == before
    write(tmp_path, {"dashboards_src/slow.py": None})
    assert obskit(tmp_path, "build", "--check").code == 0, "the lock is free"


def test_watch_shows_what_is_broken_and_says_when_it_is_mended(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        before = tree(tmp_path / "build")
        write(tmp_path, {"rules_src/shop.py": BROKEN})
        assert watch.found() == "rules_src/shop.py:1: error: ZeroDivisionError: division by zero [module-error]"
        assert told(watch.line()) == "rules_src/shop.py: 1 error in 3 modules; nothing was written"
        assert tree(tmp_path / "build") == before
        write(tmp_path, {"rules_src/shop.py": RULES.replace("0.10", "0.20")})
        assert told(watch.line()) == f"rules_src/shop.py: mended, 2 files, 1 changed: {RULE_FILE}"


ODD = """\
from obskit.catalog import Gauge
from rules_src.catalog.shop import shop

class Odd(Gauge):
    @property
    def series_names(self):
        return 1 / 0

odd = Odd("odd", help="What nobody expects.", service=shop)
"""


def test_watch_outlives_an_exception_that_nobody_expects(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"rules_src/odd.py": ODD})
    assert process(tmp_path, "build").err.rstrip().endswith("ZeroDivisionError: division by zero"), "a single build ends with it"
    with watching(tmp_path) as watch:
        assert [line for line in watch.said if line == "ZeroDivisionError: division by zero\n"] != []
        write(tmp_path, {"rules_src/odd.py": ODD.replace("1 / 0", "('odd',)")})
        assert "2 files, 2 changed" in watch.line(holding="rules_src/odd.py: mended")
        assert sum("Traceback" in line for line in watch.said) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.obskit\n", "pyproject.toml:1: error: pyproject.toml is not TOML"),
        ('[tool.obskit]\nfolders = "x"\n', 'pyproject.toml:2: error: unknown key "folders"'),
        ('[tool.obskit]\ninputs = ["none"]\n', 'pyproject.toml:2: error: input "none" does not exist'),
        ('[tool.obskit]\nformats = ["none"]\n', 'error: there is no format "none"'),
        (None, "pyproject.toml: error: pyproject.toml is gone"),
    ],
)
def test_watch_survives_settings_that_are_wrong(tmp_path: Path, text: str | None, message: str) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\nrules = ['none']\n"})
    root = write(tmp_path / "project", SHOP)
    with watching(root) as watch:
        write(root, {"pyproject.toml": text})
        assert message in watch.line()
        write(root, {"pyproject.toml": '[tool.obskit]\nfolder = "New"\n'})
        assert told(watch.line(holding="mended")) == "pyproject.toml: mended, 2 files, 0 changed"


def test_watch_of_a_project_with_wrong_settings_does_not_begin(tmp_path: Path) -> None:
    ran = process(write(tmp_path, SHOP, {"pyproject.toml": "[tool.obskit\n"}), "build", "--watch")
    assert (ran.code, ran.out, "is not TOML" in ran.err) == (2, "", True)


def test_watch_that_is_quiet_shows_findings_only(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path, "--quiet", "build", "--watch", begun=False) as watch:
        while not (tmp_path / BUILT[0]).exists():
            time.sleep(0.05)
        write(tmp_path, {"rules_src/_broken.py": "", "rules_src/shop.py": BROKEN})
        assert watch.found().startswith("rules_src/shop.py:1: error: ZeroDivisionError")
        assert "1 error in 3 modules" in watch.line()
        write(tmp_path, {"rules_src/shop.py": RULES.replace("0.10", "0.20")})
        until(lambda: "0.2" in (tmp_path / BUILT[1]).read_text())
        assert watch.end() == (0, [])


def until(holds: object) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_watch_that_checks_writes_nothing_and_sees_the_output(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path, "build", "--check", "--watch") as watch:
        assert watch.found() == f"missing  {BUILT[0]}  (made by dashboards_src/shop.py)"
        assert "2 files, 2 out of date" in watch.said[0]
        assert not (tmp_path / "build").exists()
        assert process(tmp_path, "build").code == 0
        assert "mended, 2 files, 0 changed" in watch.line(holding="mended")
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        assert watch.line().startswith("dashboards_src/shop.py: 2 files, 1 out of date: run obskit build")
        assert title(tmp_path) == "Shop operations"
        assert watch.end()[0] == 0


def test_watch_of_one_format_writes_only_that(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path, "build", "--watch", "--only", "rules") as watch:
        assert told(watch.said[0].rstrip()) == f"1 file, 1 changed: new {RULE_FILE}"
        write(tmp_path, {"rules_src/shop.py": RULES.replace("0.10", "0.20")})
        assert told(watch.line()) == f"rules_src/shop.py: 1 file, 1 changed: {RULE_FILE}"
        assert not (tmp_path / BUILT[0]).exists()


def test_watch_builds_for_an_environment(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": "[tool.obskit.env.prod]\nfolder_prefix = 'Prod '\n"})
    with watching(tmp_path, "build", "--watch", "--env", "prod") as watch:
        assert (tmp_path / "build/env/prod/grafana/dashboards/prod-shop").is_dir()
        write(tmp_path, {"pyproject.toml": "[tool.obskit.env.prod]\nfolder_prefix = 'Live '\n"})
        watch.line(holding="changed")
        assert (tmp_path / "build/env/prod/grafana/dashboards/live-shop").is_dir()
    assert not (tmp_path / "build/grafana").exists()


def test_watch_gives_json_to_programs(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path, "build", "--watch", "--format", "json") as watch:
        text = ""
        while not text.endswith("\n}\n"):
            text += watch.found() + "\n"
        assert [change["kind"] for change in json.loads(text)["changes"]] == ["added", "added"]


def test_build_by_hand_works_beside_a_watch(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        for number in range(5):
            write(tmp_path, {"dashboards_src/shop.py": titled(f"Round {number}")})
            assert process(tmp_path, "build", "--no-cache").code == 0
            watch.line(holding="dashboards_src/shop.py: 2 files")
            assert title(tmp_path) == f"Round {number}"
        assert process(tmp_path, "build", "--check").code == 0
    assert leftovers(tmp_path) == []


def test_watch_tries_again_when_something_else_stood_in_the_way(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        shutil.rmtree(tmp_path / "build")
        (tmp_path / "build").write_text("")
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        assert watch.line() == 'obskit: error: the output folder "build" cannot be used: "build" is not a folder'
        os.unlink(tmp_path / "build")
        assert "mended, 2 files, 2 changed" in watch.line(holding="mended")
        assert sum("cannot be used" in line for line in watch.said) == 1


def test_watch_leaves_what_a_check_trusts(tmp_path: Path) -> None:
    """The record that a watch saves is that of the last build, and only of it."""
    write(tmp_path, SHOP)
    with watching(tmp_path) as watch:
        write(tmp_path, {"dashboards_src/shop.py": titled("Other")})
        watch.line()
        record = (tmp_path / ".obskit/cache/build.json").read_bytes()
        assert process(tmp_path, "build", "--check").code == 0
        assert (tmp_path / ".obskit/cache/build.json").read_bytes() == record
        assert process(tmp_path, "build", "--check", "--no-cache").code == 0


def test_watch_of_a_system_that_tells_of_nothing_says_so(tmp_path: Path) -> None:
    """More folders than the system lets one user watch: in a user namespace of its own, since the limit is everybody's."""
    alone = ["unshare", "--user", "--map-root-user", "sh", "-c"]
    unlistened = 'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"'
    if not shutil.which("unshare") or subprocess.run([*alone, unlistened, "sh", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives no user namespace with a limit of its own")
    write(tmp_path, SHOP)
    with watching(tmp_path, begun=False, under=[*alone, unlistened, "sh"]) as watch:
        assert watch.line().startswith("obskit: error: cannot watch ")
        assert "hint: raise the limit" in watch.line()
        assert watch.process.wait(PATIENCE) == 3
