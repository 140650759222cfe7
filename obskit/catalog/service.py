"""Who exposes signals, and what holds for all of them: job, scrape interval, retention, owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated

from obskit.catalog.matcher import Matcher, matcher
from obskit.duration import Duration
from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away
from obskit.naming import is_label_name
from obskit.origin import Origin, here
from obskit.shape import shaped


@dataclass(frozen=True, slots=True)
class Service:
    """A monitored service.

    `job` is the value of the scrape job's label (empty: its series carry none). `instances` says whether series
    carry `instance`. `matchers` are further matchers that every query of its signals gets. `scrape_interval` and
    `retention` are Prometheus durations. `trace_name` is the `service.name` of its spans, the service's name by default.
    `runbook` is the address of an alert's page with `{alert}` for its name. `labels` are what discovery and relabelling
    add to all its series (`namespace`, `pod`); `external_labels` are added by Prometheus itself on the way out. Raises
    DeclarationError on an empty name, a wrong duration or an illegal label name.
    """

    name: str
    _: KW_ONLY
    job: Annotated[str, '"shop", or the .value of a Param'] = ""
    instances: bool = True
    scrape_interval: str = "15s"
    retention: str = "15d"
    owner: str = ""
    trace_name: str = ""
    runbook: str = ""
    matchers: Mapping[str, str | Matcher] = field(default_factory=dict, hash=False)
    labels: Annotated[tuple[str, ...], '("namespace", "pod")'] = ()
    external_labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "service")
        if not self.name or not isinstance(self.name, str):
            raise DeclarationError("a service has a name", hint='Service("shop", job="shop")')
        Duration.parse(self.scrape_interval, f'scrape interval of service "{self.name}"')
        Duration.parse(self.retention, f'retention of service "{self.name}"')
        for label in (*self.matchers, *self.labels, *self.external_labels):
            if not is_label_name(label):
                raise DeclarationError(f'service "{self.name}": "{label}" is not a label name')
        if given_away(self.runbook):
            raise SecretError(f'runbook of service "{self.name}" holds a secret, and would stand in every alert', hint="what people open")
        if self.runbook and "{alert}" not in self.runbook:
            raise DeclarationError(f'runbook of service "{self.name}" names no alert', hint='put "{alert}" where the name goes')

    @property
    def environment(self) -> tuple[str, ...]:
        """The labels every series of the service carries besides its own."""
        own = ("job", "instance") if self.instances else ("job",)
        return (own if self.job else ()) + self.labels + tuple(self.external_labels)

    @property
    def fixed(self) -> tuple[tuple[str, Matcher], ...]:
        """The matchers every query of its signals gets, besides the job's."""
        return tuple((label, matcher(value)) for label, value in self.matchers.items())

    @property
    def traces_as(self) -> str:
        return self.trace_name or self.name
