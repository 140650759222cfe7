"""The difference between two sides by meaning, in words: a pure function of two neutral forms to frozen changes."""

from obskit.diff.changes import Difference, Edit, Part, Rename, Renamed, Thing
from obskit.diff.comparing import difference
from obskit.diff.forms import BoardForm, RulesForm, Side, outside, rules_form
from obskit.diff.owners import Catalogue

__all__ = [
    "BoardForm", "Catalogue", "Difference", "Edit", "Part", "Rename", "Renamed", "RulesForm", "Side", "Thing", "difference", "outside",
    "rules_form",
]  # fmt: skip
