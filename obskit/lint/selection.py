"""Which findings are wanted: all, or those named, less those ignored."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from obskit.errors import ObskitError
from obskit.lint.others import ALWAYS
from obskit.lint.pages import checks, others
from obskit.naming import did_you_mean


class Selection:
    """Ids of findings: `select` (none: all) less `ignore`. Raises ObskitError when one of them is the id of nothing."""

    def __init__(self, select: Collection[str], ignore: Collection[str], plugins: Iterable[str] = ()) -> None:
        known = {*checks(plugins), *others()} if select or ignore else set()
        for name in (*select, *ignore):
            if name not in known:
                hint = did_you_mean(name, known) or "obskit lint --list names them all"
                raise ObskitError(f'there is no check "{name}"', hint=hint)
        self.select = frozenset(select)
        self.ignore = frozenset(ignore)

    def __contains__(self, name: str) -> bool:
        return name not in self.ignore and (not self.select or name in self.select or name in ALWAYS)
