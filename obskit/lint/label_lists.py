"""Labels that a query names although no series it asks there can carry them, and why that is: never had, or removed before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from obskit.analysis import Analysed, Asked
from obskit.lint.trees import phrase, reads
from obskit.naming import nearest
from obskit.promql import Span
from obskit.semantics import Aggregate, Binary, Call, Labels, Node, Read, Series, Text
from obskit.semantics.labels import matches


class Lacking(NamedTuple):
    """`label` is named by `node` in its `word` (`by`, `on`, …), and no series of `sides` carries it."""

    asked: Asked
    node: Aggregate | Binary | Call
    label: str
    word: str
    sides: tuple[Node, ...]

    @property
    def had(self) -> bool:
        """Whether a metric below may have had it."""
        return any(not read.value.labels.lacks(self.label) for side in self.sides for read in reads(side))

    @property
    def metric(self) -> Read | None:
        """The metric that is meant to have it."""
        return next((read for side in self.sides for read in reads(side) if read.name), None)

    @property
    def remover(self) -> str:
        """The operation that removed it."""
        node = next(side for side in self.sides if any(not read.value.labels.lacks(self.label) for read in reads(side)))
        while True:
            below = next((part for part in node.parts if _carried(part, self.label)), None)
            if below is None or not below.value.labels.lacks(self.label):
                return phrase(node)
            node = below

    @property
    def span(self) -> Span | None:
        if isinstance(self.node, Call):
            text = next((part for part in self.node.parts if isinstance(part, Text) and part.text == self.label), None)
            return self.asked.span(text if text is not None else self.node)
        return self.asked.label_span(self.node, self.label)


def wanted(analysed: Analysed) -> Iterator[Lacking]:
    """Labels that a result depends on: `by`, `on`, `group_left`, sources of `label_replace` and `label_join`."""
    for asked, node in analysed.aggregates:
        labels = node.operand.value.labels
        if node.by and not labels.open:
            for label in _missing(node.by, labels):
                if label != "le" or node.operand.value.type != "histogram":
                    yield Lacking(asked, node, label, "by", (node.operand,))
    for asked, binary in analysed.binaries:
        matching = binary.matching
        if matching.on:
            one, other = binary.left.value.labels, binary.right.value.labels
            for label in _missing(matching.on, one):
                if other.lacks(label):
                    yield Lacking(asked, binary, label, "on", binary.parts)
        if matching.include:
            few = binary.right if matching.group == "group_left" else binary.left
            for label in _missing(matching.include, few.value.labels):
                yield Lacking(asked, binary, label, matching.group, (few,))
    for asked, call in analysed.calls("label_replace", "label_join"):
        labels = call.parts[0].value.labels
        for label in _missing(_sources(call), labels):
            if f'"{label}"' not in asked.text and f"'{label}'" not in asked.text:
                continue  # a Grafana variable decides it
            yield Lacking(asked, call, label, call.function, call.parts[:1])


def dropped(analysed: Analysed) -> Iterator[Lacking]:
    """Labels that are to be left out: `without`, `ignoring`."""
    for asked, node in analysed.aggregates:
        if node.without:
            for label in _missing(node.without, node.operand.value.labels):
                yield Lacking(asked, node, label, "without", (node.operand,))
    for asked, binary in analysed.binaries:
        if binary.matching.ignoring:
            for label in _missing(binary.matching.ignoring, binary.left.value.labels):
                if binary.right.value.labels.lacks(label):
                    yield Lacking(asked, binary, label, "ignoring", binary.parts)


def known_labels(label: str, series: Series) -> str:
    """What to write instead of a label that a metric lacks, and where that is declared."""
    names = series.labels.names
    near = nearest(label, names) or _worded(label, names)
    own = next((one for one in series.signal.labels if one.name == near), None) if series.signal is not None else None
    place = own.origin if own is not None else series.signal.origin if series.signal is not None else None
    if place is None and series.rule is not None:
        place = series.rule.origin
    where = f" declared in {place}" if place is not None else ""
    if near:
        return f'did you mean "{near}"?{where}'
    return f"its labels: {', '.join(names) or 'none'};{where}".removesuffix(";")


def _worded(label: str, names: Iterable[str]) -> str:
    """The one name that has the label as a word: `status_code` for `code`; one that ends in it goes first."""
    worded = [name for name in names if f"_{label}_" in f"_{name}_"]
    ending = [name for name in worded if name.endswith(f"_{label}")]
    found = ending or worded
    return found[0] if len(found) == 1 else ""


def _missing(wanted_labels: Iterable[str], labels: Labels) -> list[str]:
    if labels.open:
        return []
    names = labels.names
    return [label for label in wanted_labels if label not in names and not label.startswith("__")]


def _carried(node: Node, label: str) -> bool:
    return any(not read.value.labels.lacks(label) for read in reads(node))


def _sources(call: Call) -> tuple[str, ...]:
    """The labels a call reads; not those that it names only to write a constant."""
    texts = [part.text if isinstance(part, Text) else "" for part in call.parts]
    if call.function == "label_join":
        return tuple(text for text in texts[3:] if text)
    if len(texts) < 5 or not texts[3] or ("$" not in texts[2] and matches(texts[4], "") is not False):
        return ()
    return (texts[3],)
