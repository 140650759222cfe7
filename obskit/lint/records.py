"""Recording rules by the name they record, and which names queries read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from obskit.analysis import Analysed, Asked
from obskit.semantics.labels import matches


def records(analysed: Analysed) -> Mapping[str, tuple[Asked, ...]]:
    """The recording rules of each name."""
    found: dict[str, tuple[Asked, ...]] = {}
    for asked in analysed.queries:
        if asked.rule is not None and asked.rule.kind == "record":
            found[asked.rule.name] = (*found.get(asked.rule.name, ()), asked)
    return found


def reading(analysed: Analysed) -> Callable[[str], bool]:
    """Whether some query reads, or may read, the metric of a name."""
    names: set[str] = set()
    patterns: set[str] = set()
    texts: list[str] = []
    for asked in analysed.queries:
        if asked.meaning is None:
            texts.append(asked.text)
        for selector in asked.parsed.selectors:
            if selector.name is not None and not selector.variables:
                names.add(selector.name)
                continue
            regexes = [one.value for one in selector.matchers if one.label == "__name__" and one.op == "=~" and one.value is not None]
            patterns.update(regexes or (".*",))

    def is_read(name: str) -> bool:
        if name in names or any(matches(pattern, name) is not False for pattern in patterns):
            return True
        return any(name in text for text in texts)

    return is_read
