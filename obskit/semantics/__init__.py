"""Queries and signals together: what a query yields, with which unit, labels and bounds."""

from obskit.semantics.carets import Carets
from obskit.semantics.knowledge import Knowledge
from obskit.semantics.labels import Labels
from obskit.semantics.meaning import Meaning
from obskit.semantics.nodes import Aggregate, Binary, Call, Length, Negated, Node, Number, Read, Subquery, Text, walk
from obskit.semantics.reading import meaning
from obskit.semantics.series import Series
from obskit.semantics.spans import Attributes, SpanMeaning, attributes, span_meaning
from obskit.semantics.value import Value

__all__ = [
    "Aggregate", "Attributes", "Binary", "Call", "Carets", "Knowledge", "Labels", "Length", "Meaning", "Negated", "Node", "Number", "Read",
    "Series", "SpanMeaning", "Subquery", "Text", "Value", "attributes", "meaning", "span_meaning", "walk",
]  # fmt: skip
