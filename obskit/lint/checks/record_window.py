"""A recording rule that looks at another window than its name says.

`job:requests:rate5m` over `[10m]` is mostly a copy of a rule whose expression was changed and whose name was not, or the other
way round. Whoever reads the name in an alert relies on it.

Bad:
    busy = Record(name="job:process_cpu_seconds:rate5m", expr="sum by (job) (rate(process_cpu_seconds_total[10m]))")

Good:
    busy = Record(name="job:process_cpu_seconds:rate5m", expr="sum by (job) (rate(process_cpu_seconds_total[5m]))")
    week = Record(name="job:process_cpu_seconds:rate5m:avg1w", expr="avg_over_time(job:process_cpu_seconds:rate5m[7d])")
    hour = Record(name="job:process_cpu_seconds:rate60m", expr="sum by (job) (rate(process_cpu_seconds_total[1h]))")
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.duration import Duration
from obskit.finding import Severity
from obskit.lint.lengths import milliseconds
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.semantics import Length

LEVEL: Severity = "warning"

_NAMED = re.compile(r":[a-z_:]*?(?:rate|increase|delta|irate|avg|sum|min|max|stddev|count|quantile|availability)((?:\d+(?:ms|[smhdwy]))+)$")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Records none of whose windows is the one in the name."""
    for asked in analysed.queries:
        if asked.rule is None or asked.rule.kind != "record" or asked.meaning is None:
            continue
        match = _NAMED.search(asked.rule.name)
        named = milliseconds(match[1]) if match else None
        if not match or not named:
            continue
        reads = [node for node in asked.meaning.reads if node.window is not None and not node.window.variable]
        windows = [node.window for node in reads] + [node.window for node in asked.meaning.subqueries]
        lengths = {window.milliseconds for window in windows if isinstance(window, Length)}
        if lengths and named not in lengths:
            said = ", ".join(f"[{Duration(length)}]" for length in sorted(lengths))
            span = asked.carets.window(reads[0]) if len(reads) == 1 else None
            yield told(asked, f'record "{asked.rule.name}" reads {said}, and its name says {match[1]}', span, "change one of them")
