"""Titles of panels, made from names of metrics and unlike each other."""

from __future__ import annotations

import re
from itertools import chain, count

_ENDINGS = ("_total", "_seconds", "_milliseconds", "_bytes", "_ratio", "_info")

_CAPITALS = ("api", "cpu", "db", "dns", "gc", "http", "https", "id", "io", "ip", "rpc", "sql", "tcp", "tls", "udp", "url")
_SPELT = {word: word.upper() for word in _CAPITALS} | {"grpc": "gRPC"}
"""Words that people spell otherwise than metrics do."""


class Titles:
    """The titles of one board, given out one by one; `prefix` is what the names of all metrics begin with."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._taken: set[str] = set()

    def new(self, metric: str, before: str = "", otherwise: str = "") -> str:
        """`shop_orders_placed_total` as "Orders placed", with words `before` it if any.

        Where that is taken, with `otherwise` before it, if given; then the metric's own name, spelt as it is.
        """
        plain = metric.removeprefix(self._prefix)
        for ending in _ENDINGS:
            plain = plain.removesuffix(ending) or plain
        words = " ".join(_SPELT.get(word, word) for word in re.findall(r"[^_:]+", plain)) or metric
        numbered = (f"{metric} {number}" for number in count(2))
        second = (f"{otherwise} {words}",) if otherwise else ()
        for said in chain((words, *second, metric), numbered):
            text = f"{before} {said}".strip()
            title = text if text.startswith(("gRPC", metric)) else text[:1].upper() + text[1:]
            if title not in self._taken:
                break
        self._taken.add(title)
        return title
