"""A regular expression that none is needed for, or that does less than it looks.

Prometheus matches the whole value: `=~"shop"` is `="shop"` (and finds no "shop-1"), `^` and `$` add nothing, `=~".*"` lets every
series through. The plain matcher is faster, and says what is meant.

Bad:
    board = dashboard("Shop", uid="shop", panels=[timeseries("Up", 'up{job=~"shop"}')])

Bad:
    down = Alert(name="ShopDown", expr='up{instance=~"^shop-.+$"} == 0')

Good:
    down = Alert(name="ShopDown", expr='up{job="shop", instance=~"shop-.+", zone=~"a|b"} == 0')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.telling import told
from obskit.promql import Matcher
from obskit.semantics.labels import literals

LEVEL: Severity = "info"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Regex matchers of the query's own text, without variables."""
    for asked in analysed.queries:
        for selector in asked.parsed.selectors:
            for matcher in selector.matchers:
                if matcher.value and "~" in matcher.op:
                    found = _judged(matcher, matcher.value)
                    if found is not None:
                        yield told(asked, found[0], matcher.span, found[1])


def _judged(matcher: Matcher, value: str) -> tuple[str, str] | None:
    plain = "=" if matcher.op == "=~" else "!="
    if value == ".*":
        what = "lets every series through" if matcher.op == "=~" else "lets no series through"
        return f'{matcher.op}".*" {what}', "leave it out"
    if value.startswith("^") or (value.endswith("$") and not value.endswith("\\$")):
        inner = value.removeprefix("^").removesuffix("$")
        hint = f'write {matcher.op}"{inner}"' if not any(sign in inner for sign in "|^$\\") else "leave ^ and $ out"
        return "Prometheus matches the whole value anyhow: ^ and $ add nothing", hint
    spelled = literals(value)
    if spelled is not None and len(spelled) == 1 and spelled[0]:
        return f'"{value}" is one value, not a pattern', f'write {matcher.label}{plain}"{spelled[0]}"; a part of a value is .*{value}.*'
    return None
