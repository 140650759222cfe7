"""The portable build and those for the environments as one: what they say alike is told once, what only some say names them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from obskit.change import Change
from obskit.finding import Finding, ordered
from obskit.workflow.outcome import Outcome


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome of several, the portable build's first. Where one of them is refused nothing was written, and none has changes."""
    first, *others = outcomes
    if not others:
        return first
    refused = any(one.failed and not one.changes for one in outcomes)
    calls = {one.call for one in outcomes if one.differing}
    return replace(
        first,
        findings=findings([(_name(one), one.findings) for one in outcomes]),
        changes=() if refused else tuple(change for one in outcomes for change in _changes(one, first.out)),
        strangers=() if refused else tuple(f"{_inside(one, first.out)}{path}" for one in outcomes for path in one.strangers),
        modules=max(one.modules for one in outcomes),
        written=any(one.written for one in outcomes),
        failed=any(one.failed for one in outcomes),
        call=calls.pop() if len(calls) == 1 else "build --all-envs",
        others={path: digest for one in outcomes for path, digest in one.others.items()},
        exceptions=distinct([one.exceptions for one in outcomes]),
    )


def findings(builds: Sequence[tuple[str, Sequence[Finding]]]) -> tuple[Finding, ...]:
    """The findings of builds, each with the name of its environment, once; those that the portable one (no name) has not, by name.

    Two are the same when they say the same of the same place, whatever values stand in the query.
    """
    said: dict[Any, dict[str, list[Finding]]] = {}
    for name, found in builds:
        for finding in found:
            key = (finding.id, finding.severity, finding.message, finding.origin)
            said.setdefault(key, {}).setdefault(name, []).append(finding)
    return ordered([_named(finding, tuple(by_name)) for by_name in said.values() for finding in next(iter(by_name.values()))])


def distinct(builds: Sequence[Sequence[BaseException]]) -> tuple[BaseException, ...]:
    """The exceptions of builds, without what an earlier one has raised too."""
    told: dict[tuple[type, str], list[BaseException]] = {}
    for raised in builds:
        known = set(told)
        for one in raised:
            if (key := (type(one), str(one))) not in known:
                told.setdefault(key, []).append(one)
    return tuple(one for several in told.values() for one in several)


def forget(before: Collection[str]) -> None:
    """Drops installed packages that use obskit and were imported since only `before` was: what they declare may hold a parameter."""
    new = {name: module for name, module in sys.modules.items() if name not in before and name.partition(".")[0] != "obskit"}
    users = {name.partition(".")[0] for name, module in new.items() if _uses_obskit(module)}
    for name in new:
        if name.partition(".")[0] in users:
            del sys.modules[name]


def _uses_obskit(module: ModuleType) -> bool:
    if not isinstance(module, ModuleType):  # what a package puts in its place
        return False
    values = list(vars(module).values())
    owners = (one.__name__ if isinstance(one, ModuleType) else (one if isinstance(one, type) else type(one)).__module__ for one in values)
    return any(str(owner).startswith("obskit.") for owner in owners)


def _name(outcome: Outcome) -> str:
    environment = outcome.settings.environment if outcome.settings else None
    return environment.name if environment else ""


def _inside(outcome: Outcome, out: str) -> str:
    return f"{outcome.out.removeprefix(out)}/".lstrip("/")


def _changes(outcome: Outcome, out: str) -> Iterator[Change]:
    inside = _inside(outcome, out)
    for change in outcome.changes:
        yield replace(change, path=inside + change.path) if inside else change


def _named(finding: Finding, names: tuple[str, ...]) -> Finding:
    if "" in names:
        return finding
    said = f"environment{'s' if len(names) > 1 else ''} " + ", ".join(f'"{name}"' for name in names)
    together = (f"{said}: {finding.together[0]}", finding.together[1]) if finding.together else None
    return replace(finding, message=f"{said}: {finding.message}", together=together)
