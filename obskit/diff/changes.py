"""What a difference is made of: frozen values, in the words of the field, that any way of showing can lay out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["added", "removed", "changed"]
RenameKind = Literal["metric", "label", "attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A name that became another in one query. `signals` are the metrics it stands with.

    `sure` tells that the same value was asked of both names, or that the name is a metric's: then it may be the same thing under
    a new name (see `renaming`); otherwise one name took the place of the other, as in a grouping.
    """

    kind: RenameKind
    before: str
    after: str
    signals: tuple[str, ...] = field(default=(), compare=False)
    sure: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change. `what` is the thing in words ("unit", "window", 'label "team"'); `within` the query it stands in, if any.

    `before` and `after` are in words; None is absent, and an empty text only says that it is there. With `block` they are long
    texts, to be shown in full and apart. With `raw`, `what` is a path of keys that no words exist for. `rename` tells that the
    edit is (part of) the renaming of a metric, label or attribute.
    """

    what: str
    before: str | None = None
    after: str | None = None
    within: str = ""
    block: bool = False
    raw: bool = False
    rename: Rename | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A panel, row, variable, link, annotation, rule group, alert or record, and what became of it.

    `renamed` is the old name where it has another now; `place` the row of a panel, the group of a rule; `also` names the
    environments in which just the same became of it.
    """

    kind: str
    name: str
    state: State
    renamed: str | None = None
    place: str = ""
    edits: tuple[Edit, ...] = ()
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A dashboard, a rule file or another built file that differs.

    `key` is its uid or file name, `owners` who answers for the signals it reads, `also` names the environments in which it
    differs just the same.

    `edits` are its own, `parts` those of what it holds. `size` counts what an added or removed one holds, by kind.
    """

    kind: Literal["board", "rules", "file"]
    name: str
    key: str
    state: State
    renamed: str | None = None
    folder: str = ""
    owners: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    parts: tuple[Part, ...] = ()
    size: tuple[tuple[str, int], ...] = ()
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A rename that is told once: `touched` counts its places by kind (panel, alert, …), `boards` and `files` name where they are."""

    kind: RenameKind
    before: str
    after: str
    signals: tuple[str, ...]
    sure: bool
    touched: tuple[tuple[str, int], ...]
    where: tuple[str, ...]
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that differs between two sides; `counts` are the things that do, by kind, in the order people ask for them."""

    renames: tuple[Renamed, ...] = ()
    things: tuple[Thing, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What differs in an environment. `difference` tells what does so otherwise than in the portable build, its counts are of all.

    One that is `added` had no output, one that is `removed` has none any more: of these no things are told.
    """

    name: str
    difference: Difference
    state: State = "changed"

    def __bool__(self) -> bool:
        return self.state != "changed" or bool(self.difference)
