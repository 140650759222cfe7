"""Whether a query can yield native histograms: a name that no catalogue declares may be one."""

from __future__ import annotations

from obskit.lint.recorded import Recorded
from obskit.semantics import Node, Read


def may_be_native(node: Node, recorded: Recorded) -> bool:
    """Whether something it reads, also through recording rules, can be a native histogram."""
    return recorded.find(node, _reads_one) is not None


def _reads_one(node: Node) -> bool:
    """Neither a metric known as something else, nor buckets by name; what recording rules read is asked in their place."""
    if not isinstance(node, Read) or (node.series is not None and node.series.rule is not None):
        return False
    if node.series is None or not node.series.type:
        return not node.name.endswith("_bucket")
    return node.series.type == "histogram"
