"""The README's examples are run: what it says works, works, and the error it shows is the error there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import obskit, write

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
IMPORTS = (
    "from obskit.catalog import *; from obskit.catalog import units; from obskit.dashboards import *; from obskit.rules import *\n"
)


def blocks(language: str) -> list[str]:
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [text for name, text in fences if name == language]


def idea() -> dict[str, str]:
    """The files of the first example, by the path in the comment above each."""
    parts = re.split(r"^# (\S+\.py): .*\n", blocks("python")[0], flags=re.MULTILINE)[1:]
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    known = IMPORTS.strip()
    rules = f"{known}; from rules_src.catalog.shop import requests\n"
    boards = f"{known}; from rules_src.shop import error_ratio\n"
    heads = {"rules_src/catalog/shop.py": IMPORTS, "rules_src/shop.py": rules, "dashboards_src/shop.py": boards}
    return {"pyproject.toml": ""} | {path: heads[path] + text for path, text in files.items()}


def test_readme_s_idea_in_ten_lines_builds(tmp_path: Path) -> None:
    write(tmp_path, idea())
    done = obskit(tmp_path, "build")
    assert (done.code, sorted(path.name for path in (tmp_path / "build").rglob("*.*") if path.is_file())) == (0, ["shop.json", "shop.yaml"])


def test_readme_s_sections_build_as_one_project(tmp_path: Path) -> None:
    signals, queries, spans, boards, rules = blocks("python")[1:6]
    without_the_mistake = "".join(line for line in queries.splitlines(keepends=True) if "# error:" not in line)
    catalogue = signals + "from obskit.catalog import SpanAttribute\n" + spans + without_the_mistake
    write(
        tmp_path,
        {"pyproject.toml": "", "rules_src/catalog/shop.py": catalogue, "dashboards_src/shop.py": boards, "rules_src/shop.py": rules},
    )
    done = obskit(tmp_path, "build")
    assert (done.code, "error" in done.out) == (0, False), done.out


def test_readme_shows_the_error_there_is(tmp_path: Path) -> None:
    shown = next(block for block in blocks("") if "[unknown-metric]" in block)
    catalogue = "\n" * 2 + (
        'from obskit.catalog import Counter, Service\nshop = Service("shop", job="shop")\n'
        'requests = Counter("shop_requests_total", help="Requests served.", service=shop)\n'
    )
    board = (
        "from obskit.dashboards import dashboard, timeseries\n"
        'board = dashboard("Shop", uid="shop", panels=[\n\n'
        '    timeseries("Requests", "sum(rate(shop_request_total[5m]))", unit="reqps", description="Requests."),\n])\n'
    )
    write(tmp_path, {"pyproject.toml": "", "rules_src/catalog/shop.py": catalogue, "dashboards_src/shop.py": board})
    done = obskit(tmp_path, "build")
    assert (done.code, (done.out + done.err).strip()) == (1, shown.strip())


def test_readme_shows_the_alert_that_never_fires(tmp_path: Path) -> None:
    shown = next(block for block in blocks("") if "[never-fires]" in block)
    catalogue = (
        'from obskit.catalog import Counter, Label, Service\nshop = Service("shop", job="shop")\n'
        'requests = Counter("shop_requests_total", help="Requests served.", service=shop,'
        ' labels=(Label("code", pattern=r"[1-5][0-9][0-9]"),))\n'
    )
    alert = (
        "from obskit.rules import Alert\n\n"
        'high = Alert(name="ShopHighErrorRate", for_="5m", severity="critical", summary="Too many requests fail", expr=\'\'\''
        'sum by (job) (rate(shop_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(shop_requests_total[5m])) > 10\'\'\')\n'
    )
    write(tmp_path, {"pyproject.toml": "", "rules_src/catalog/shop.py": catalogue, "rules_src/shop.py": alert, "dashboards_src/.keep": ""})
    done = obskit(tmp_path, "build")
    assert (done.code, (done.out + done.err).strip()) == (1, shown.strip())


@pytest.mark.parametrize("mark", ["build", "tests"])
def test_readme_has_the_commands_that_ci_runs(mark: str) -> None:
    assert re.search(rf"^<!-- {mark} -->\n```sh\n\S.*\n```$", README, re.MULTILINE)


def test_readme_s_settings_are_the_defaults(tmp_path: Path) -> None:
    from obskit.settings import load

    shown = next(block for block in blocks("toml") if "[tool.obskit]" in block)
    (tmp_path / "pyproject.toml").write_text(shown.replace('levels = { panel-description = "off" }', ""))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pyproject.toml").write_text("")
    ours, default = load(tmp_path), load(tmp_path / "other")
    same = ("dashboards", "rules", "out", "formats", "folder", "catalogs", "inputs", "targets", "lint")
    assert [name for name in same if getattr(ours, name) != getattr(default, name)] == []
