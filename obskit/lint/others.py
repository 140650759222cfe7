"""The pages of findings that no check makes: what waivers say of themselves, what loading, building and comparing say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from obskit.finding import Severity


class Other(NamedTuple):
    """The page of an id without a file of its own, written like a check's docstring, and its usual level."""

    level: Severity
    text: str


WAIVERS: Mapping[str, Other] = MappingProxyType({
    "unused-waiver": Other("warning", """A waiver that silences nothing, or names no check.

What it once silenced is mended, or the waiver stands at the wrong declaration. Left where it is, it would hide the next
mistake. It is not reported when the check it names did not run, or when a module could not be loaded.

Bad:
    board = dashboard("Shop", uid="shop", panels=[])  # obskit: ignore[missing-uid] a demo

Good:
    board = dashboard("Shop", panels=[])  # obskit: ignore[missing-uid] a demo
"""),
    "expired-waiver": Other("warning", """A waiver past its last day; what it silenced is reported again.

Mend what it silenced, or give the waiver a later day and a reason why it takes longer.

Bad:
    board = dashboard("Shop", panels=[])  # obskit: ignore[missing-uid, until=2020-01-31] until the move

Good:
    board = dashboard("Shop", panels=[])  # obskit: ignore[missing-uid] a demo
"""),
    "waiver-syntax": Other("warning", """A comment that begins as a waiver and cannot be understood: it silences nothing.

A waiver names one or more checks in brackets, may end with `until=YYYY-MM-DD`, and says after the bracket why the check
does not apply. A reason is required.

Bad:
    board = dashboard("Shop", panels=[])  # obskit: ignore[missing-uid]

Good:
    board = dashboard("Shop", panels=[])  # obskit: ignore[missing-uid] a demo
"""),
})  # fmt: skip
"""What the frame says of waivers; the settings may give these a level, as to a check."""

REPORTS: Mapping[str, Other] = MappingProxyType({
    "module-error": Other("error", """A module of the source folders that could not be loaded.

The others are still loaded and checked. `obskit --traceback` shows the exception in full. It is reported whatever checks
are selected, because what the module declares was not checked.
"""),
    "uncollected": Other("warning", """A declaration that was made and ends in no file: a rule, a group, a dashboard, a receiver, a route, …

Bind it to a public name at the top level of its module, or put it in a list or tuple that is bound so.
"""),
    "alertgroup": Other("warning", """A grafanalib alert group (`*.alertgroup.py`), which is not built.

Declare its alerts as values of `obskit.rules.Alert` in a module of the rules folder.
"""),
    "environment": Other("error", """A parameter that does not take the value an environment sets, or a name there that no module declares.

`Param("max_error_ratio", 0.1, unit=units.RATIO)` takes a number in its unit, or a text that says the unit ("20 %", "500ms"). A
ratio is between 0 and 1, a text is one of the declared values. `receivers` names declared receivers on both sides. Only
`obskit build --env NAME`, `--all-envs` and `obskit lint --all-envs` read environments.
"""),
    "delivery": Other("warning", """What one way of delivery cannot take or has no word for, though another does.

An object larger than Kubernetes keeps, more resources than Git Sync takes, folders too deep, a kind of notification or a rule that
only one side knows; datasources that share a name, lead to one that is not there, or are named for a variable that stands for
several. Each says what became of it. Only `obskit build` renders files and can find it.
"""),
    "schema": Other("error", """A built file that the schema of its format does not allow.

Only `obskit build` renders files and can find it.
"""),
    "leftover": Other("warning", """A folder in the output of a format that is not enabled.

Nobody builds it any more and nobody may delete it: delete the folder, or enable the format. Only `obskit build` looks there.
"""),
    "stale": Other("error", """A file in the output that is not what the sources make: stale, missing, or made by no module.

Run `obskit build` and commit the result. Only `obskit build --check` compares.
"""),
    "stranger": Other("warning", """A file in a format's folder that is not one of the format's.

It is left alone. Only `obskit build` looks there.
"""),
    "baseline": Other("info", """Findings that the baseline has and that no longer occur.

Write the baseline again, so that they cannot come back unseen: `obskit lint --baseline FILE --write-baseline`.
"""),
})  # fmt: skip
"""What loading, building and comparing report; it has one level, and cannot be waived."""

ALWAYS = frozenset({"module-error"})
"""Reported whatever is selected, unless it is ignored by name."""
