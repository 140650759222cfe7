"""Label matchers: `"x"` as it stands, `regex(…)`, `not_(…)`, `one_of(…)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from obskit.catalog.param import Param
from obskit.errors import DeclarationError
from obskit.regexes import compiled
from obskit.shape import checked, shaped

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Matcher:
    """A comparison with a label's value: `op` is one of `= != =~ !~`. `literals` are the values it spells out, if it does."""

    op: str
    value: str
    literals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shaped(self, "matcher")

    def __str__(self) -> str:
        return self.op + quoted(self.value)


def matcher(value: object) -> Matcher:
    """The matcher that `value` stands for; a plain string must be equal."""
    if isinstance(value, Matcher):
        return value
    value = value.value if isinstance(value, Param) else value
    if isinstance(value, str):
        return Matcher("=", value, (value,) if value else ())
    raise DeclarationError(f"a matcher is a string, regex, not_ or one_of, not {value!r}", hint='where(status_code="500")')


@checked("regex")
def regex(pattern: str) -> Matcher:
    """The value matches `pattern` (RE2, anchored at both ends by Prometheus). Raises DeclarationError if it does not compile."""
    try:
        compiled(pattern)
    except re.error as error:
        raise DeclarationError(f'regular expression "{pattern}" does not compile: {error}') from error
    return Matcher("=~", pattern)


def not_(value: str | Matcher) -> Matcher:
    """The opposite of a matcher."""
    inner = matcher(value)
    opposite = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}[inner.op]
    return Matcher(opposite, inner.value, inner.literals)


@checked("one_of")
def one_of(*values: str) -> Matcher:
    """The value is one of `values`."""
    if not values:
        raise DeclarationError("one_of needs a value", hint='one_of("failed", "dropped")')
    if len(values) == 1:
        return matcher(values[0])
    return Matcher("=~", "|".join(_SPECIAL.sub(r"\\\g<0>", value) for value in values), values)


def bucket_bound(bound: float) -> Matcher:
    """The `le` matcher that finds a bound whether the client writes `2` or `2.0`."""
    text = shortest(bound)
    if "." in text or "e" in text or bound == float("inf"):
        return Matcher("=", text)
    return Matcher("=~", text + r"(\.0)?")


def shortest(bound: float) -> str:
    """A bucket's bound as most clients write it: Go's `%g` with as many digits as it takes; `1e+06` from a million on."""
    if bound == float("inf"):
        return "+Inf"
    sign, digits, exponent = Decimal(repr(float(bound))).normalize().as_tuple()
    assert isinstance(exponent, int)
    power = len(digits) + exponent - 1
    if -5 < power < 6:
        return number(bound)
    first, *rest = map(str, digits)
    return f"{'-' if sign else ''}{first}{'.' if rest else ''}{''.join(rest)}e{'-' if power < 0 else '+'}{abs(power):02}"


def number(value: float) -> str:
    """A number as PromQL reads it: shortest decimal form, no exponent below 1e21, no trailing `.0`."""
    if value != value or value in (float("inf"), float("-inf")):
        return {"inf": "Inf", "-inf": "-Inf", "nan": "NaN"}[repr(float(value))]
    if float(value).is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = repr(float(value))
    return f"{float(value):.20f}".rstrip("0") if "e-" in text and abs(value) >= 1e-10 else text


def quoted(text: str) -> str:
    """A double-quoted PromQL or TraceQL string."""
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'
