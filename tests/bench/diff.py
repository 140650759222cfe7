"""Measures `obskit diff A B` on many boards and rules: whole processes, processor seconds and peak memory, by how much differs.

    python tests/bench/diff.py [BOARDS] [RULES] [RUNS]

Boards have 20 panels of one query each, rule files a hundred alerts each. The tenth of the size shows whether the time is linear.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from obskit.cli import main; main()")
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
CASES = (("nothing differs", 0.0), ("one of a hundred differs", 0.01), ("everything differs", 1.0))


def main() -> None:
    """Prints one row a case: seconds as median (least-greatest), MiB at the peak."""
    boards, rules, runs = (int(given) for given in (*sys.argv[1:4], *("1000", "10000", "5")[len(sys.argv[1:4]) :]))
    print(f"{'case':52} {'s':>20} {'MiB':>6}")
    with tempfile.TemporaryDirectory() as scratch:
        for size in (10, 1):
            first = write(Path(scratch) / f"{size}-before", boards // size, rules // size, 0.0)
            for name, share in CASES:
                second = write(Path(scratch) / f"{size}-{share}", boards // size, rules // size, share)
                row(f"{boards // size} boards, {rules // size} rules: {name}", first, second, runs)


def write(folder: Path, boards: int, rules: int, share: float) -> Path:
    """A folder of boards and rule files, of which a share has another window, unit and threshold."""
    (folder / "rules").mkdir(parents=True)
    for number in range(boards):
        (folder / f"board-{number}.json").write_text(json.dumps(board(number, number < boards * share), indent=2))
    for number in range(rules // 100):
        (folder / "rules" / f"rules-{number}.yaml").write_text("".join(rule_lines(number, number < rules // 100 * share)))
    return folder


def board(number: int, other: bool) -> dict[str, Any]:
    """A board of 20 panels."""
    panels = []
    for index in range(20):
        query = f'sum by (route) (rate(requests_{number}_{index}_total{{job=~"$job", code=~"5.."}}[{"1m" if other else "5m"}]))'
        config = {"defaults": {"unit": "ms" if other else "s", "custom": {"lineWidth": 2, "fillOpacity": 10}}, "overrides": []}
        place = {"x": 12 * (index % 2), "y": 8 * (index // 2), "w": 12, "h": 8}
        targets = [{"refId": "A", "datasource": SOURCE, "editorMode": "code", "expr": query, "legendFormat": "{{route}}", "range": True}]
        options = {"legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True}}
        about = {"id": index + 1, "type": "timeseries", "title": f"Panel {index}", "description": "Requests by route.", "gridPos": place}
        panels.append({**about, "datasource": SOURCE, "targets": targets, "fieldConfig": config, "options": options})
    lists = {"templating": {"list": [{"type": "datasource", "name": "datasource", "query": "prometheus"}]}, "annotations": {"list": []}}
    time = {"from": "now-6h", "to": "now"}
    return {"uid": f"board-{number}", "title": f"Board {number}", "schemaVersion": 42, "time": time, "panels": panels, **lists}


def rule_lines(number: int, other: bool) -> Iterator[str]:
    """A rule file of a hundred alerts."""
    yield f"groups:\n  - name: group-{number}\n    rules:\n"
    for index in range(100):
        threshold = 0.2 if other else 0.1
        yield f"      - alert: Alert{number}x{index}\n"
        yield f'        expr: sum by (job) (rate(errors_{number}_{index}_total{{job="api"}}[5m])) > {threshold}\n'
        yield "        for: 5m\n        labels:\n          severity: page\n        annotations:\n          summary: Too many errors\n"


def row(name: str, first: Path, second: Path, runs: int) -> None:
    """One measured case."""
    found = [measured(first, second) for _ in range(runs)]
    seconds = [one for one, _ in found]
    spread = f"{statistics.median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
    print(f"{name:52} {spread:>20} {max(peak for _, peak in found):6.0f}", flush=True)


def measured(first: Path, second: Path) -> tuple[float, float]:
    """Processor seconds and peak MiB of one process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, "diff", str(first), str(second)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(said.decode()[-2000:])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
