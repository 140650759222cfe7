"""The difference between two sides by meaning, in words: a pure function of two neutral forms to frozen changes."""

from obskit.diff.alike import told_once
from obskit.diff.changes import Difference, Edit, Elsewhere, Part, Rename, Renamed, Thing
from obskit.diff.comparing import difference, only_derived
from obskit.diff.forms import BoardForm, FileForm, RulesForm, Side, outside, rules_form
from obskit.diff.owners import Catalogue
from obskit.diff.pages import page
from obskit.diff.renaming import Unchanged

__all__ = [
    "BoardForm", "Catalogue", "Difference", "Edit", "Elsewhere", "FileForm", "Part", "Rename", "Renamed", "RulesForm", "Side", "Thing",
    "Unchanged", "difference", "only_derived", "outside", "page", "rules_form", "told_once",
]  # fmt: skip
