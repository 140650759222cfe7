"""`obskit diff` of environments: each that is delivered is compared, and told is what it changes otherwise than the portable build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Ran, obskit, process, write
from test_diff_git import edit, git
from test_environments import FILES
from test_everywhere import PACKAGE, env, settings

PROD = 'environment "prod": rules prometheus/rules/shop.yaml (team-shop)\n    alert "ShopHighErrorRate": threshold 0.2 → 0.3\n'
TWO = ('[tool.obskit.env.prod]\nfolder_prefix = "Prod "', env("prod"), env("staging"))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with environments prod, which is in git, and staging, which nobody builds."""
    root = write(tmp_path / "shop", FILES, settings(*TWO), {".gitignore": ".obskit/\n__pycache__/\n"})
    edit(root, "rules_src/shop.py", 'f"Over {MOST:.0%}', '"Many')
    assert [obskit(root, "build").code, obskit(root, "build", "--env", "prod").code] == [0, 0]
    git(root, "init", "-q")
    committed(root)
    return root


def committed(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "built")


def louder(root: Path) -> None:
    edit(root, "pyproject.toml", 'env.prod.params]\nmost_errors = 0.2', "env.prod.params]\nmost_errors = 0.3")


def quieter(root: Path) -> None:
    edit(root, "rules_src/shop.py", '"most_errors", 0.10', '"most_errors", 0.15')


def later(root: Path) -> None:
    edit(root, "rules_src/shop.py", 'for_="2m"', 'for_="5m"')


def retitled(root: Path) -> None:
    edit(root, "dashboards_src/shop.py", "Shop operations", "The shop")


def second(root: Path) -> None:
    alert = 'second = Alert(name="Second", expr=error_ratio.over("5m") > 0.5, for_="2m", severity="critical", summary="s", description="d")'
    (root / "rules_src/shop.py").write_text((root / "rules_src/shop.py").read_text() + alert + "\n")


HEAD = "rules prometheus/rules/shop.yaml (team-shop)"
BOTH = "rules prometheus/rules/shop.yaml (team-shop, also in prod)"
BOARD = 'board "Shop operations" renamed to "The shop" (shop-operations, folder shop, team-shop, also in prod)\n'
ALERT = '    alert "ShopHighErrorRate": '
QUERY = """\
        query:
          + sum by (job) (rate(shop_requests_total{job="shop",status_code=~"5.."}[5m]))
          + /
          + (sum by (job) (rate(shop_requests_total{job="shop"}[5m])) > 0)
          + > 0.5
"""
CHANGES: list[tuple[tuple[Callable[[Path], None], ...], str, str]] = [
    # (what changes, what is told, the closing line)
    ((), "", "no difference"),
    ((louder,), PROD, 'no difference; environment "prod": 1 alert changed'),
    ((quieter,), f"{HEAD}\n{ALERT}threshold 0.1 → 0.15\n", '1 alert changed; environment "prod": no difference'),
    ((later,), f"{BOTH}\n{ALERT}for 2m → 5m\n", '1 alert changed; environment "prod": 1 alert changed'),
    ((retitled,), BOARD, '1 board changed; environment "prod": 1 board changed'),
    ((retitled, louder), f"{BOARD}\n{PROD}", '1 board changed; environment "prod": 1 board, 1 alert changed'),
    (
        (later, louder),
        f"{HEAD}\n{ALERT}for 2m → 5m\n\n{PROD.replace('0.3', '0.3; for 2m → 5m')}",
        '1 alert changed; environment "prod": 1 alert changed',
    ),
    (
        (second, louder),
        f'{HEAD}\n    alert "Second" added in group "shop" (also in prod): for 2m; severity critical\n{QUERY}\n{PROD}',
        '1 alert changed; environment "prod": 2 alerts changed',
    ),
]


@pytest.mark.parametrize(("changes", "said", "closing"), CHANGES)
def test_change_is_told_where_it_is(shop: Path, changes: tuple[Callable[[Path], None], ...], said: str, closing: str) -> None:
    for change in changes:
        change(shop)
    assert obskit(shop, "diff") == Ran(1 if changes else 0, said, f"{closing}\n")


def test_revision_is_compared_in_every_environment(shop: Path) -> None:
    git(shop, "tag", "v1")
    louder(shop)
    assert obskit(shop, "build", "--all-envs").code == 0
    shutil.rmtree(shop / "build/env/staging")
    committed(shop)
    assert obskit(shop, "diff").code == 0
    assert obskit(shop, "diff", "v1").out == PROD


def test_markdown_names_the_environment(shop: Path) -> None:
    louder(shop)
    ran = obskit(shop, "diff", "--format", "markdown")
    lines = ran.out.splitlines()
    assert (ran.code, lines[0]) == (1, '**No difference; environment "prod"&#58; 1 alert changed** against `HEAD`')
    assert lines[2].startswith('**environment "prod"&#58; rules ')
    assert lines[4] == '- alert "ShopHighErrorRate": threshold `0.2` → `0.3`'


def test_json_has_every_environment_that_was_compared(shop: Path) -> None:
    louder(shop)
    retitled(shop)
    told = json.loads(obskit(shop, "diff", "--format", "json").out)
    assert [(thing["kind"], thing["also"]) for thing in told["changes"]] == [("board", ["prod"])]
    ((one),) = told["environments"]
    assert (one["name"], one["state"], one["counts"]) == ("prod", "changed", {"board": 1, "alert": 1})
    assert [thing["kind"] for thing in one["changes"]] == ["rules"]


def test_rename_is_told_once(shop: Path) -> None:
    for path in ("rules_src/catalog/shop.py", "rules_src/shop.py"):
        (shop / path).write_text((shop / path).read_text().replace("status_code", "code"))
    ran = obskit(shop, "diff")
    assert ran.out.startswith('signal shop_requests_total: label "status_code" renamed to "code": 1 panel, 1 alert\n')
    assert ran.out.endswith("prometheus/rules/shop.yaml; also in prod\n")


def test_environment_that_comes_or_goes_is_one_line(shop: Path) -> None:
    obskit(shop, "build", "--env", "staging")
    assert obskit(shop, "diff").out == 'environment "staging" added: 1 board, 1 alert\n'
    write(shop, settings(env("staging")))
    ran = obskit(shop, "diff")
    assert (ran.code, ran.out.splitlines()) == (1, ['environment "prod" removed', "", 'environment "staging" added: 1 board, 1 alert'])


ASKED = [
    # (what changes, the environment, exit code, what is told)
    (louder, "prod", 1, PROD.removeprefix('environment "prod": ')),
    (quieter, "prod", 0, ""),
    (later, "prod", 1, f"{HEAD}\n{ALERT}for 2m → 5m\n"),
]


@pytest.mark.parametrize(("change", "name", "code", "said"), ASKED)
def test_one_environment_is_compared_alone(shop: Path, change: Callable[[Path], None], name: str, code: int, said: str) -> None:
    change(shop)
    ran = obskit(shop, "diff", "HEAD", "--env", name)
    assert (ran.code, ran.out) == (code, said)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--env", "pord"), 'there is no environment "pord"\n    hint: did you mean "prod"?'),
        (("a", "b", "--env", "prod"), "two sides are compared as they are: obskit diff --env prod [REV]"),
    ],
)
def test_environment_that_cannot_be_compared_is_a_wrong_call(shop: Path, words: tuple[str, ...], message: str) -> None:
    ran = obskit(shop, "diff", *words)
    assert (ran.code, ran.out, message in ran.err) == (2, "", True), ran.err


def test_what_is_wrong_in_an_environment_is_told_with_its_name(shop: Path) -> None:
    edit(shop, "pyproject.toml", "env.prod.params]\nmost_errors", "env.prod.params]\nmost_error")
    ran = obskit(shop, "diff")
    assert ran.out.startswith('pyproject.toml:4: error: environment "prod": no module declares the parameter "most_error" [environment]\n')
    assert (ran.code, "not complete" in ran.out) == (1, True)


def test_parameter_of_an_installed_package_is_each_environment_s(shop: Path) -> None:
    write(shop.parent / "lib", {"limits/__init__.py": PACKAGE})
    edit(shop, "rules_src/shop.py", 'MOST = Param("most_errors", 0.10, unit=units.RATIO)\n', "from limits import MOST\n")
    entry = ("-c", f"import sys; sys.path.append({str(shop.parent / 'lib')!r})\nfrom obskit.cli import main; main()")
    assert process(shop, "diff", entry=entry) == Ran(0, "", "no difference\n")
    louder(shop)
    assert process(shop, "diff", entry=entry).out == PROD
