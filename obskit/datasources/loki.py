"""Loki: logs, and from each line to its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, ClassVar

from obskit.datasources.connection import Basic, Tls, check
from obskit.datasources.links import ToTrace
from obskit.errors import DeclarationError
from obskit.origin import Origin, here, made
from obskit.secret import Secret
from obskit.shape import shaped


@dataclass(frozen=True, slots=True)
class Loki:
    """A datasource of type `loki`: `Loki("Loki", uid="loki", url="http://loki:3100", traces=ToTrace("tempo"))`.

    `url` is its address as Grafana reaches it. `default`: Grafana takes it where a panel names none. `traces` lead from a line to its
    trace. `max_lines` is how many lines a query gives (None: Grafana takes 1000). `auth`, `headers`, `tls`: see `Basic`, `Secret`,
    `Tls`. Raises DeclarationError on a value that cannot be, and on a secret that is written out.
    """

    name: str
    _: KW_ONLY
    uid: str
    url: str
    default: bool = False
    traces: Annotated[ToTrace | tuple[ToTrace, ...], 'ToTrace("tempo")'] = ()
    max_lines: int | None = None
    auth: Basic | None = None
    headers: Mapping[str, str | Secret] = field(default_factory=dict, hash=False)
    tls: Tls | None = None
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    kind: ClassVar[str] = "loki"

    def __post_init__(self) -> None:
        check("Loki", self.name, self.uid, self.url, auth=self.auth, headers=self.headers, tls=self.tls)
        shaped(self, "datasource")
        lines = self.max_lines
        if lines is not None and (not isinstance(lines, int) or isinstance(lines, bool) or lines < 1):
            raise DeclarationError(f'max_lines of datasource "{self.name}" is {lines!r}', hint="a whole number from 1")
        made(self)

    @property
    def to_traces(self) -> tuple[ToTrace, ...]:
        """The links of `traces`."""
        return self.traces if isinstance(self.traces, tuple) else (self.traces,)
