"""A difference as one JSON object on stdout, for programs.

Its keys are meant to last; others may join them. `renames`: what is told once (`kind`, `before`, `after`, `signals`, `sure`, `touched`,
`where`). `changes`: boards, rule files and other built files (`kind`, `name`, `key`, `state`, `renamed`, `folder`, `owners`, `edits`,
`parts`); an edit has `what`, `before`, `after` (null: absent), `within` (the query), `block` (two texts in full), `raw` (`what` is a
path of keys) and `words`; `also` names the environments in which a change is just the same. `environments`: each that was
compared (`name`, `state`, `counts` of all that differs there, `renames` and `changes` that are told nowhere else). `counts`,
`against`, `complete`, `findings` and `exit_code` say the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from obskit.cli.show._difference_text import closing
from obskit.cli.show.json import dump, finding_data
from obskit.diff.words import part_heading, phrase, renamed

if TYPE_CHECKING:
    from obskit.diff import Difference, Edit, Part, Renamed, Thing
    from obskit.workflow.diff import Diffed


def show(diffed: Diffed, *, quiet: bool) -> None:
    """The difference on stdout, one closing line on stderr."""
    found = diffed.difference
    dump(
        {
            "against": diffed.against,
            "complete": diffed.complete,
            **_told(found),
            "environments": [{"name": one.name, "state": one.state, **_told(one.difference)} for one in diffed.environments],
            "findings": [finding_data(finding) for finding in diffed.findings],
            "exit_code": diffed.exit_code,
        }
    )
    if not quiet or diffed.exit_code:
        click.echo(closing(diffed), err=True)


def _told(found: Difference) -> dict[str, Any]:
    return {
        "counts": dict(found.counts),
        "renames": [_renamed(rename) for rename in found.renames],
        "changes": [_thing(thing) for thing in found.things],
    }


def _renamed(rename: Renamed) -> dict[str, Any]:
    return {
        "kind": rename.kind,
        "before": rename.before,
        "after": rename.after,
        "signals": list(rename.signals),
        "sure": rename.sure,
        "touched": dict(rename.touched),
        "where": list(rename.where),
        "also": list(rename.also),
        "words": renamed(rename),
    }


def _thing(thing: Thing) -> dict[str, Any]:
    return {
        "kind": thing.kind,
        "name": thing.name,
        "key": thing.key,
        "state": thing.state,
        "renamed": thing.renamed,
        "folder": thing.folder,
        "owners": list(thing.owners),
        "size": dict(thing.size),
        "also": list(thing.also),
        "edits": [_edit(edit) for edit in thing.edits],
        "parts": [_part(part) for part in thing.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "name": part.name,
        "state": part.state,
        "renamed": part.renamed,
        "place": part.place,
        "also": list(part.also),
        "words": part_heading(part),
        "edits": [_edit(edit) for edit in part.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "what": edit.what,
        "before": edit.before,
        "after": edit.after,
        "within": edit.within,
        "block": edit.block,
        "raw": edit.raw,
        "words": phrase(edit),
    }
