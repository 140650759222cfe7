"""Times a watch of the shipped project from a save to the files written, and follows its memory. `python tests/bench/watch.py [ROUNDS]`.

Every round edits a panel's title in one board; the time ends when the built file holds it. Resident memory is the system's.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOARD = "dashboards_src/secure_pr_guard"


def main(rounds: int = 200) -> None:
    """Prints the seconds, and the memory after a few rounds and at the end."""
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        for name in ("dashboards_src", "rules_src", "build"):
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", project)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "obskit", "--project", scratch, "build", "--watch"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as watch:
            assert watch.stderr is not None
            while "Ctrl-C ends" not in watch.stderr.readline():
                pass
            _follow(project, watch, rounds)
            watch.terminate()


def _follow(project: Path, watch: subprocess.Popen[str], rounds: int) -> None:
    source = next(path for path in sorted((project / BOARD).rglob("[!_]*.py")))
    text = source.read_text()
    taken, memory = [], []
    for number in range(rounds):
        mark = f"Watched {number}"
        began = time.perf_counter()
        source.write_text(f"{text}\nfrom obskit.dashboards import dashboard, timeseries\n{_board(mark)}")
        place = project / "build/grafana/dashboards"
        while not any(mark in path.read_text() for path in place.rglob("watched.json")):
            time.sleep(0.002)
        taken.append(time.perf_counter() - began)
        assert watch.stderr is not None
        watch.stderr.readline()
        memory.append(_resident(watch.pid))
    print(f"{rounds} rounds, save to file written: {statistics.median(taken):.2f} s ({min(taken):.2f}-{max(taken):.2f})")
    marks = sorted({min(round_, rounds) for round_ in (1, 10, 50, 100, 150, rounds)})
    print("memory, MiB, after round: " + ", ".join(f"{mark}: {memory[mark - 1]:.1f}" for mark in marks))


def _board(mark: str) -> str:
    """One more board, whose query is another one each time."""
    query = f'sum by (job) (rate(up{{job="{mark}"}}[5m]))'
    chart = f"timeseries('P', {query!r}, unit='short', description='D.')"
    return f"watched = dashboard({mark!r}, uid='watched', folder='W', tags=('w',), description='D.', panels=[{chart}])\n"


def _resident(process: int) -> float:
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
