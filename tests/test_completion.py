"""Completion in real shells: what is offered where, nothing of an author's run for it, nothing heavy imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SHOP, obskit, process, write
from shells import offered, typed
from test_house import HEAVY

SHELLS = ("bash", "zsh", "fish")
LOUD = "open('was_run', 'w').close()\n"
OFFERS = [
    # (line, among what is offered, not among it)
    ("obskit ", {"build", "lint", "completion"}, {"--quiet"}),
    ("obskit bu", {"build"}, {"lint"}),
    ("obskit --", {"--project", "--quiet"}, {"build", "--check"}),
    ("obskit build --", {"--check", "--only"}, {"--quiet", "--select"}),
    ("obskit build --format ", {"text", "json", "github", "sarif"}, {"--check"}),
    ("obskit build --format=", {"json"}, {"--check"}),
    ("obskit build --format=js", {"json"}, {"text"}),
    ("obskit build --only ", {"dashboards", "rules"}, {"share"}),
    ("obskit lint --explain never-", {"never-fires"}, {"panel-unit"}),
    ("obskit lint --select unknown-m", {"unknown-metric"}, {"unknown-label"}),
    ("obskit lint --select unknown-metric,unknown-", {"unknown-metric,unknown-label"}, {"unknown-metric,unknown-metric"}),
    ("obskit lint --select unknown-metric,panel-un", {"unknown-metric,panel-unit"}, {"panel-unit"}),
    ("obskit --quiet lint --ignore st", {"stale", "static-regex"}, {"panel-unit"}),
    ("obskit catalog ", {"scrape", "uses"}, {"build"}),
    ("obskit query ", {"promql", "traceql"}, {"build"}),
    ("obskit query promql up --as ", {"panel", "alert", "record"}, set()),
    ("obskit completion ", {"bash", "zsh", "fish"}, set()),
]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write(tmp_path / "shop", SHOP, {"dashboards_src/loud.py": LOUD})


@pytest.mark.parametrize(("line", "there", "absent"), OFFERS, ids=[line for line, _, _ in OFFERS])
@pytest.mark.parametrize("shell", SHELLS)
def test_shell_offers(shop: Path, shell: str, line: str, there: set[str], absent: set[str]) -> None:
    before = "--format=" if "=" in line and shell != "bash" else ""
    found = {word.removeprefix(before) for word in offered(shell, shop, line)}
    assert (there - found, absent & found) == (set(), set()), found
    assert not (shop / "was_run").exists(), "a module of the author's was run"


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_shell_offers_files_where_a_file_is_due(shop: Path, shell: str) -> None:
    assert "pyproject.toml" in offered(shell, shop, "obskit validate py" if shell == "fish" else "obskit validate ")


TYPED = [
    ("obskit bu", "obskit build "),
    ("obskit build --format=js", "obskit build --format=json "),
    ("obskit validate pyp", "obskit validate pyproject.toml "),
    ("obskit diff pyp", "obskit diff pyproject.toml "),
    ("obskit --project dash", "obskit --project dashboards_src/"),
    ("obskit lint --select panel-title,panel-unit-", "obskit lint --select panel-title,panel-unit-mismatch "),
]


@pytest.mark.parametrize(("line", "becomes"), TYPED, ids=[line for line, _ in TYPED])
def test_bash_completes_what_is_typed(shop: Path, line: str, becomes: str) -> None:
    assert becomes in typed(shop, line, becomes)


@pytest.mark.parametrize("toml", ["[", "[tool.obskit]\nnonsense = 1\n", '[tool.obskit]\nplugins = ["gone"]\n'])
def test_project_that_is_wrong_does_not_keep_a_shell_from_completing(shop: Path, toml: str) -> None:
    write(shop, {"pyproject.toml": toml})
    assert "never-fires" in offered("bash", shop, "obskit lint --explain never")


@pytest.mark.parametrize(
    "words", ["obskit ", "obskit build --", "obskit lint --select un", "obskit build --only da", "obskit catalog uses "]
)
def test_tab_imports_nothing_heavy(shop: Path, words: str) -> None:
    count = len(words.split()) - (0 if words.endswith(" ") else 1)
    told = {"_OBSKIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    ran = process(shop, options=("-X", "importtime"), environment=told)
    seen = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines() if line.startswith("import time:")}
    assert (ran.code, "click" in seen, seen & HEAVY) == (0, True, set())


@pytest.mark.parametrize("shell", SHELLS)
def test_script_is_the_same_everywhere(tmp_path: Path, shell: str) -> None:
    script = obskit(None, "completion", shell)
    assert (script.code, script.err) == (0, "")
    assert script == process(tmp_path, "completion", shell)
    assert str(tmp_path) not in script.out
