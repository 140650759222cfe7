"""Builds that are killed, and builds at the same time: real processes on real files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import obskit
from obskit.errors import OutputError
from obskit.store import locked

TREES = """
import os, random, signal, sys, time
from pathlib import Path
from obskit.artifact import Artifact, Territory
from obskit.store import apply, locked, plan

root, at = Path(sys.argv[1]), "grafana/dashboards/"
territories = [Territory(format="dashboards", folder="grafana/dashboards", suffix=".json")]

def texts(name):
    both = {f"{at}{number % 3}/{number}.json": name * 20_000 for number in range(12)}
    return both | {f"{at}only-{name}/{number}.json": name * 100 for number in range(3)}

def plan_of(name):
    made = [Artifact(path=path, text=text, format="dashboards") for path, text in texts(name).items()]
    return plan(root, "build", made, territories)

def on_disk():
    found = {}
    for folder, _, files in os.walk(root / "build"):
        for file in files:
            place = Path(folder, file)
            found[place.relative_to(root / "build").as_posix()] = place.read_text()
    return found
"""

KILLS = (
    TREES
    + """
old, new = texts("a"), texts("b")
rng, left = random.Random(1), 0
apply(plan_of("a"))
for _ in range(40):
    ready, started = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(started, b"!")
        while True:
            apply(plan_of("b"))
            apply(plan_of("a"))
    os.read(ready, 1)
    os.close(ready), os.close(started)
    time.sleep(rng.uniform(0.0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = on_disk()
    whole = {path: text for path, text in found.items() if not path.endswith(".obskit-tmp")}
    left += len(found) > len(whole)
    for path, text in whole.items():
        assert text in (old.get(path), new.get(path)), path
    assert set(old) & set(new) <= set(whole), "a file of both trees is gone"
    name = rng.choice("ab")
    apply(plan_of(name))
    assert on_disk() == texts(name)
print(left)
"""
)

WRITER = (
    TREES
    + """
for _ in range(15):
    with locked(root, 30.0):
        apply(plan_of(sys.argv[2]))
        assert on_disk() == texts(sys.argv[2])
"""
)

HOLDER = """
import sys, time
from pathlib import Path
from obskit.store import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(obskit.__file__).parents[1])}


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    with start(HOLDER, root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_apply_that_is_killed_leaves_whole_files_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    with start(KILLS, tmp_path) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert int(out) > 0, "no kill landed while temporaries were there: the test has proved nothing"


def test_apply_of_two_processes_under_the_lock_ends_in_one_of_the_trees(tmp_path: Path) -> None:
    with start(WRITER, tmp_path, "a") as one, start(WRITER, tmp_path, "b") as other:
        ends = [process.communicate(timeout=60)[1] for process in (one, other)]
    assert ends == ["", ""]
    read = {path.read_text()[0] for path in (tmp_path / "build").rglob("*.json")}
    assert read in ({"a"}, {"b"})


def test_lock_that_is_held_names_the_process(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        began = time.monotonic()
        with pytest.raises(OutputError) as refused, locked(tmp_path, 0.2):
            pass
        assert time.monotonic() - began >= 0.2
    assert refused.value.message == f"another build is running (process {process.pid})"
    assert f"end process {process.pid}" in refused.value.hint


def test_lock_that_is_optional_still_waits_for_a_build(tmp_path: Path) -> None:
    with holder(tmp_path), pytest.raises(OutputError, match="another build is running"), locked(tmp_path, 0.0, optional=True):
        pass


def test_lock_is_free_once_its_process_is_killed(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with locked(tmp_path, 0.0) as held:
            assert held


def test_lock_is_taken_as_soon_as_it_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        timer = threading.Timer(0.2, process.kill)
        timer.start()
        with locked(tmp_path, 20.0) as held:
            assert held
        timer.join()


def test_lock_survives_the_deletion_of_its_file_while_waiting(tmp_path: Path) -> None:
    with holder(tmp_path) as process:

        def delete() -> None:
            (tmp_path / ".obskit/lock").unlink()
            process.kill()

        timer = threading.Timer(0.2, delete)
        timer.start()
        with locked(tmp_path, 20.0), pytest.raises(OutputError), locked(tmp_path, 0.0):
            pass
        timer.join()


def test_lock_is_free_after_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path, 0.0) as held:
        assert held


def test_lock_ignores_itself_in_git(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert (tmp_path / ".obskit/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("linked", [".obskit", ".obskit/lock"])
def test_lock_does_not_follow_a_link(tmp_path: Path, linked: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/text").write_text("mine\n")
    (tmp_path / linked).parent.mkdir(exist_ok=True)
    (tmp_path / linked).symlink_to(tmp_path / ("mine" if linked == ".obskit" else "mine/text"))
    with pytest.raises(OutputError, match="cannot lock"), locked(tmp_path):
        pass
    with locked(tmp_path, optional=True) as held:
        assert not held
    assert ([path.name for path in (tmp_path / "mine").iterdir()], (tmp_path / "mine/text").read_text()) == (["text"], "mine\n")


def test_lock_that_is_not_there_stays_out_of_the_errors_of_the_body(tmp_path: Path) -> None:
    with pytest.raises(KeyError) as raised, locked(tmp_path / "none", optional=True):
        raise KeyError
    assert raised.value.__context__ is None


def test_lock_of_a_missing_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot lock"), locked(tmp_path / "none"):
        pass
