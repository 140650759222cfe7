"""`--all-envs`: the portable build and every environment as one; what only an environment says is told with its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, process, tree, write
from store_trees import BOTH, board, plan, put
from test_environments import FILES

from obskit.errors import OutputError
from obskit.store import apply

CHECK = ("build", "--check", "--all-envs")
RULE = "build/env/prod/prometheus/rules/shop.yaml"
NEVER = 'rules_src/shop.py:8: error: {} alert "ShopHighErrorRate" can never fire:'


def settings(*tables: str) -> dict[str, str]:
    return {"pyproject.toml": "\n".join(tables) + "\n"}


def env(name: str, line: str = "most_errors = 0.2") -> str:
    return f"[tool.obskit.env.{name}.params]\n{line}"


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """A project whose environment prod is built and in git, beside one that nobody builds."""
    root = write(tmp_path / "project", FILES, settings(env("prod"), env("staging")))
    assert [obskit(root, "build").code, obskit(root, "build", "--env", "prod").code] == [0, 0]
    return root


CHANGES = [
    # (what prod sets, exit code, what is told, the closing line)
    ("most_errors = 0.2", 0, "", "4 files, 0 changed"),
    ("most_errors = 0.3", 1, f"stale    {RULE}  (made by rules_src/shop.py)", "4 files, 1 out of date: run obskit build --env prod"),
    ("most_errors = 1", 1, NEVER.format('environment "prod":'), "1 error in 3 modules; nothing was written"),
    ("most_error = 0.2", 1, 'pyproject.toml:2: error: environment "prod": no module declares the parameter "most_error"', "1 error in 3"),
    ('most_errors = "9ms"', 1, 'pyproject.toml:2: error: environment "prod": parameter "most_errors" is "9ms": its unit', "1 error in 3"),
]


@pytest.mark.parametrize(("line", "code", "said", "closing"), CHANGES)
def test_check_sees_what_an_environment_sets(delivered: Path, line: str, code: int, said: str, closing: str) -> None:
    write(delivered, settings(env("prod", line), env("staging")))
    ran = obskit(delivered, *CHECK)
    assert (ran.code, ran.out.startswith(said), ran.err.startswith(closing)) == (code, True, True), ran
    assert obskit(delivered, "build", "--check").code == 0, "which only reads the portable build"


@pytest.mark.parametrize(("line", "code", "said", "closing"), [row for row in CHANGES if "error" in row[2]])
def test_lint_sees_what_an_environment_sets(delivered: Path, line: str, code: int, said: str, closing: str) -> None:
    write(delivered, settings(env("prod", line), env("staging")))
    ran = obskit(delivered, "lint", "--all-envs")
    assert (ran.code, ran.out.startswith(said)) == (code, True), ran
    assert obskit(delivered, "lint").code == 0


TOLD = [
    # (what the environments set, the default, who never fires)
    ((env("prod", "most_errors = 1"), env("staging", "most_errors = 1")), "0.10", 'environments "prod", "staging":'),
    ((env("prod", "most_errors = 1"), env("staging")), "0.10", 'environment "prod":'),
    ((env("prod", "most_errors = 1"), env("staging")), "1.0", ""),
    ((env("prod", ""), env("staging", "")), "1.0", ""),
]


@pytest.mark.parametrize(("tables", "default", "who"), TOLD)
@pytest.mark.parametrize("call", [CHECK, ("lint", "--all-envs")], ids=" ".join)
def test_what_several_say_is_told_once(delivered: Path, call: tuple[str, ...], tables: tuple[str, ...], default: str, who: str) -> None:
    rules = FILES["rules_src/shop.py"].replace('"most_errors", 0.10', f'"most_errors", {default}')
    write(delivered, settings(*tables), {"rules_src/shop.py": rules})
    ran = obskit(delivered, *call)
    assert (ran.code, ran.out.count(" can never fire:")) == (1, 1), ran.out
    assert ran.out.startswith(NEVER.format(who).replace("  ", " "))


def test_module_that_raises_is_told_once(delivered: Path) -> None:
    write(delivered, {"rules_src/shop.py": "raise ValueError('no')\n"})
    for call in (CHECK, ("lint", "--all-envs")):
        ran = obskit(delivered, "--traceback", *call)
        assert (ran.code, ran.out.count("[module-error]"), ran.err.count("ValueError: no")) == (1, 1, 1), ran


@pytest.mark.parametrize("shown", ["github", "json", "sarif"])
def test_every_way_to_show_names_the_file_of_the_environment(delivered: Path, shown: str) -> None:
    write(delivered, settings(env("prod", "most_errors = 0.3"), env("staging")))
    ran = obskit(delivered, *CHECK, "--format", shown)
    assert (ran.code, ran.out.count(RULE)) == (1, 1)
    if shown == "json":
        assert [change["path"] for change in json.loads(ran.out)["changes"]] == [RULE]


def test_one_format_is_compared_everywhere(delivered: Path) -> None:
    write(delivered, settings(env("prod", "most_errors = 0.3"), env("staging")))
    assert obskit(delivered, *CHECK, "--only", "dashboards") == Ran(0, "", "2 files, 0 changed\n")
    assert obskit(delivered, *CHECK, "--only", "rules").code == 1


MENDS = [
    # (files that change, the build that mends them)
    ({"build/prometheus/rules/shop.yaml": "groups: []\n"}, "build"),
    ({RULE: None}, "build --env prod"),
    ({RULE: None, "build/prometheus/rules/shop.yaml": None}, "build --all-envs"),
]


@pytest.mark.parametrize(("files", "call"), MENDS)
def test_stale_files_name_the_build_that_mends_them(delivered: Path, files: dict[str, str | None], call: str) -> None:
    write(delivered, files)
    assert obskit(delivered, *CHECK).err.endswith(f" out of date: run obskit {call} and commit the result\n")
    assert obskit(delivered, *call.split()).code == 0
    assert obskit(delivered, *CHECK).code == 0


def test_all_is_built(delivered: Path) -> None:
    alone = tree(delivered / "build")
    assert obskit(delivered, "build", "--all-envs") == Ran(0, "", "6 files, 2 changed\n")
    assert obskit(delivered, *CHECK) == Ran(0, "", "6 files, 0 changed\n"), "what is there by now is compared"
    built = tree(delivered / "build")
    assert {path: data for path, data in built.items() if not path.startswith("env/staging/")} == alone
    assert obskit(delivered, "build", "--check", "--env", "staging") == Ran(0, "", "2 files, 0 changed\n")


def test_nothing_is_written_when_one_environment_is_refused(delivered: Path) -> None:
    before = tree(delivered / "build")
    board = FILES["dashboards_src/shop.py"].replace("Shop operations", "The shop")
    write(delivered, settings(env("prod"), env("staging", "most_errors = 1")), {"dashboards_src/shop.py": board})
    assert obskit(delivered, "build", "--all-envs").err == "1 error in 3 modules; nothing was written\n"
    assert tree(delivered / "build") == before
    assert obskit(delivered, "build", "--check").code == 1, "nor is it remembered as if it were"


def test_outputs_are_written_all_or_none(tmp_path: Path) -> None:
    """The second one cannot be: a file became a folder since it was planned."""
    plans = [plan(tmp_path, out, [board("a.json", "2\n")], BOTH) for out in ("build", "build/env/prod")]
    put(tmp_path, "build/env/prod/grafana/dashboards/a.json/in-the-way")
    with pytest.raises(OutputError):
        apply(*plans)
    assert [path for path in tree(tmp_path) if path.endswith("a.json")] == []


def test_nothing_changed_loads_nothing(delivered: Path) -> None:
    notes = delivered.parent / "notes"
    text = f"with open({str(notes)!r}, 'a') as file: file.write('x')\n{FILES['dashboards_src/shop.py']}"
    write(delivered, {"dashboards_src/shop.py": text})
    first = obskit(delivered, *CHECK)
    assert (first.code, notes.read_text()) == (0, "xxx")
    assert (obskit(delivered, *CHECK), notes.read_text()) == (first, "xxx")
    assert (obskit(delivered, "build", "--check", "--env", "staging").code, notes.read_text()) == (1, "xxxx"), "it is not there"
    write(delivered, settings(env("prod"), env("staging", "most_errors = 0.3")))
    assert (obskit(delivered, *CHECK).code, notes.read_text()) == (0, "xxxxxxx")
    assert (obskit(delivered, *CHECK, "--no-cache").code, notes.read_text()) == (0, "xxxxxxxxxx")


@pytest.mark.parametrize("call", [("build",), ("build", "--check"), ("build", "--check", "--format", "json"), ("lint",)], ids=" ".join)
def test_project_without_environments_sees_no_difference(tmp_path: Path, call: tuple[str, ...]) -> None:
    one, two = (write(tmp_path / name, SHOP) for name in ("one", "two"))
    assert obskit(one, *call) == obskit(two, *call, "--all-envs")
    assert obskit(one, *call) == obskit(two, *call, "--all-envs")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--env", "prod"), "--all-envs builds for every environment, and cannot be with --env", "obskit build --all-envs"),
        (("--watch",), "--all-envs builds for every environment, and cannot be with --watch", "obskit build --watch, or with --env NAME"),
    ],
)
def test_call_that_contradicts_itself_is_told(delivered: Path, words: tuple[str, ...], message: str, hint: str) -> None:
    assert obskit(delivered, "build", "--all-envs", *words) == Ran(2, "", f"obskit: error: {message}\n    hint: {hint}\n")


PACKAGE = """\
from obskit.catalog import Param, units

MOST = Param("most_errors", 0.10, unit=units.RATIO)
"""


def test_parameter_of_an_installed_package_is_each_environment_s(tmp_path: Path) -> None:
    rules = FILES["rules_src/shop.py"].replace('MOST = Param("most_errors", 0.10, unit=units.RATIO)\n', "from limits.errors import MOST\n")
    write(tmp_path / "lib", {"limits/__init__.py": "", "limits/errors.py": PACKAGE})
    root = write(tmp_path / "project", FILES, settings(env("prod"), env("staging", "most_errors = 0.3")), {"rules_src/shop.py": rules})
    entry = ("-c", f"import sys; sys.path.append({str(tmp_path / 'lib')!r})\nfrom obskit.cli import main; main()")
    assert process(root, "build", "--all-envs", entry=entry) == Ran(0, "", "6 files, 6 changed\n")
    texts = [(root / "build" / place / "prometheus/rules/shop.yaml").read_text() for place in ("", "env/prod", "env/staging")]
    assert ["> 0.1\n" in texts[0], "> 0.2\n" in texts[1], "> 0.3\n" in texts[2]] == [True] * 3, texts
    assert process(root, "lint", "--all-envs", entry=entry).code == 0
