"""Who answers for a board or a rule file: the owners of the services whose signals its queries read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from obskit.model import Board, RuleFile
from obskit.promql import parse
from obskit.traceql import parse as parse_traceql


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What is known of names: `signals` gives the signal of each series, `owners` who owns a series, a record or a span attribute."""

    signals: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def signal(self, name: str) -> str:
        """The signal that a series belongs to, the name itself where none is known."""
        return self.signals.get(name, name)

    def of_board(self, board: Board) -> tuple[str, ...]:
        """The owners of what a board asks, sorted."""
        return self._owners(query.text for _, query in board.queries() if query.text) if self.owners else ()

    def of_rules(self, file: RuleFile) -> tuple[str, ...]:
        """The owners of what a rule file asks, sorted."""
        return self._owners(rule.expr for _, rule in file.rules() if rule.expr) if self.owners else ()

    def _owners(self, texts: Iterable[str]) -> tuple[str, ...]:
        found = {owner for text in dict.fromkeys(texts) for name in _names(text) for owner in self.owners.get(name, ())}
        return tuple(sorted(found - {""}))


def _names(text: str) -> Iterator[str]:
    if text.lstrip().startswith(("{", "(")):
        yield from (one.name for one in parse_traceql(text).fields)
    yield from (selector.name for selector in parse(text).selectors if selector.name)
