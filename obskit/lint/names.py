"""The naming conventions of Prometheus: what is off in a metric's name, and the name that would be right.

Source: the pages "Metric and label naming" and "Metric types" of Prometheus' documentation, and what its tools check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from obskit.catalog import Signal

BASE = {
    "milliseconds": "seconds", "microseconds": "seconds", "nanoseconds": "seconds", "minutes": "seconds", "hours": "seconds",
    "days": "seconds", "kilobytes": "bytes", "megabytes": "bytes", "gigabytes": "bytes", "bits": "bytes", "percent": "ratio",
    "cents": "usd",
}  # fmt: skip
"""Units that names should not be in, and the base unit of each."""

_SHORT = frozenset(["ms", "us", "ns", "secs", "sec", "mins", "kb", "mb", "gb", "pct"])
_KINDS = ("counter", "gauge", "histogram", "summary")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def faults(signal: Signal) -> tuple[str, ...]:
    """What is off in the name, as parts of a sentence; empty when nothing is."""
    name, suffix = signal.name, signal.unit.suffix
    words = name.split("_")
    stem = name.removesuffix("_total")
    checks = (
        (signal.kind == "counter" and not name.endswith("_total"), 'a counter ends in "_total"'),
        (signal.kind != "counter" and name.endswith("_total"), f'a {signal.kind} does not end in "_total"'),
        (signal.kind == "info" and not name.endswith("_info"), 'an info metric ends in "_info"'),
        (signal.kind != "info" and name.endswith(("_count", "_sum", "_bucket")), "the ending is that of a histogram's series"),
        (suffix in BASE, f'"{suffix}" is not a base unit, "{BASE.get(suffix, "")}" is'),
        (bool(suffix) and suffix not in BASE and not f"_{stem}".endswith(f"_{suffix}"), f'the unit "{suffix}" is missing at the end'),
        ("current" in words, '"current" says nothing'),
        *((kind in words[1:], f'the kind "{kind}" does not belong in a name') for kind in _KINDS),
        *((f"_by_{label}_" in f"_{name}_", f'the label "{label}" does not belong in a name') for label in signal.label_names),
        (":" in name, "a colon is for recording rules"),
        (name != name.lower(), "upper-case letters"),
    )
    return tuple(text for wrong, text in checks if wrong)


def convention(signal: Signal) -> str:
    """The name that keeps to the conventions, made from the one there is."""
    text = "_".join(_WORDS.findall(signal.name)).lower()
    for label in signal.label_names:
        text = f"_{text}_".replace(f"_by_{label}_", "_").strip("_")
    suffix = signal.unit.suffix
    units = {*suffix.split("_"), *BASE, *_SHORT, BASE.get(suffix, "")} if suffix else set()
    words = text.split("_")
    words = [word for index, word in enumerate(words) if not (word in ("current", "total") or (index and word in _KINDS))]
    while len(words) > 1 and words[-1] in units | {"info", "count", "sum", "bucket"}:
        words.pop()
    words += [BASE.get(suffix, suffix)] if suffix else []
    words += {"counter": ["total"], "info": ["info"]}.get(signal.kind, [])
    return "_".join(words)
