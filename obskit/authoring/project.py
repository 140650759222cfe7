"""The files of a first project: paths and texts, nothing else.

What a newcomer needs to build, check and commit: settings, a catalogue, a rule, a board, and the files around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from obskit.authoring.around import HOOKS, IGNORED, SETTINGS, WORKFLOW
from obskit.authoring.first_board import first_board
from obskit.authoring.literals import literal
from obskit.authoring.panels import Named
from obskit.authoring.sample import BOARD, CATALOGUE, RULES, UP, filled
from obskit.catalog import Signal
from obskit.catalog.matcher import quoted
from obskit.errors import ObskitError
from obskit.exposition import Exposition
from obskit.naming import UID_LONGEST, slug
from obskit.scrape import draft
from obskit.scrape.names import Names

_CI = ".github/workflows/obskit.yml"
SHARED = ("pyproject.toml", ".gitignore", ".pre-commit-config.yaml", _CI)
"""Files that a project may have already, for other purposes or another service: then they are left as they are."""

_LONGEST = 63
_NAME = re.compile(r"[^\s${}](?:[^${}]*[^\s${}])?")
"""Without what queries and annotations take for variables and templates."""
_HELPERS = ("board", "dashboard", "heatmap", "query", "row", "stat", "timeseries")
"""What the module of a board has besides signals."""
_SAMPLE = ("catalog", "in_flight", "latency", "method", "requests", "status_code")
"""What a module, which is called like the service, may not be called: a folder beside it, and values of the sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """What the service exposes. `unusual` and `large` are asked of each signal: see `scrape.draft`."""

    exposition: Exposition
    unusual: Callable[[Signal], Sequence[str]]
    large: Callable[[Signal], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstProject:
    """The text of each file by its path; `board` is the path of what is built of the board, below the output folder."""

    files: dict[str, str]
    board: str


def first_project(
    name: str,
    *,
    job: str = "",
    metrics: Metrics | None = None,
    version: str,
    rules: str = "rules_src",
    dashboards: str = "dashboards_src",
) -> FirstProject:
    """A project of the service `name`, scraped as `job`; with `metrics` of what these are, else of a sample.

    `version` is that of obskit which its CI installs; `rules` and `dashboards` are the source folders. Raises ObskitError when
    the name, or the job, is none.
    """
    for what, given in (("service", name), ("job", job or name)):
        if not _NAME.fullmatch(given) or not given.isprintable() or len(given) > _LONGEST:
            hint = f"up to {_LONGEST} printable characters, without $ and braces: --{'name' if what == 'service' else what} shop"
            raise ObskitError(f"{literal(given[:80])} is not the name of a {what}", hint=hint)
    words = _words(name, job or name, version, rules)
    module, own = words["module"], f"{rules}/catalog/{words['module']}.py"
    board, alerts = f"{dashboards}/{module}.py", f"{rules}/{module}.py"
    files = {"pyproject.toml": SETTINGS}
    if metrics is None:
        files |= {path: filled(text, words) for path, text in ((own, CATALOGUE), (alerts, RULES), (board, BOARD))}
    else:
        read = metrics.exposition
        drafted = draft(read, name, unusual=metrics.unusual, large=metrics.large, job=job, taken=_HELPERS)
        values = _values(read)
        named = [Named(given, signal, values.get(signal.name, {})) for given, signal in drafted.named]
        files[own] = drafted.text
        files[alerts] = filled(UP, words)
        files[board] = first_board(words, job or name, named, read, _prefix([signal.name for _, signal in drafted.named], module))
    files |= {_CI: filled(WORKFLOW, words), ".pre-commit-config.yaml": HOOKS, ".gitignore": IGNORED}
    return FirstProject(files=files, board=f"grafana/dashboards/{slug(name)}/{words['uid']}.json")


def _prefix(metrics: Sequence[str], module: str) -> str:
    """How the names of all metrics begin, or those that are called like the service."""
    firsts = {name.partition("_")[0] for name in metrics}
    return (firsts.pop() if len(firsts) == 1 and len(metrics) > 1 else module) + "_"


def _words(name: str, job: str, version: str, rules: str) -> dict[str, str]:
    """What the templates are filled with."""
    legible = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    module = Names(_SAMPLE).new(legible or "service", "service")
    of = f"{{job={quoted(job)}}}"
    return {
        "plain": "".join(letter if letter not in '"\\' else " " for letter in name),
        "service": literal(name),
        "job": literal(job),
        "own": module,
        "prefix": module,
        "module": module,
        "rules": rules.replace("/", "."),
        "alert": "".join(word[:1].upper() + word[1:] for word in module.split("_")),
        "uid": slug(name, UID_LONGEST),
        "obskit": f"obskit @ git+https://github.com/OWNER/obskit@v{version}",
        "is_down": literal(f"up{of} == 0 or absent(up{of})"),
        "down": literal(f"A target of {name} is down or gone"),
    }


def _values(exposition: Exposition) -> dict[str, dict[str, set[str]]]:
    """The values of each label of each metric."""
    found: dict[str, dict[str, set[str]]] = {}
    for family in exposition.families:
        of = found.setdefault(family.metric, {})
        for sample in family.samples:
            for label, value in sample.labels:
                of.setdefault(label, set()).add(value)
    return found
