"""Span attributes as typed values, and the TraceQL questions that can be asked of them.

Forms: TraceQL as Tempo reads it, scoped attributes only. Every question about an attribute filters out the spans that
lack it (`!= nil`): without that filter Tempo's sums are wrong and answered with success.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, Any, Literal

from obskit.catalog import units
from obskit.catalog.matcher import Matcher, matcher, number, quoted
from obskit.catalog.measured import in_unit_of
from obskit.catalog.param import Param
from obskit.catalog.service import Service
from obskit.catalog.span_query import SpanQuery
from obskit.catalog.unit import Unit
from obskit.errors import DeclarationError
from obskit.naming import did_you_mean
from obskit.origin import Origin, here
from obskit.shape import checked, shaped
from obskit.waiver import Waivers

SpanType = Literal["int", "float", "string", "bool"]
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.\-]+")


@dataclass(frozen=True, slots=True)
class SpanCondition:
    """A condition on one attribute or intrinsic, as it stands between the braces."""

    text: str
    reads: tuple[SpanAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanAttribute:
    """An attribute of a service's spans.

    `type` is `int`, `float`, `string` or `bool`: Tempo keeps quantiles of ints only. `values` closes a string
    attribute; `at_most` bounds an open one that is grouped by. `aliases` are other names it is known under and read
    as; `semantic` is its OpenTelemetry name. Raises DeclarationError on an empty or illegal name.
    """

    name: str
    _: KW_ONLY
    help: str
    service: Service
    type: SpanType
    unit: Annotated[Unit, "units.SECONDS"] = units.NONE
    values: tuple[str, ...] = ()
    at_most: int | None = None
    aliases: tuple[str, ...] = ()
    semantic: str = ""
    deprecated: str = ""
    waive: Waivers = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "span attribute")
        if not isinstance(self.name, str) or not self.name or "\n" in self.name:
            raise DeclarationError(f"{self.name!r} is not a span attribute name", hint='for example "cost.usd"')
        if self.name.startswith(("span.", "resource.", ".")):
            raise DeclarationError(f'span attribute "{self.name}" carries a scope', hint="write the bare name; the scope is added")
        if self.type not in ("int", "float", "string", "bool"):
            raise DeclarationError(f'type of "{self.name}" is {self.type!r}', hint="int, float, string or bool")
        if not self.help.strip():
            raise DeclarationError(f'span attribute "{self.name}" has no help text', hint="say in one sentence what it holds")

    @property
    def field(self) -> str:
        """How TraceQL writes it, scope included."""
        return "span." + (self.name if _PLAIN_NAME.fullmatch(self.name) else quoted(self.name))

    # conditions

    def exists(self) -> SpanCondition:
        return SpanCondition(f"{self.field} != nil", (self,))

    def eq(self, value: Any) -> SpanCondition:
        return self._compare("=", value)

    def ne(self, value: Any) -> SpanCondition:
        return self._compare("!=", value)

    def __lt__(self, value: Any) -> SpanCondition:
        return self._compare("<", value)

    def __gt__(self, value: Any) -> SpanCondition:
        return self._compare(">", value)

    def __le__(self, value: Any) -> SpanCondition:
        return self._compare("<=", value)

    def __ge__(self, value: Any) -> SpanCondition:
        return self._compare(">=", value)

    def _compare(self, operator: str, value: Any) -> SpanCondition:
        if isinstance(value, Param):
            in_unit_of(value, self.unit)
            value = value.value
        if isinstance(value, (str, Matcher)):
            if self.type != "string":
                raise DeclarationError(f'"{self.name}" is {self.type}, compared with text', hint="write a number")
            match = matcher(value)
            for literal in match.literals if self.values else ():
                if literal not in self.values:
                    hint = did_you_mean(literal, self.values) or "declared values: " + ", ".join(self.values)
                    raise DeclarationError(f'span attribute "{self.name}" is never "{literal}"', hint=hint)
            negated = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}[match.op] if operator == "!=" else match.op
            return SpanCondition(f"{self.field} {negated} {quoted(match.value)}", (self,))
        if isinstance(value, bool):
            return SpanCondition(f"{self.field} {operator} {str(value).lower()}", (self,))
        if self.type in ("string", "bool"):
            raise DeclarationError(f'"{self.name}" is {self.type}, compared with a number', hint="write a string")
        if not isinstance(value, (int, float)):
            raise DeclarationError(f'"{self.name}" is compared with {value!r}', hint="a number, or a parameter that holds one")
        return SpanCondition(f"{self.field} {operator} {number(value)}", (self,))

    # metrics over time

    def avg_over_time(self, by: SpanAttribute | Iterable[SpanAttribute] = (), *, where: Iterable[SpanCondition] = ()) -> SpanQuery:
        return self._measured("avg_over_time", by, where)

    def sum_over_time(self, by: SpanAttribute | Iterable[SpanAttribute] = (), *, where: Iterable[SpanCondition] = ()) -> SpanQuery:
        return self._measured("sum_over_time", by, where)

    def min_over_time(self, by: SpanAttribute | Iterable[SpanAttribute] = (), *, where: Iterable[SpanCondition] = ()) -> SpanQuery:
        return self._measured("min_over_time", by, where)

    def max_over_time(self, by: SpanAttribute | Iterable[SpanAttribute] = (), *, where: Iterable[SpanCondition] = ()) -> SpanQuery:
        return self._measured("max_over_time", by, where)

    def quantile_over_time(
        self, q: float, by: SpanAttribute | Iterable[SpanAttribute] = (), *, where: Iterable[SpanCondition] = ()
    ) -> SpanQuery:
        """The q-quantile, estimated over powers of two. Raises DeclarationError on a float: Tempo answers with nothing."""
        if self.type != "int":
            hint = "record it as an int, or take the quantile of the span duration"
            raise DeclarationError(f'quantile of "{self.name}", which is {self.type}, is always empty', hint=hint)
        if not 0 <= q <= 1:
            raise DeclarationError(f"quantile {q!r} is not between 0 and 1", hint="the 95th percentile is 0.95")
        return self._measured("quantile_over_time", by, where, f", {number(q)}")

    def _measured(
        self, function: str, by: SpanAttribute | Iterable[SpanAttribute], where: Iterable[SpanCondition], more: str = ""
    ) -> SpanQuery:
        if self.type in ("string", "bool"):
            raise DeclarationError(f'{function} of "{self.name}", which is {self.type}', hint="only numbers can be measured")
        conditions = tuple(where)
        if not any(self in condition.reads for condition in conditions):
            conditions = (self.exists(), *conditions)
        return spans(self.service, *conditions).metric(f"{function}({self.field}{more})", by, unit=self.unit, reads=(self,))


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of a service under conditions; `search()` finds them, the rest measures them over time."""

    service: Service
    conditions: tuple[SpanCondition, ...] = ()

    @property
    def filter(self) -> str:
        """The spanset filter, braces included."""
        own = f"resource.service.name = {quoted(self.service.traces_as)}"
        return "{ " + " && ".join((own, *(condition.text for condition in self.conditions))) + " }"

    def search(self) -> SpanQuery:
        return SpanQuery(self.filter, metrics=False, reads=self._reads(), service=self.service)

    def count_over_time(self, by: SpanAttribute | Iterable[SpanAttribute] = ()) -> SpanQuery:
        return self.metric("count_over_time()", by, unit=units.COUNT)

    def rate(self, by: SpanAttribute | Iterable[SpanAttribute] = ()) -> SpanQuery:
        """Spans per second."""
        return self.metric("rate()", by, unit=Unit("spans per second", grafana="cps"))

    def duration_quantile(self, q: float, by: SpanAttribute | Iterable[SpanAttribute] = ()) -> SpanQuery:
        """The q-quantile of the span duration, in seconds, estimated over powers of two."""
        return self.metric(f"quantile_over_time(span:duration, {number(q)})", by, unit=units.SECONDS)

    def metric(
        self,
        stage: str,
        by: SpanAttribute | Iterable[SpanAttribute] = (),
        *,
        unit: Unit | None = None,
        reads: tuple[SpanAttribute, ...] = (),
    ) -> SpanQuery:
        """A metrics query: the filter, one metrics stage, and the attributes its series are told apart by."""
        grouped = (by,) if isinstance(by, SpanAttribute) else tuple(by)
        group = f" by ({', '.join(each.field for each in grouped)})" if grouped else ""
        return SpanQuery(
            f"{self.filter} | {stage}{group}",
            unit=unit,
            labels=tuple(each.field for each in grouped),
            reads=tuple(dict.fromkeys((*reads, *self._reads(), *grouped))),
            service=self.service,
        )

    def _reads(self) -> tuple[SpanAttribute, ...]:
        return tuple(attribute for condition in self.conditions for attribute in condition.reads)


@checked("spans")
def spans(service: Service, *conditions: SpanCondition) -> Spans:
    """The spans of `service` that meet every condition."""
    return Spans(service, conditions)


@checked("span status")
def span_status(value: Literal["ok", "error", "unset"]) -> SpanCondition:
    """The span's status is `ok`, `error` or `unset`. Raises DeclarationError on another word."""
    return SpanCondition(f"status = {value}")
