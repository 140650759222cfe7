"""A small project on disk, and what `obskit` does with it."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from obskit.cli import main

ENTRY = ("-c", "from obskit.cli import main; main()")
REPOSITORY = Path(__file__).parent.parent

CATALOG = """\
from obskit.catalog import Counter, Label, Service, units

shop = Service("shop", job="shop", scrape_interval="15s", owner="team-shop", runbook="https://runbooks.example.com/{alert}")
endpoint = Label("endpoint", at_most=50)
status_code = Label("status_code", pattern=r"[1-5]\\d\\d", zero=("200", "400", "500"))
requests = Counter("shop_requests_total", help="Requests served.", service=shop, unit=units.COUNT, labels=(endpoint, status_code))
"""
RULES = """\
from obskit.catalog import regex
from obskit.rules import Alert
from rules_src.catalog.shop import requests

error_ratio = requests.where(status_code=regex("5..")).rate().sum(by="job") / requests.rate().sum(by="job").guarded()
high_errors = Alert(
    name="ShopHighErrorRate",
    expr=error_ratio.over("5m") > 0.10,
    for_="2m",
    severity="critical",
    summary="Over 10 % of requests fail",
    description="{{ $value | humanizePercentage }} of requests to {{ $labels.job }} fail.",
)
"""
BOARD = """\
from obskit.dashboards import dashboard, row, timeseries
from rules_src.catalog.shop import requests
from rules_src.shop import error_ratio

operations = dashboard("Shop operations", uid="shop-operations", folder="Shop", tags=("shop",), description="How the shop does.", panels=[
    row("Traffic", [timeseries("Requests", requests.rate().sum(by="endpoint")),
                    timeseries("Error ratio", error_ratio, thresholds=(0.01, 0.05))])])
"""
SHOP = {
    "pyproject.toml": "[tool.obskit]\n",
    "rules_src/catalog/shop.py": CATALOG,
    "rules_src/shop.py": RULES,
    "dashboards_src/shop.py": BOARD,
}
"""The project of the design's front page: two built files."""

BUILT = ("build/grafana/dashboards/shop/shop-operations.json", "build/prometheus/rules/shop.yaml")

Files = Mapping[str, str | bytes | None]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run said; `err` is standard error."""

    code: int
    out: str
    err: str


def write(root: Path, *layers: Files) -> Path:
    """The files of the layers below `root`; None takes a file of an earlier layer away."""
    for path, text in {path: text for files in layers for path, text in files.items()}.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
        elif place.exists():
            place.unlink()
    return root


def obskit(root: Path | None, *arguments: str) -> Ran:
    """`obskit --project root …` in this process; without a root, `obskit …` in the working folder."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([*(() if root is None else ("--project", str(root))), *arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            gc.enable()  # which the command leaves to a process that ends
    return Ran(code, out.getvalue(), err.getvalue())


def process(
    cwd: Path,
    *arguments: str,
    python: str = sys.executable,
    options: tuple[str, ...] = (),
    entry: tuple[str, ...] = ENTRY,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """`obskit …` as a process of its own, in `cwd`; `options` are Python's."""
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
    command = [python, *options, *entry, *arguments]
    done = subprocess.run(command, cwd=cwd, env=known, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def repository(root: Path) -> Path:
    """The folder as the root of a repository, whatever lies around it."""
    (root / ".git").mkdir(parents=True, exist_ok=True)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` and its bytes; a link is given as what it points to."""
    return {
        place.relative_to(folder).as_posix(): b"-> " + os.fsencode(os.readlink(place)) if place.is_symlink() else place.read_bytes()
        for place in sorted(folder.rglob("*"))
        if place.is_symlink() or place.is_file()
    }
