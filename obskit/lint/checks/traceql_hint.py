"""A hint of a TraceQL query that Tempo does not know, or that tunes its engine.

Tempo ignores unknown hints without a word: a misspelt `exemplar` or `sampel` changes nothing. Hints that tune the engine are
ignored unless the server allows them, and do not belong on a dashboard.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql("{ } | rate() with (exemplar=false)"))])

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql("{ } | rate() with (concurrent_blocks=10)"))])

Good:
    board = dashboard("Shop", uid="shop", panels=[
        timeseries("Requests", traceql("{ } | rate() with (exemplars=false, sample=true)")),
        trace_list("Latest", "{ } with (most_recent=true)"),
    ])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.naming import did_you_mean

LEVEL: Severity = "info"

_KNOWN = frozenset(("sample", "trace_sample", "span_sample", "exemplars", "most_recent", "extrapolate"))
_TUNING = frozenset(("job_size", "time_overlap_cutoff", "concurrent_blocks", "info", "skip_ast_transformations"))


def check(analysed: Analysed) -> Iterator[Problem]:
    """Hints other than the six that are safe to use."""
    for one in analysed.traces:
        for hint in one.parsed.tree.hints if one.parsed.tree is not None else ():
            if hint.name in _KNOWN or one.parsed.variables_in(hint.span):
                continue
            if hint.name in _TUNING or hint.name.startswith("debug"):
                yield told(one, f'hint "{hint.name}" tunes the engine, and is ignored by most servers', hint.span, "take it away")
            else:
                advice = did_you_mean(hint.name, _KNOWN) or "known hints: " + ", ".join(sorted(_KNOWN))
                yield told(one, f'Tempo ignores the hint "{hint.name}"', hint.span, advice)
