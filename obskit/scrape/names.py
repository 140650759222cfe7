"""Names for the values of a module: legal, unlike each other, and unlike what Python or the module has already."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

from obskit import catalog

_OTHER = re.compile(r"[^a-z0-9_]+")


class Names:
    """The names of one module, given out one by one; those of `taken` are somebody else's too."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *catalog.__all__, *taken}

    def new(self, wish: str, what: str = "metric") -> str:
        """A name like `wish`: public, in lower case, with a number where it would be somebody else's."""
        plain = re.sub("_+", "_", _OTHER.sub("_", wish.lower())).strip("_")
        plain = plain if plain and not plain[0].isdigit() else f"{what}_{plain}".strip("_")
        name, number = plain, 2
        while name in self._taken:
            name, number = (f"{plain}_{what}", number) if name == plain else (f"{plain}_{number}", number + 1)
        self._taken.add(name)
        return name
