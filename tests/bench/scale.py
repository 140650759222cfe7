"""Measures obskit on projects of growing size: what a build costs must grow with the project and no faster.

    python tests/bench/scale.py [RUNS] [BOARDS...]

Every board has 20 panels, each with a query of its own, and for every board there are ten rules. Whole processes: processor
seconds (user and system) as median (least-greatest), and the greatest peak memory. The growth is that from the smallest
project to the greatest, divided by that of the project: 1 is linear.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import boards
from run import ROOT, Run, measure

PANELS, RULES, FILE = 20, 10, 100
"""Panels of a board, rules for a board, rules in a module."""
MODULE = '''\
from obskit.catalog import Counter, Label, Service
from obskit.rules import Alert, Record

worker = Service("worker-{number}", job="worker-{number}", runbook="https://runbooks.example.com/{{alert}}")
queue = Label("queue", at_most=500)
jobs = Counter("worker_{number}_jobs_total", help="Jobs done.", service=worker, labels=(queue,))
rates = [
    Record(name=f"job:worker_{number}_jobs_{{n}}:rate5m", expr=jobs.where(queue=f"q{{n}}").rate("5m").sum(by="job")) for n in range({half})
]
slow = [
    Alert(
        name=f"Worker{number}Slow{{n}}", expr=f"job:worker_{number}_jobs_{{n}}:rate5m < {{n}} + 1", for_="5m", severity="warning",
        summary="Few jobs are done", description="{{{{ $value | humanize }}}} jobs a second.",
    )
    for n in range({half})
]
'''


def main(runs: int = 3, sizes: Sequence[int] = (250, 500, 1000)) -> None:
    """Prints one row a project and command, and the growth of each command."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "obskit")], check=False)
    found: dict[tuple[str, int], list[Run]] = {}
    print(f"{'command':26} {'boards':>6} {'rules':>6} {'seconds':>22} {'MiB':>5}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            project = write(Path(scratch), size)
            for name, command in COMMANDS.items():
                found[name, size] = [_measured(project, command, fresh=name == "build") for _ in range(runs)]
                print(_row(name, size, found[name, size]), flush=True)
    for name in COMMANDS:
        small, great = found[name, sizes[0]], found[name, sizes[-1]]
        seconds = statistics.median(run.seconds for run in great) / statistics.median(run.seconds for run in small)
        memory = max(run.memory for run in great) / max(run.memory for run in small)
        scale = sizes[-1] / sizes[0]
        print(f"growth of {name}: seconds {seconds / scale:.2f}, memory {memory / scale:.2f}")


COMMANDS = {
    "build": ("build", "--no-cache"),
    "build --check, no change": ("build", "--check"),
    "build --check --no-cache": ("build", "--check", "--no-cache"),
}


def write(folder: Path, size: int) -> Path:
    """A project of so many boards and ten times as many rules."""
    boards.write(folder, size, PANELS)
    for number in range(size * RULES // FILE):
        (folder / "rules_src" / f"worker_{number:03}.py").write_text(MODULE.format(number=number, half=FILE // 2))
    return folder


def _measured(project: Path, command: Sequence[str], *, fresh: bool) -> Run:
    """One run; a fresh one writes every file."""
    if fresh:
        shutil.rmtree(project / "build", ignore_errors=True)
    return measure([sys.executable, "-m", "obskit", "--project", str(project), *command], cwd=ROOT)


def _row(name: str, size: int, taken: Sequence[Run]) -> str:
    seconds = [run.seconds for run in taken]
    spread = f"{statistics.median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
    return f"{name:26} {size:6} {size * RULES:6} {spread:>22} {max(run.memory for run in taken):5.0f}"


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*given[:1], *([given[1:]] if given[1:] else []))
