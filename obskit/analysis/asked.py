"""A query of the project where it stands: its text, its parse, its meaning, and who asks it."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.model import Board, GroupView, Panel, Query, RuleFile, RuleView, Variable
from obskit.origin import Origin
from obskit.promql import Parsed, Span
from obskit.semantics import Aggregate, Binary, Carets, Meaning, Node, Read
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """One PromQL query. `meaning` is None exactly when it has no tree. `owner` is a board's uid, or a rule file's name.

    On a board: `board`, and `panel` with `query`, or `variable`, or neither for an annotation. In a rule: `file`, `group`
    and `rule`. `label` is what a variable's `label_values(…, label)` lists. Queries of equal text share parse and meaning.
    """

    text: str
    parsed: Parsed
    meaning: Meaning | None
    origin: Origin | None
    owner: str
    waive: tuple[Waive, ...] = ()
    board: Board | None = None
    panel: Panel | None = None
    query: Query | None = None
    variable: Variable | None = None
    file: RuleFile | None = None
    group: GroupView | None = None
    rule: RuleView | None = None
    label: str = ""

    @property
    def in_rule(self) -> bool:
        """Whether Grafana's variables mean nothing here."""
        return self.rule is not None

    @property
    def in_alert(self) -> bool:
        return self.rule is not None and self.rule.kind == "alert"

    @property
    def is_shown(self) -> bool:
        """Whether a panel draws what it yields."""
        return self.query is not None

    @property
    def who(self) -> str:
        """How messages call what asks: `panel "P95"`, `alert "ShopDown"`, `variable "job"`."""
        if self.rule is not None:
            return f'{self.rule.kind} "{self.rule.name}"'
        if self.panel is not None:
            return self.panel.name
        if self.variable is not None:
            return f'variable "{self.variable.name}"'
        return "an annotation" if self.board is not None else (self.origin.where if self.origin else "") or "a query"

    @property
    def carets(self) -> Carets:
        """The places of its nodes. Only for a query with a meaning."""
        assert self.meaning is not None
        return Carets(self.parsed, self.meaning.root)

    def span(self, node: Node) -> Span | None:
        """Where the word of a node stands: a metric's name, a function, an operator, a number."""
        return self.carets.node(node)

    def label_span(self, node: Aggregate | Binary | Read, label: str) -> Span | None:
        """Where a label stands in a node's list or matchers; the node's word when that is not certain."""
        carets = self.carets
        found = carets.matcher(node, label) if isinstance(node, Read) else carets.label(node, label)
        return found or carets.node(node)
