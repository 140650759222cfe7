"""The module of a first board, made from what a service exposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from obskit.authoring.literals import WIDTH, literal
from obskit.authoring.panels import Named, Shown, rows
from obskit.catalog.matcher import quoted
from obskit.exposition import Exposition

_STEP = "    "


def first_board(words: Mapping[str, str], job: str, signals: Sequence[Named], exposition: Exposition, prefix: str) -> str:
    """The text of the module. `words` are those of the other templates (see `sample`)."""
    shown = [("Health", [_targets(job)]), *rows(signals, prefix), *_saturation(job, exposition)]
    panels = [panel for _, several in shown for panel in several]
    uses = {name for panel in panels for name in panel.uses}
    helpers = sorted({"dashboard", "row", *(panel.helper for panel in panels), *(uses & {"query"})})
    matchers = sorted(uses - {"query"})
    lines = [f'"""What people look at when {words["plain"]} has trouble: a beginning, made from one scrape."""', ""]
    lines += [f"from obskit.catalog import {', '.join(matchers)}"] if matchers else []
    lines += [f"from obskit.dashboards import {', '.join(helpers)}"]
    read = sorted({name for panel in panels for name in panel.reads})
    lines += ["", *_import(f"{words['rules']}.catalog.{words['module']}", read)] if read else []
    lines += ["", "board = dashboard("]
    given = {
        "uid": literal(words["uid"]),
        "folder": words["service"],
        "tags": f"({literal(words['uid'])},)",
        "description": literal("Health, traffic, errors, duration and state."),
    }
    lines += [f"{_STEP}{words['service']},", *(f"{_STEP}{name}={value}," for name, value in given.items()), f"{_STEP}panels=["]
    for title, several in shown:
        lines += [2 * _STEP + "row(", 3 * _STEP + literal(title) + ",", 3 * _STEP + "["]
        for panel in several:
            lines += _panel(panel)
        lines += [3 * _STEP + "],", 2 * _STEP + "),"]
    return "\n".join((*lines, f"{_STEP}],", ")", ""))


def _import(module: str, names: Sequence[str]) -> list[str]:
    line = f"from {module} import {', '.join(names)}"
    return [line] if len(line) <= WIDTH else [f"from {module} import (", *(f"{_STEP}{name}," for name in names), ")"]


def _panel(panel: Shown) -> list[str]:
    parts = [literal(panel.title), *panel.queries, *(f"{name}={value}" for name, value in panel.options.items())]
    line = f"{4 * _STEP}{panel.helper}({', '.join(parts)}),".replace("\n", " ")
    if len(line) <= WIDTH:
        return [line]
    return [f"{4 * _STEP}{panel.helper}(", *(f"{5 * _STEP}{_broken(part)}," for part in parts), f"{4 * _STEP}),"]


def _broken(part: str) -> str:
    """An argument, broken where it may be if it is long."""
    fits = len(part) + 5 * len(_STEP) < WIDTH
    return part.replace("\n", " " if fits else f"\n{5 * _STEP}")


def _targets(job: str) -> Shown:
    """The targets that answer, of which the alert speaks too."""
    options = {
        "description": literal("Targets of the scrape job that answer."),
        "unit": literal("none"),
        "key": literal("up"),
    }
    return Shown(helper="stat", title="Targets up", queries=(literal(f"sum(up{{job={quoted(job)}}})"),), options=options)


def _saturation(job: str, exposition: Exposition) -> Iterable[tuple[str, list[Shown]]]:
    """What the process takes of the machine, where a client library tells."""
    exposed = {family.metric for family in exposition.families}
    of = f"{{job={quoted(job)}}}"
    candidates = (
        ("CPU", ("process_cpu_seconds_total",), f"sum by (instance) (rate(process_cpu_seconds_total{of}[$__rate_interval]))",
         "percentunit", "CPU time that the process uses; 100 % is one core."),
        ("Memory", ("process_resident_memory_bytes",), f"max by (instance) (process_resident_memory_bytes{of})",
         "bytes", "Memory that the process holds."),
        ("Open files", ("process_open_fds", "process_max_fds"),
         f"max by (instance) (process_open_fds{of}) / max by (instance) (process_max_fds{of})",
         "percentunit", "Open file descriptors, as a share of those that the process may have."),
    )  # fmt: skip
    made = [
        Shown(helper="timeseries", title=title, queries=(literal(text),), options={"unit": literal(unit), "description": literal(said)})
        for title, needed, text, unit, said in candidates
        if exposed.issuperset(needed)
    ]
    return [("Saturation", made)] if made else []
