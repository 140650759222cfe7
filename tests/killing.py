"""Kills builds at random moments and looks at what they leave: a script for `run`, which starts it as a process.

The script loads obskit once and forks for every build, so that most of a build's time is work that can be cut in two, and
not imports. Each round edits one module on which every built file depends, kills the build, and asks: is each file wholly
old or wholly new, does `build --check` call the output fine exactly when it is, and does the next build mend it all?
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from project import REPOSITORY, SHOP, Files, obskit, tree, write

BOARDS, RULE_FILES = 24, 16
FIRST = "build/grafana/dashboards/more-0/more-0.json"
"""The file that is replaced first."""
MODULE = """\
from rules_src._version import VERSION
from obskit.catalog import Gauge
from obskit.rules import Alert
from rules_src.catalog.shop import shop
queue = Gauge("shop_queue_{number}_length", help="Waiting.", service=shop)
long = Alert(name="ShopQueue{number}Long", expr=queue.max_over_time("5m") > VERSION, for_="5m", severity="warning",
             summary="Long.", description="D.")
"""
BOARD = """\
from rules_src._version import VERSION
from obskit.dashboards import dashboard, row, timeseries
from rules_src.catalog.shop import requests
more = dashboard(f"More {number} of {{VERSION}}", uid="more-{number}", folder=f"More {folder}", description="D.", tags=("shop",), panels=[
    timeseries(f"Requests {{n}}", requests.rate().sum(by="endpoint")) for n in range(4)])
"""
ONLY = """\
from obskit.dashboards import dashboard
from rules_src._version import VERSION
only = [dashboard(f"Only {n}", uid=f"only-{VERSION}-{n}", folder=f"Only {VERSION}", description="D.", panels=[]) for n in range(4)]
"""


def sources() -> Files:
    """Some dozens of built files that all depend on one module, and some that only one version of it makes."""
    boards = {f"dashboards_src/more_{n}.py": BOARD.format(number=n, folder=n % 3) for n in range(BOARDS)}
    rules = {f"rules_src/more_{n}.py": MODULE.format(number=n) for n in range(RULE_FILES)}
    return {**SHOP, **boards, **rules, "dashboards_src/only.py": ONLY}


def set_version(root: Path, version: int) -> None:
    write(root, {"rules_src/_version.py": f"VERSION = {version}\n"})


def started(root: Path, *arguments: str) -> int:
    """A child that runs the command and exits with its code."""
    child = os.fork()
    if child == 0:
        code = obskit(root, *arguments).code
        os._exit(code)
    return child


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def temporaries(root: Path) -> list[str]:
    return [path for path in tree(root) if path.endswith(".obskit-tmp")]


def kills(root: Path, count: int, seed: int) -> dict[str, int]:
    """Kills that many builds; how many left something half done, and how many left temporary files."""
    chance = random.Random(seed)
    write(root, sources())
    wanted = {}
    for version in (2, 1):
        set_version(root, version)
        began = time.monotonic()
        assert obskit(root, "build").code == 0
        wanted[version] = tree(root / "build")
    began = time.monotonic()
    assert ended(started(root, "build", "--no-cache")) == 0
    longest = (time.monotonic() - began) * 1.5
    found = {"kills": 0, "killed in vain": 0, "files of both": 0, "temporaries": 0, "checks that said fine": 0}
    now = 1
    while found["kills"] < count:
        before, now = now, 3 - now
        set_version(root, now)
        first = _inode(root)
        child = started(root, "build")
        moment = chance.choice(("any", "writing", "renaming"))
        if moment == "any":
            time.sleep(chance.uniform(0, longest))
        elif moment == "writing":
            _wait(child, lambda: any(name.endswith(".obskit-tmp") for name in os.listdir(root / FIRST.rpartition("/")[0])))
            time.sleep(chance.uniform(0, 0.02))
        else:
            _wait(child, lambda first=first: _inode(root) != first)
            time.sleep(chance.uniform(0, 0.003))
        os.kill(child, signal.SIGKILL)
        found["kills"] += 1
        found["killed in vain"] += ended(child) >= 0
        _look(root, wanted[before], wanted[now], found)
    return found


def _inode(root: Path) -> int:
    return os.stat(root / FIRST).st_ino


def _wait(child: int, reached: Callable[[], bool]) -> None:
    """Until the build has got that far, or has ended."""
    end = time.monotonic() + 60
    while time.monotonic() < end and not reached():
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return


def _look(root: Path, old: dict[str, bytes], new: dict[str, bytes], found: dict[str, int]) -> None:
    left = tree(root / "build")
    whole = {path: data for path, data in left.items() if not path.endswith(".obskit-tmp")}
    wrong = [path for path, data in whole.items() if data not in (old.get(path), new.get(path))]
    assert wrong == [], "neither old nor new"
    assert old.keys() & new.keys() <= whole.keys(), "a file of both is gone"
    found["files of both"] += whole not in (old, new)
    found["temporaries"] += bool(temporaries(root))
    code = ended(started(root, "build", "--check"))
    assert (code == 0) == (whole == new), f"build --check says {code}"
    found["checks that said fine"] += code == 0
    assert ended(started(root, "build")) == 0
    mended = tree(root / "build")
    assert mended == new, f"the next build did not mend {sorted(p for p in mended.keys() | new.keys() if mended.get(p) != new.get(p))}"
    assert temporaries(root) == []
    assert ended(started(root, "build", "--check")) == 0


def run(root: Path, count: int, seed: int, timeout: float) -> dict[str, int]:
    """The kills in a process of their own."""
    environment = {**os.environ, "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, __file__, str(root), str(count), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(kills(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
