"""The page of every finding there can be: what it says, at which level, with examples; read from docstrings, never listed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from obskit import rooms
from obskit.errors import SettingsError
from obskit.finding import Severity
from obskit.lint.elsewhere import FOREIGN
from obskit.lint.others import REPORTS, WAIVERS
from obskit.naming import file_id
from obskit.origin import Origin
from obskit.settings import FILE, Lint

ROOM = "obskit.lint.checks"
TITLES = ("Settings:", "Bad:", "Good:")
_UNDECLARED = frozenset(("unknown-metric", "metric-suffix", "unknown-attribute", "unknown-service"))  # what `unknown` is the level of
_LEVELS: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What there is to know about the findings of one id.

    `level` is the one they have in this project, None when the check is off; `usual` the one without settings. `first` is
    one sentence, `prose` the text below it; `settings`, `bad` and `good` are the examples, dedented. Only what is
    `waivable` is a lint check; what is `settable` may be given a level.
    """

    id: str
    level: Severity | None
    usual: Severity
    first: str
    prose: str
    settings: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    waivable: bool = False
    settable: bool = False


def pages(plugins: Iterable[str] = (), lint: Lint | None = None) -> tuple[Page, ...]:
    """The pages of all checks and of all other findings, sorted by id. Raises SettingsError for a plug-in that is missing."""
    chosen = lint or Lint()
    found = [
        _page(check_id(module), module.LEVEL, module.__doc__ or "", chosen, waivable=True, settable=True) for module in modules(plugins)
    ]
    found += [_page(name, other.level, other.text, chosen, settable=True) for name, other in WAIVERS.items()]
    found += [_page(name, other.level, other.text, Lint()) for name, other in {**REPORTS, **FOREIGN}.items()]
    return tuple(sorted(found, key=lambda page: page.id))


def checks(plugins: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of all checks and of what the frame says of waivers, sorted; no check is imported."""
    found = {name for package in packages(plugins) for name in rooms.names(package)}
    return tuple(sorted(found | WAIVERS.keys()))


def others() -> frozenset[str]:
    """The ids of findings that are not made by a check: they have one level and cannot be waived."""
    return frozenset(REPORTS) | frozenset(FOREIGN)


def check_id(module: ModuleType) -> str:
    return file_id(module.__name__.rpartition(".")[2])


def modules(plugins: Iterable[str]) -> list[ModuleType]:
    """The modules of all checks, imported."""
    return [module for package in packages(plugins) for module in rooms.rooms(package)]


def packages(plugins: Iterable[str]) -> tuple[str, ...]:
    """The packages that hold checks. Raises SettingsError for a plug-in that cannot be imported."""
    named = tuple(plugins)
    for plugin in named:
        if not rooms.exists(plugin):
            hint = "is its package installed?"
            raise SettingsError(f'plug-in "{plugin}" cannot be imported', hint=hint, origin=Origin(FILE))
    return (ROOM, *(f"{plugin}.checks" for plugin in named if rooms.exists(f"{plugin}.checks")))


def level(check: str, usual: Severity, lint: Lint) -> Severity | None:
    """The level of a check under the settings; None is off."""
    return _LEVELS.get(lint.levels.get(check, lint.unknown if check in _UNDECLARED else usual))


def _page(name: str, usual: Severity, text: str, lint: Lint, *, waivable: bool = False, settable: bool = False) -> Page:
    clean = inspect.cleandoc(text)
    first, _, rest = clean.partition("\n")
    parts: dict[str, list[list[str]]] = {title: [] for title in TITLES}
    prose: list[str] = []
    into = prose
    for line in rest.splitlines():
        if line in TITLES:
            parts[line].append([])
            into = parts[line][-1]
        elif line and not line.startswith(" "):
            into = prose
        into += [line] if line not in TITLES else []
    blocks = {title: tuple(inspect.cleandoc("\n".join(["", *block])).strip() for block in found) for title, found in parts.items()}
    return Page(
        id=name,
        level=level(name, usual, lint),
        usual=usual,
        first=first,
        prose=re.sub(r"\n{3,}", "\n\n", "\n".join(prose)).strip(),
        settings=blocks["Settings:"],
        bad=blocks["Bad:"],
        good=blocks["Good:"],
        waivable=waivable,
        settable=settable,
    )
