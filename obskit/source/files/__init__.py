"""Foreign files: JSON and YAML that somebody else wrote, read with the lines of their parts and brought into the neutral form."""

from obskit.source.extra import Extra
from obskit.source.files.document import Document
from obskit.source.files.gathering import Gathered, Gathering
from obskit.source.files.kinds import KNOWN, kind_of
from obskit.source.files.reading import LARGEST, read, read_file
from obskit.source.files.regular import regular_bytes
from obskit.source.files.rule_groups import RuleGroups, rule_groups
from obskit.source.files.signals import signals

__all__ = [
    "KNOWN", "LARGEST", "Document", "Extra", "Gathered", "Gathering", "RuleGroups", "kind_of", "read",
    "read_file", "regular_bytes", "rule_groups", "signals",
]  # fmt: skip
