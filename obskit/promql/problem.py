"""What is wrong with a query, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from obskit.promql.positions import Span

Stage = Literal["syntax", "validation", "unsupported"]
"""syntax: Prometheus cannot read it · validation: it reads it, and refuses what its parts are: types, arguments, names of
functions · unsupported: obskit cannot judge it, Prometheus may well take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a query has no tree: the message, the part meant (offsets in the author's text) and what to do next."""

    stage: Stage
    message: str
    span: Span
    hint: str = ""
