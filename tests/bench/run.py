"""Measures obskit beside raw grafanalib on the same boards, in turn, in one run; prints medians, spread and ratios.

    python tests/bench/run.py [RUNS]

Whole processes: processor seconds (user and system) and peak memory as the system accounts them. Ratios are taken pair
by pair, so that they hold when the machine's speed drifts.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import boards

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Run:
    """Processor seconds and peak memory (MiB) of one process."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Case:
    """A project, what obskit is asked, and the grafanalib command on the same boards."""

    name: str
    project: Path
    command: Sequence[str]
    peer: Sequence[str]


def main() -> None:
    """Prints one row a case."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "obskit")], check=False)
    with tempfile.TemporaryDirectory() as scratch:
        cases = list(_cases(Path(scratch)))
        print(f"{'case':44} {'obskit s':>18} {'grafanalib s':>18} {'ratio':>20} {'MiB':>12}")
        for case in cases:
            print(_row(case, runs), flush=True)


def _cases(scratch: Path) -> Sequence[Case]:
    one = boards.write(scratch / "one", 1, 20)
    many = boards.write(scratch / "many", 100, 20)
    shipped = scratch / "shipped"
    for name in ("pyproject.toml", "dashboards_src", "rules_src"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, _made(shipped) / name)
    wrapped = _wrapped(shipped, scratch / "wrapped")
    single = [str(BIN / "generate-dashboard"), "-o", os.devnull, *_boards(one)]
    build, check = ("build", "--no-cache"), ("build", "--check")
    return [
        Case("one board of 20 panels, cold", one, build, single),
        Case("the shipped project, cold", shipped, build, [str(BIN / "generate-dashboards"), *wrapped]),
        Case("100 boards of 20 panels, every check", many, build, [str(BIN / "generate-dashboards"), *_boards(many)]),
        Case("no change, shipped project (peer: one board)", shipped, check, single),
        Case("no change, 100 boards (peer: one board)", many, check, single),
    ]


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _boards(project: Path) -> list[str]:
    return sorted(str(path) for path in (project / "dashboards_src").glob("*.dashboard.py"))


def _wrapped(project: Path, folder: Path) -> list[str]:
    """The shipped boards as modules that grafanalib's own command reads."""
    made = []
    _made(folder)
    for path in sorted((project / "dashboards_src").rglob("[!_]*.py")):
        module = ".".join(path.relative_to(project).with_suffix("").parts)
        text = (
            f"import sys; sys.path.insert(0, {str(project)!r})\nimport {module} as m\nfrom grafanalib.core import Dashboard\n"
            "dashboard = next(value for value in vars(m).values() if isinstance(value, Dashboard)).auto_panel_ids()\n"
        )
        made.append(folder / f"{path.stem}.dashboard.py")
        made[-1].write_text(text)
    return [str(path) for path in made]


def _row(case: Case, runs: int) -> str:
    obskit = [str(BIN / "obskit"), "--project", str(case.project), *case.command]
    measure([str(BIN / "obskit"), "--project", str(case.project), "build"])
    measure(case.peer)
    pairs = [(measure(obskit), measure(case.peer)) for _ in range(runs)]
    ours, theirs = [mine.seconds for mine, _ in pairs], [peer.seconds for _, peer in pairs]
    ratios = [mine.seconds / peer.seconds for mine, peer in pairs]
    memory = f"{max(mine.memory for mine, _ in pairs):.0f}/{max(peer.memory for _, peer in pairs):.0f}"
    return f"{case.name:44} {_spread(ours):>18} {_spread(theirs):>18} {_spread(ratios):>20} {memory:>12}"


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def measure(command: Sequence[str], *, cwd: Path | None = None) -> Run:
    """Runs a command to its end, which must be good."""
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:200]} failed:\n{said.decode()[-2000:]}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
