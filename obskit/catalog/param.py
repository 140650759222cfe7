"""A value that may differ from environment to environment: a threshold, an objective, the name of a job."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, Any, Generic, TypeVar, cast

from obskit.catalog import units
from obskit.catalog.unit import Unit
from obskit.duration import Duration
from obskit.errors import DeclarationError
from obskit.given import given
from obskit.origin import Origin, here
from obskit.shape import shaped

Value = TypeVar("Value", int, float, str)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_AMOUNT = re.compile(r"\s*(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?P<unit>\S.*?)?\s*")
_SECONDS = {"seconds": 1, "milliseconds": 1e-3, "minutes": 60, "hours": 3600, "days": 86400}
"""What one of the unit is in seconds."""
_LETTERS = {"ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
"""The letters of durations, for fractions of them: 0.5s, which is not a duration of Prometheus."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Param(Generic[Value]):
    """A value with a name, which `[tool.obskit.env.<environment>.params]` may set: `MAX = Param("max_errors", 0.1, unit=units.RATIO)`.

    `default` is what the portable build uses; it decides the kind: a number, whole where the default is an `int` and `unit` is
    none, or text. `.value` is what holds now, to calculate with; in expressions, matchers, thresholds and as a bound or
    quantile of a histogram the parameter itself may stand. Numbers are given in `unit`, or as text that says its unit
    (`"500ms"`, `"20 %"`). `least` and `most` bound a number; a ratio is between 0 and 1 by itself. `values` closes a text. A
    value that does not fit is reported, and the default is used. Compared with a query, a span attribute or a panel's values in
    another unit than `unit` it is refused. Raises DeclarationError on a name or default that cannot be one.
    """

    name: str
    default: Value
    _: KW_ONLY
    unit: Annotated[Unit, "units.SECONDS"] = units.NONE
    least: float | None = None
    most: float | None = None
    values: tuple[str, ...] = ()
    help: str = ""
    value: Value = field(init=False)
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "parameter")
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise DeclarationError(f"{self.name!r} is not the name of a parameter", hint='letters, digits and _: "max_error_ratio"')
        if isinstance(self.default, bool) or not isinstance(self.default, (int, float, str)):
            raise DeclarationError(f'the default of parameter "{self.name}" is {self.default!r}', hint="a number or text")
        wrong = self._refused(self.default)
        if wrong:
            raise DeclarationError(f'the default of parameter "{self.name}" {wrong}', hint="is it in another unit?")
        object.__setattr__(self, "value", self._now())

    def __repr__(self) -> str:
        return f'Param("{self.name}", {self.default!r})'

    def __bool__(self) -> bool:
        raise self._meant()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, float, str)):  # else `if TEAM == "shop":` would be false for ever, and nobody told
            raise self._meant()
        return self is other or (isinstance(other, Param) and self._told() == other._told())

    def __hash__(self) -> int:
        return hash(self.name)

    def _meant(self) -> DeclarationError:
        hint = "say .value: a parameter stands for itself in expressions, matchers, thresholds, bounds and f-strings only"
        return DeclarationError(f'parameter "{self.name}" stands where its value is due', hint=hint)

    def _told(self) -> tuple[object, ...]:
        return (self.name, type(self.default), self.default, self.unit, self.least, self.most, self.values, self.help, self.value)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    def __str__(self) -> str:
        return str(self.value)

    def _now(self) -> Value:
        environment = given()
        if environment is None:
            return self.default
        environment.asked[self.name] = None
        if self.name not in environment.values:
            return self.default
        raw = environment.values[self.name]
        try:
            value = self._read(raw)
        except DeclarationError as error:
            environment.wrong.append((self.name, f'parameter "{self.name}" is {_shown(raw)}: {error.message}', error.hint))
            return self.default
        wrong = self._refused(value)
        if wrong:
            environment.wrong.append((self.name, f'parameter "{self.name}" is {_shown(raw)}, which {wrong}', self._example()))
            return self.default
        return value

    def _read(self, raw: Any) -> Value:
        """The value that the settings say, in the parameter's own unit."""
        if isinstance(self.default, str):
            if not isinstance(raw, str):
                raise DeclarationError("it is text", hint=self._example())
            return raw
        if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
            raise DeclarationError("it is a number", hint=self._example())
        amount = self._amount(raw) if isinstance(raw, str) else float(raw)
        if amount != amount or amount in (float("inf"), float("-inf")):
            raise DeclarationError("it is a number that has an end", hint=self._example())
        if not isinstance(self.default, int):
            return amount
        if self.unit == units.NONE and not amount.is_integer():
            raise DeclarationError("it is a whole number", hint=self._example())
        return cast(Value, int(amount) if amount.is_integer() else amount)

    def _amount(self, text: str) -> float:
        size = _SECONDS.get(self.unit.name)
        if size is not None:
            try:
                return Duration.parse(text.replace(" ", "")).seconds / size
            except DeclarationError:
                pass  # it may still be a number and the unit's own name
        match = _AMOUNT.fullmatch(text)
        if match is None:
            raise DeclarationError(f"that is no amount of {self.unit.name}", hint=self._example())
        number, unit = float(match["number"]), (match["unit"] or "").lower()
        if size is not None and match["unit"] in _LETTERS:
            return number * _LETTERS[match["unit"]] / size
        if unit == "%" and self.unit in (units.RATIO, units.PERCENT):
            return number / 100 if self.unit == units.RATIO else number
        if unit and unit not in (self.unit.name.lower(), self.unit.suffix.lower()):
            raise DeclarationError(f"its unit is {self.unit.name}", hint=self._example())
        return number

    def _refused(self, value: float | str) -> str:
        """What is wrong with a value of the right kind, or nothing."""
        if isinstance(value, str):
            return f"is none of {', '.join(self.values)}" if self.values and value not in self.values else ""
        bounds = (0.0, 1.0) if self.unit == units.RATIO else (None, None)
        least, most = (self.least if self.least is not None else bounds[0]), (self.most if self.most is not None else bounds[1])
        if least is not None and value < least:
            return f"is below {least:g}"
        return f"is above {most:g}" if most is not None and value > most else ""

    def _example(self) -> str:
        if isinstance(self.default, str):
            return "one of: " + ", ".join(self.values) if self.values else f'for example "{self.default}"'
        return f"in {self.unit.name}, for example {self.default:g}" if self.unit != units.NONE else f"for example {self.default:g}"


def now(value: Value | Param[Value]) -> Value:
    """What a value is here: of a parameter, what holds now."""
    return value.value if isinstance(value, Param) else value


def _shown(raw: object) -> str:
    return f'"{raw}"' if isinstance(raw, str) else f"{raw!r}"
