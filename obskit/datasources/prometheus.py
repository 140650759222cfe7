"""Prometheus, and what speaks its language: Mimir, Thanos, Cortex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, ClassVar

from obskit.datasources.connection import Basic, Tls, check
from obskit.datasources.links import ToTrace
from obskit.duration import Duration
from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away, shown
from obskit.naming import did_you_mean, is_text
from obskit.origin import Origin, here, made
from obskit.secret import Secret
from obskit.shape import shaped

PRODUCTS = ("Prometheus", "Mimir", "Cortex", "Thanos")
METHODS = ("POST", "GET")


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A datasource of type `prometheus`: `Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090")`.

    `url` is its address as Grafana reaches it. `default`: Grafana takes it where a panel names none. `scrape_interval` is the longest of
    its jobs, a Prometheus duration: `$__rate_interval` follows from it (empty: Grafana takes 15s). `product` and `version` (`"3.5.0"`)
    tell Grafana what the API can do. `method` is how queries are sent. `exemplars` lead to traces. `parameters` are added to the
    address of every query (`"max_source_resolution=5m"`). `manage_alerts` says whether Grafana's alert list shows its rules (None: as
    Grafana is set). `incremental` asks only for what is new, when a panel is refreshed. `auth`, `headers`, `tls`: see `Basic`, `Secret`,
    `Tls`. Raises DeclarationError on a value that cannot be, and on a secret that is written out.
    """

    name: str
    _: KW_ONLY
    uid: str
    url: str
    default: bool = False
    scrape_interval: str = ""
    product: str = "Prometheus"
    version: str = ""
    method: str = "POST"
    exemplars: Annotated[ToTrace | tuple[ToTrace, ...], 'ToTrace("tempo")'] = ()
    parameters: str = ""
    manage_alerts: bool | None = None
    incremental: bool = False
    auth: Basic | None = None
    headers: Mapping[str, str | Secret] = field(default_factory=dict, hash=False)
    tls: Tls | None = None
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "prometheus"

    def __post_init__(self) -> None:
        check("Prometheus", self.name, self.uid, self.url, auth=self.auth, headers=self.headers, tls=self.tls)
        shaped(self, "datasource")
        what = f'datasource "{self.name}"'
        if self.scrape_interval != "":
            Duration.parse(self.scrape_interval, f"scrape interval of {what}")
        for option, value, choices in (("product", self.product, PRODUCTS), ("method", self.method, METHODS)):
            if value not in choices:
                hint = did_you_mean(str(value), choices) or "one of: " + ", ".join(choices)
                raise DeclarationError(f"{option} of {what} is {value!r}", hint=hint)
        for option in ("version", "parameters"):
            if not is_text(getattr(self, option)):
                raise DeclarationError(f"{option} of {what} must be text, not {shown(getattr(self, option))}")
        if given_away(f"http://x/?{self.parameters}"):
            hint = 'a header may hold it: headers={"X-Api-Key": Secret.env("NAME")}'
            raise SecretError(f"parameters of {what} hold a secret", hint=hint)
        for link in self.to_traces:
            if link.pattern:
                message = f"exemplars of {what} are found by their label, not by a pattern"
                raise DeclarationError(message, hint='ToTrace("tempo", label="trace_id")')
        made(self)

    @property
    def to_traces(self) -> tuple[ToTrace, ...]:
        """The links of `exemplars`."""
        return self.exemplars if isinstance(self.exemplars, tuple) else (self.exemplars,)
