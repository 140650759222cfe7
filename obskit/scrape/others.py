"""Metrics that are not the service's own: those of client libraries and runtimes, and those that settings call external."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

COLLECTORS = ("go_", "jvm_", "nodejs_", "process_", "promhttp_", "python_", "scrape_")
"""How the names of metrics begin that client libraries and runtimes add by themselves."""

_SHOWN = 8


def is_elsewhere(name: str, external: Sequence[re.Pattern[str]] = ()) -> bool:
    """Whether another collector's."""
    return name.startswith(COLLECTORS) or any(pattern.fullmatch(name) for pattern in external)


def is_created(name: str, metrics: Container[str]) -> bool:
    """Whether these are the times at which others of the metrics began, which some clients write as metrics of their own."""
    stem = name.removesuffix("_created")
    return stem != name and (stem in metrics or f"{stem}_total" in metrics)


def counted(names: Iterable[str]) -> str:
    """`go_ (30), process_ (7)`: how many names there are by their beginnings."""
    counts = Counter(next((start for start in COLLECTORS if name.startswith(start)), name) for name in names)
    told = [f"{start} ({count})" if start in COLLECTORS else start for start, count in sorted(counts.items())]
    return ", ".join(told[:_SHOWN]) + (f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else "")
