"""The help of every command: a summary that fits, exactly one example, and the example is right."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from project import SHOP, obskit, process, write

from obskit.cli.main import cli

FILES = {
    "shop/pyproject.toml": "[tool.obskit]\n",
    "shop/rules_src/empty.py": "",
    "dashboards/shop.json": '{"title": "Shop", "uid": "shop", "panels": [], "schemaVersion": 42}\n',
    "rules.yaml": "groups: []\n",
}
RUN = ("build", "catalog", "catalog uses", "completion", "lint", "query", "validate", "")
"""Commands whose examples are run; one that asks a server, or goes on, is only parsed."""


def commands(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command there is, by what is written after `obskit`; the command itself has no name."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            yield from commands(inner, (*path, name))


ALL = dict(commands())


def page(name: str) -> str:
    ran = obskit(None, *name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def example(name: str) -> list[str]:
    """The words of the example on a command's page, without `obskit` and what a shell takes for itself."""
    lines = re.findall(r"(?m)^  Example:\n((?:    .*\n)+)", page(name))
    assert len(lines) == 1, "exactly one example"
    (line,) = lines[0].splitlines()
    words = shlex.split(line, comments=True)
    assert words[0] == "obskit"
    return words[1 : words.index(">") if ">" in words else None]


@pytest.mark.parametrize("name", ALL)
def test_page_fits_a_narrow_terminal(name: str) -> None:
    assert [line for line in page(name).splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", ALL)
def test_example_is_a_call_of_the_command(name: str) -> None:
    words, ctx = example(name), click.Context(cli, info_name="obskit")
    path = name.split()
    if path:
        assert words[: len(path)] == path
        ctx = ALL[name].make_context(path[-1], words[len(path) :], parent=ctx)
    assert ctx is not None


@pytest.mark.parametrize("name", [name for name in ALL if name in RUN])
def test_example_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    write(tmp_path, SHOP, FILES)
    obskit(tmp_path, "build")
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, *example(name))
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize("name", [name for name, command in ALL.items() if isinstance(command, click.Group)])
def test_summaries_are_whole(name: str) -> None:
    listed = re.search(r"(?m)^Commands:\n((?:  .*\n)+)", page(name))
    assert listed
    lines = listed[1].splitlines()
    assert [line for line in lines if not re.fullmatch(r"  [a-z][a-z-]* +[A-Z].*\.", line) or line.endswith("...")] == []


def test_commands_are_listed_as_a_newcomer_needs_them() -> None:
    names = re.findall(r"(?m)^  ([a-z-]+)  +[A-Z]", page("").partition("Commands:")[2])
    wanted = [name for name in ("init", "build", "lint", "test", "diff", "validate", "query", "catalog") if name in names]
    assert names == [*wanted, *sorted(set(names) - set(wanted))]


@pytest.mark.parametrize("name", ALL)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [param.opts[-1] for param in ALL[name].params if isinstance(param, click.Option) and not (param.help or "").strip()]
    assert silent == []


def test_command_alone_shows_the_help(tmp_path: Path) -> None:
    ran = process(tmp_path)
    assert "Example:" in ran.out + ran.err
