"""How the bounds of a histogram's buckets are spelled in the label `le`.

Go's clients, and others after them, write the shortest form: `0.5`, `2`, `1e+06`, `1e-05`. Prometheus 3 stores it with a `.0`
where it has neither point nor exponent (its migration guide: "le and quantile label values"). Some clients write out all digits.
"""

from __future__ import annotations

from collections.abc import Iterable

from obskit.catalog.matcher import number, shortest
from obskit.promql import Matcher
from obskit.semantics.labels import literals, matches

INFINITE = float("inf")


def worth(text: str) -> float | None:
    """The bound that a value of `le` says, None when it is no number."""
    try:
        return float(text)
    except ValueError:
        return None


def stored(bound: float) -> str:
    """What Prometheus 3 stores, whatever the client writes."""
    text = shortest(bound)
    return text if "." in text or "e" in text or bound == INFINITE else f"{text}.0"


def spellings(bound: float) -> tuple[str, ...]:
    """All forms that a bound may be stored in: the shortest, that of Prometheus 3, and all digits with and without `.0`."""
    plain = number(bound) if bound != INFINITE else "+Inf"
    whole = () if "." in plain or "e" in plain or bound == INFINITE else (f"{plain}.0",)
    return tuple(dict.fromkeys((shortest(bound), stored(bound), plain, *whole)))


def condition(bound: float) -> str:
    """The matcher that finds a bound as clients write it and as Prometheus 3 stores it."""
    text = shortest(bound)
    return f'le="{text}"' if text == stored(bound) else f'le=~"{text}(\\\\.0)?"'


def nearest(bound: float, bounds: Iterable[float]) -> float:
    """The declared bound that is closest."""
    return min(bounds, key=lambda one: (abs(one - bound), one))


def alternatives(matcher: Matcher) -> tuple[str, ...]:
    """The values of an `=`, or the parts between the `|` of a plain regex, each a regex; the whole where it nests."""
    text = matcher.value or ""
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    nests = set(inner) & set("()[]{}") or "\\|" in inner
    return (text,) if matcher.op == "=" or nests else tuple(inner.split("|"))


def finds(op: str, wanted: str, spelling: str) -> bool | None:
    """Whether `le <op> wanted` lets a spelling through, for `=` and `=~`; None where that cannot be told."""
    if op == "=":
        return wanted == spelling
    spelled = literals(wanted)
    return spelling in spelled if spelled is not None else matches(wanted, spelling)
