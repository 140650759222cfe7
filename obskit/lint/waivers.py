"""The waivers of a project, in `waive=` and in comments: what they silence, and what there is to say of them afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from obskit.lint.comments import Comments
from obskit.lint.problem import Problem
from obskit.naming import did_you_mean
from obskit.source import Project
from obskit.waiver import Waive

UNUSED, EXPIRED, SYNTAX = "unused-waiver", "expired-waiver", "waiver-syntax"


class Waivers:
    """The waivers of a project on one day, and which of them have silenced something."""

    def __init__(self, project: Project, comments: Comments, today: datetime.date) -> None:
        self.comments = comments
        self.waivers = tuple({id(waiver): waiver for waiver in (*declared(project), *comments.all)}.values())
        self.today = today
        self.used: set[int] = set()

    def silence(self, check: str, problem: Problem) -> bool:
        """Whether a waiver on the declaration silences the problem. One past its date is used, and silences nothing."""
        silent = False
        for waiver in (*problem.waive, *self.comments.at(problem.origin)):
            if waiver.check == check:
                self.used.add(id(waiver))
                silent = silent or not self._ended(waiver)
        return silent

    def leftover(self, known: Collection[str], ran: Collection[str]) -> Iterator[tuple[str, Problem]]:
        """Check id and problem for waivers that name no check, silence nothing though their check `ran`, or are past their date."""
        for waiver in self.waivers:
            about = f'waiver of "{waiver.check}"'
            if waiver.check not in known:
                yield UNUSED, Problem(f"{about} names no check", waiver.origin, _hint(waiver.check, known))
            elif waiver.check in ran and id(waiver) not in self.used:
                yield UNUSED, Problem(f"{about} silences nothing", waiver.origin, "remove it")
            elif waiver.check in ran and self._ended(waiver):
                yield EXPIRED, Problem(f"{about} ended on {waiver.until}", waiver.origin, "mend what it silenced, or renew it")

    def _ended(self, waiver: Waive) -> bool:
        end = waiver.ends()
        return end is not None and end < self.today


def declared(project: Project) -> Iterator[Waive]:
    """Every waiver of the project's declarations."""
    for signal in project.signals:
        yield from signal.waive
    for attribute in project.attributes:
        yield from attribute.waive
    for board in project.boards:
        yield from board.waive
        for panel in board.panels:
            yield from panel.waive
    for file in (*project.rule_files, *project.trace_alerts):
        for _, rule in file.rules():
            yield from rule.waive
    for notification in project.notifications:
        yield from notification.waive
        for part in getattr(notification, "inside", ()):
            yield from part.waive


def ends(project: Project, comments: Comments) -> Iterator[datetime.date]:
    """The last days of all waivers that have one."""
    for waiver in (*declared(project), *comments.all):
        end = waiver.ends()
        if end is not None:
            yield end


def _hint(check: str, known: Collection[str]) -> str:
    from obskit.lint.pages import others

    if check in others():
        return f'"{check}" is no lint check: only those can be waived'
    return did_you_mean(check, known)
