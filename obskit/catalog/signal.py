"""Metrics as typed values: each kind offers what its samples mean, and no more."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from obskit.catalog import units
from obskit.catalog.expr import Expr
from obskit.catalog.label import Label
from obskit.catalog.matcher import Matcher, matcher
from obskit.catalog.nodes import Selector
from obskit.catalog.service import Service
from obskit.catalog.unit import Unit
from obskit.errors import DeclarationError
from obskit.naming import did_you_mean, is_metric_name
from obskit.origin import Origin, here
from obskit.shape import shaped
from obskit.waiver import Waivers

Stability = Literal["experimental", "stable"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Signal(Expr):
    """What every metric declares.

    `help` says what is counted, for people. `labels` are its own dimensions, in order; `job`, `instance` and external
    labels belong to the `service`. `bounds` are the least and greatest value it can have (None: no limit).
    `deprecated` says what to use instead; `aliases` are former names; `twin` is the name that convention would give it.
    `exposed` is the TYPE an exporter writes when it differs from the kind (`untyped`).
    Two signals are equal only when they are the same one. Raises DeclarationError on an illegal name, a repeated label,
    a wrong type, a missing help text.
    """

    name: str
    _: KW_ONLY
    help: str
    service: Service
    unit: Annotated[Unit, "units.SECONDS"] = units.COUNT
    labels: Annotated[tuple[Label, ...], '(Label("name", at_most=50),)'] = ()
    bounds: tuple[float | None, float | None] = (None, None)
    stability: Stability = "stable"
    owner: str = ""
    since: str = ""
    deprecated: str = ""
    aliases: tuple[str, ...] = ()
    twin: str = ""
    exposed: str = ""
    waive: Waivers = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    kind: ClassVar[str] = ""
    only_for: ClassVar[dict[str, str]] = {}
    """Names that another kind has, with what to do instead."""

    def __post_init__(self) -> None:
        shaped(self, type(self).kind or "signal")
        for name in (self.name, *self.aliases, *filter(None, [self.twin])):
            if not is_metric_name(name):
                raise DeclarationError(f'"{name}" is not a metric name', hint="letters, digits, _ and :, not a digit first")
        if not self.help.strip():
            raise DeclarationError(f'"{self.name}" has no help text', hint="say in one sentence what is counted")
        self._check_labels()
        low, high = self.bounds
        if low is not None and high is not None and low >= high:
            raise DeclarationError(f'bounds of "{self.name}" are upside down: {low} to {high}')

    def _check_labels(self) -> None:
        seen: set[str] = set()
        for label in self.labels:
            if label.name in seen:
                raise DeclarationError(f'"{self.name}" has label "{label.name}" twice')
            if label.name in self.service.environment:
                raise DeclarationError(f'label "{label.name}" of "{self.name}" is an environment label of service "{self.service.name}"')
            seen.add(label.name)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            self.refuse(name)
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}", name=name, obj=self)

    def __repr__(self) -> str:
        return f'{type(self).__name__}("{self.name}")'

    def refuse(self, name: str) -> None:
        """Raises DeclarationError when `name` is what only another kind of metric can be asked."""
        if name in type(self).only_for:
            raise DeclarationError(f'"{self.name}" is a {self.kind}: it has no {name}()', hint=type(self).only_for[name])

    def where(self, **matchers: str | Matcher) -> Selector:
        """Its series that match. Raises DeclarationError on a label it lacks or a value the label cannot have."""
        return Selector(self, self.checked(matchers))

    def checked(self, matchers: dict[str, str | Matcher]) -> tuple[tuple[str, Matcher], ...]:
        """The matchers by label, if this metric can have them. Raises DeclarationError otherwise."""
        own = {label.name: label for label in self.labels}
        known = tuple(dict.fromkeys((*own, *self.service.environment, *self.service.matchers)))
        pairs = []
        for name, value in matchers.items():
            match = matcher(value)
            if name not in known:
                hint = did_you_mean(name, known) or "its labels: " + (", ".join(known) or "none")
                raise DeclarationError(f'label "{name}" is not on metric "{self.name}"', hint=hint)
            for literal in match.literals if name in own else ():
                if not own[name].allows(literal):
                    message = f'label "{name}" of metric "{self.name}" is never "{literal}"'
                    raise DeclarationError(message, hint=own[name].expects(literal))
            pairs.append((name, match))
        return tuple(pairs)

    @property
    def label_names(self) -> tuple[str, ...]:
        return tuple(label.name for label in self.labels)

    @property
    def series_names(self) -> tuple[str, ...]:
        """The metric names that can be queried."""
        return (self.name,)
