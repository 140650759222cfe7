"""What a shell is offered on TAB where click knows no answer: ids of checks, formats of the output, files and folders.

No module of an author is run for it, and what is wrong with a project is no matter here: then less is offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from obskit import settings
from obskit.errors import ObskitError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def check_ids(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG001  # click's signature
    """The ids of checks; of several with commas, the last one."""
    from obskit.lint.pages import checks, others

    before, comma, _ = incomplete.rpartition(",")
    given = {part.strip() for part in before.split(",")}
    known = _settings(ctx)
    try:
        ids = checks(known.plugins if known else ())
    except ObskitError:  # a plug-in that is not installed
        ids = checks()
    return _starting([before + comma + name for name in sorted({*ids, *others()} - given)], incomplete)


def formats(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG001  # click's signature
    """The formats that are enabled in the project."""
    known = _settings(ctx)
    return _starting(known.formats if known else (), incomplete)


def environments(ctx: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG001  # click's signature
    """The environments that the project declares."""
    known = _settings(ctx)
    return _starting(sorted(known.env) if known else (), incomplete)


def files(ctx: click.Context, argument: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG001  # click's signature
    return _places(incomplete, "file")


def folders(ctx: click.Context, argument: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG001  # click's signature
    return _places(incomplete, "dir")


def _starting(names: Iterable[str], incomplete: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem  # only who presses TAB pays for it

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _places(incomplete: str, kind: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type=kind)]


def _settings(ctx: click.Context) -> settings.Settings | None:
    try:
        return settings.near(ctx.find_root().params.get("project") or ".")
    except (ObskitError, OSError):
        return None
