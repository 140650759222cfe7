"""Which labels every series of an expression certainly carries: where that is not certain, a label is left out."""

from __future__ import annotations

from obskit.analysis.analysed import Analysed
from obskit.analysis.asked import Asked
from obskit.semantics import Aggregate, Binary, Call, Node, Read, Text
from obskit.semantics.aggregates import PICKS
from obskit.semantics.calls import absent_labels
from obskit.semantics.labels import matches
from obskit.semantics.nodes import SETS

Sure = frozenset[str]

NOTHING: Sure = frozenset()
_DEEPEST = 60
_TARGET = frozenset(("job", "instance"))
_ABSENT = ("absent", "absent_over_time")
_WRITES = ("label_replace", "label_join", "histogram_quantiles")
_WITHOUT_LE = ("histogram_quantile", "histogram_fraction")


class SureLabels:
    """Answers for one project; recording rules are followed to what their own expressions surely carry."""

    def __init__(self, analysed: Analysed) -> None:
        self._analysed = analysed
        self._records: dict[str, list[Asked]] | None = None

    def of(self, node: Node, depth: int = 0) -> Sure:
        """The labels that no series of `node` can be without."""
        if depth > _DEEPEST or node.value.kind not in ("vector", "matrix"):
            return NOTHING
        if isinstance(node, Read):
            return self._read(node, depth)
        if isinstance(node, Call):
            return self._call(node, depth)
        if isinstance(node, Aggregate):
            return self._aggregate(node, depth)
        if isinstance(node, Binary):
            return self._binary(node, depth)
        return self.of(node.parts[0], depth + 1) if node.parts else NOTHING

    def _read(self, node: Read, depth: int) -> Sure:
        sure = set(self._declared(node, depth))
        for matcher in node.selector.matchers:
            label, op, value = matcher.label, matcher.op, matcher.value
            if label is None or value is None:
                continue
            if op == "=" and not value:
                sure.discard(label)
            elif op == "=" or (op == "!=" and not value) or (op == "=~" and matches(value, "") is False):
                sure.add(label)
        return frozenset(sure)

    def _declared(self, node: Read, depth: int) -> Sure:
        series = node.series
        if series is None:
            return NOTHING
        if series.signal is not None and series.service is not None:
            service = series.service
            own = {label.name for label in series.signal.labels if not label.optional and "" not in label.values}
            special = {"le"} if series.is_bucket else {"quantile"} if "quantile" in series.labels.names and not series.suffix else set()
            return frozenset(own | special | (set(service.environment) - set(service.external_labels)))
        if series.rule is not None:
            return self._recorded(series.name, depth)
        return _TARGET & series.labels.names.keys()

    def _recorded(self, name: str, depth: int) -> Sure:
        if self._records is None:
            self._records = {}
            for asked in self._analysed.queries:
                if asked.rule is not None and asked.rule.kind == "record":
                    self._records.setdefault(asked.rule.name, []).append(asked)
        found = [self._of_rule(asked, depth + 10) for asked in self._records.get(name, ())]
        return frozenset.intersection(*found) if found else NOTHING

    def _of_rule(self, asked: Asked, depth: int) -> Sure:
        sure = set(self.of(asked.meaning.root, depth) if asked.meaning is not None else NOTHING)
        for part in (asked.group, asked.rule):
            labels = part.json.get("labels") if part is not None else None
            for name, value in labels.items() if isinstance(labels, dict) else ():
                (sure.add if value else sure.discard)(name)
        return frozenset(sure)

    def _call(self, node: Call, depth: int) -> Sure:
        if node.function in _ABSENT:
            found = absent_labels(node.parts[0])
            return NOTHING if found.open else frozenset(name for name, values in found.names.items() if values is not None)
        vector = next((part for part in node.parts if part.value.kind in ("vector", "matrix")), None)
        if vector is None or (node.value.labels.open and not vector.value.labels.open):
            return NOTHING
        sure = self.of(vector, depth + 1)
        if node.function in _WRITES:
            targets = {part.text for part in node.parts if isinstance(part, Text)}
            return sure - targets - {"le"} if node.function == "histogram_quantiles" else sure - targets
        return sure - {"le"} if node.function in _WITHOUT_LE else sure

    def _aggregate(self, node: Aggregate, depth: int) -> Sure:
        sure = self.of(node.operand, depth + 1)
        if node.operation in PICKS:
            return sure
        left = sure & set(node.by) if node.by is not None else sure - set(node.without) if node.without is not None else NOTHING
        written = {node.parts[0].text} if node.operation == "count_values" and isinstance(node.parts[0], Text) else set()
        return left | (written - set(node.without or ()))

    def _binary(self, node: Binary, depth: int) -> Sure:
        one, other = self.of(node.left, depth + 1), self.of(node.right, depth + 1)
        if node.operator in SETS:
            return one & other if node.operator == "or" else one
        if "scalar" in (node.left.value.kind, node.right.value.kind):
            return one | other
        matching = node.matching
        if matching.group:
            many, few = (one, other) if matching.group == "group_left" else (other, one)
            return (many - set(matching.include)) | (few & set(matching.include))
        if matching.on is not None:
            return (one | other) & set(matching.on)
        return (one | other) - set(matching.ignoring or ())
