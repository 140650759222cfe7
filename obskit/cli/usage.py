"""A call that cannot be understood, said in a line, and the call that was meant.

click says what is wrong by the kind of its exception; what was meant is worked out from the words that were given.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence

import click

from obskit.errors import ObskitError
from obskit.naming import nearest

_WORDS = {"help": "--help", "version": "--version"}
"""What other commands have as a command is an option here."""


def understood(error: click.ClickException, given: Sequence[str], cli: click.Group) -> ObskitError:
    """The same as an error of ours, with the corrected call as its hint; `given` are the words after `obskit`, `cli` is that."""
    words, ctx = list(given), getattr(error, "ctx", None) or _context(given, cli)
    if isinstance(error, click.NoSuchOption):
        return _option(error.option_name, words, ctx)
    if isinstance(error, click.MissingParameter):
        return ObskitError(f"{ctx.command_path} needs {_due(error.param)}", hint=_example(ctx))
    if isinstance(error, click.BadParameter):
        return _value(error, words, ctx)
    if isinstance(error, click.BadOptionUsage):
        return _usage(error, words, ctx)
    if match := re.search(r"No such command '(.*?)'", error.message):
        return _command(match[1], words, ctx)
    if match := re.search(r"unexpected extra arguments? \((.*)\)", error.message):
        extra = [word for word in words if f" {word} " in f" {match[1]} " and word not in ctx.command_path.split()]
        return _extra(extra or [match[1]], words, ctx)
    return ObskitError(error.format_message().rstrip("."), hint=_example(ctx))


def _command(name: str, words: list[str], ctx: click.Context) -> ObskitError:
    """A word where a command is due."""
    names = [other for other, _ in _commands(ctx)]
    path = ctx.command_path.split()
    message = f'there is no command "{" ".join((*path[1:], name))}"'
    if name in _WORDS:
        return ObskitError(message, hint=_line([*(word for word in words if word != name), _WORDS[name]]))
    if near := nearest(name, names):
        return ObskitError(message, hint=_line(_replaced(words, name, near)))
    return ObskitError(message, hint=f"{shlex.join((*path, '--help'))} tells of {', '.join(names)}")


def _option(name: str, words: list[str], ctx: click.Context) -> ObskitError:
    """An option that is not known where it stands: known elsewhere, written wrong, or known nowhere."""
    token = next((word for word in words if word.partition("=")[0] == name or (len(name) == 2 and word.startswith(name))), name)
    name, _, _ = token.partition("=")
    root = ctx.find_root()
    if ctx is not root and name in _options(root.command):
        moved = _moved(words, token, _options(root.command)[name], 0)
        return ObskitError(f'"{name}" goes before the command', hint=_line(moved))
    if isinstance(ctx.command, click.Group):
        for other, command in _commands(ctx):
            at = next((number for number, word in enumerate(words) if word == other and number > words.index(token)), None)
            if at is not None and name in _options(command):
                moved = _moved(words, token, _options(command)[name], len(words))
                return ObskitError(f'"{name}" goes behind the command', hint=_line(moved))
    known = _options(ctx.command)
    near = nearest(name, known) or nearest("-" + name, known) or next((one for one in known if one.startswith(name) and len(name) > 3), "")
    message = f'{ctx.command_path} has no option "{name}"'
    if near:
        return ObskitError(message, hint=_line(_replaced(words, token, near + token[len(name) :])))
    have = [other for other, command in _commands(root) if name in _options(command)]
    if have:
        return ObskitError(message, hint=f"it is an option of {' and '.join(f'obskit {one}' for one in have)}")
    return ObskitError(message, hint=f"{shlex.join((*ctx.command_path.split(), '--help'))} lists its options")


def _value(error: click.BadParameter, words: list[str], ctx: click.Context) -> ObskitError:
    """A value that an option or argument cannot have."""
    param = error.param
    choices = [str(one) for one in param.type.choices] if param is not None and isinstance(param.type, click.Choice) else []
    named = param.opts[-1] if isinstance(param, click.Option) else (param.name or "").upper() if param else ""
    if not choices:
        return ObskitError(f"{named}: {error.message.rstrip('.')}", hint=_example(ctx))
    wrong = next((value for value in _values(words) if f"'{value}'" in error.message or f'"{value}"' in error.message), "")
    message = f'{named} cannot be "{wrong}"'
    near = nearest(wrong, choices)
    if near:
        begun = next((word for word in words if word.endswith(f"={wrong}")), wrong)
        return ObskitError(message, hint=_line(_replaced(words, begun, begun.removesuffix(wrong) + near)))
    return ObskitError(message, hint="it is one of: " + ", ".join(choices))


def _usage(error: click.BadOptionUsage, words: list[str], ctx: click.Context) -> ObskitError:
    """An option without the value it needs, or with one that it does not take."""
    name = error.option_name
    token = next((word for word in words if word.startswith(f"{name}=")), "")
    option = _options(ctx.command).get(name)
    if token and option is not None and option.is_flag:
        return ObskitError(f'"{name}" takes no value', hint=_line(_replaced(words, token, name)))
    value = _metavar(option)
    at = words.index(name) + 1 if name in words else len(words)
    return ObskitError(f'"{name}" needs a value', hint=_line([*words[:at], _Plain(value), *words[at:]]))


def _extra(extra: list[str], words: list[str], ctx: click.Context) -> ObskitError:
    """Words more than a command takes."""
    word, rest = extra[0], words[::-1]
    for one in extra:  # the last of its kind: the first may be the command
        rest = _without(rest, one)
    rest, at = rest[::-1], words.index(word) if word in words else len(words)
    message = f'"{word}" is one word too many for {ctx.command_path}'
    if any(param.name == "text" for param in ctx.command.params) and not any(one.startswith("-") for one in words[at - 1 :]):
        return ObskitError(message, hint=_line([*words[: at - 1], " ".join(words[at - 1 :])]))
    if os.path.isfile(word):
        return ObskitError(message, hint=_line(["validate", word]))
    if os.path.isdir(word) and "--project" not in words:
        return ObskitError(message, hint=_line(["--project", word, *rest]))
    if "--select" in _options(ctx.command):
        return ObskitError(message, hint=_line([*rest, "--select", ",".join(extra)]))
    return ObskitError(message, hint=_line(rest))


class _Plain(str):
    """A word that is shown as it is: FILE, not 'FILE|URL'."""

    __slots__ = ()


def _line(words: Sequence[str]) -> str:
    return " ".join(("obskit", *(word if isinstance(word, _Plain) else shlex.quote(word) for word in words)))


def _replaced(words: Sequence[str], old: str, new: str) -> list[str]:
    """The words with the first that is `old` made `new`."""
    at = next((number for number, word in enumerate(words) if word == old), len(words))
    return [*words[:at], new, *words[at + 1 :]]


def _without(words: list[str], word: str) -> list[str]:
    return [*words[: words.index(word)], *words[words.index(word) + 1 :]] if word in words else words


def _moved(words: list[str], token: str, option: click.Option, to: int) -> list[str]:
    """The words with an option, and the value that follows it, at another place: at the beginning (0), or at the end."""
    at = words.index(token)
    taken = 1 if option.is_flag or "=" in token else 2
    part, rest = words[at : at + taken], [*words[:at], *words[at + taken :]]
    return [*part, *rest] if to == 0 else [*rest, *part]


def _values(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield word
        yield word.partition("=")[2]


def _options(command: click.Command) -> dict[str, click.Option]:
    return {name: param for param in command.params if isinstance(param, click.Option) for name in (*param.opts, *param.secondary_opts)}


def _commands(ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    if isinstance(group := ctx.command, click.Group):
        for name in group.list_commands(ctx):
            if command := group.get_command(ctx, name):
                yield name, command


def _metavar(param: click.Parameter | None) -> str:
    if param is None:
        return "VALUE"
    if isinstance(param.type, click.Choice):
        return "|".join(map(str, param.type.choices))
    return param.metavar or (param.name or "value").upper()


def _due(param: click.Parameter | None) -> str:
    """What an argument is called, and what it may be."""
    if param is None or not isinstance(param.type, click.Choice):
        return _metavar(param)
    *most, last = map(str, param.type.choices)
    return f"{(param.name or '').upper()}: {', '.join(most)} or {last}"


def _context(given: Sequence[str], cli: click.Group) -> click.Context:
    """The context of the command that the words name, as far as they name one."""
    ctx = click.Context(cli, info_name="obskit")
    for word in given:
        if isinstance(ctx.command, click.Group) and (command := ctx.command.get_command(ctx, word)):
            ctx = click.Context(command, parent=ctx, info_name=word)
    return ctx


def _example(ctx: click.Context) -> str:
    """The call that the command's help shows."""
    found = re.search(r"Example:\n\s+(.*)", ctx.command.help or "")
    return found[1].split("  #")[0].rstrip() if found else f"{ctx.command_path} --help"
