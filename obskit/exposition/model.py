"""The values that an exposition is read into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from obskit.finding import Severity

Format = Literal["text", "openmetrics"]
"""text: the Prometheus text format, version 0.0.4 · openmetrics: OpenMetrics, version 1.0."""

Labels = tuple[tuple[str, str], ...]
"""Label names and values, in the order they are written."""

SUFFIXES: dict[Format, dict[str, tuple[str, ...]]] = {
    "text": {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")},
    "openmetrics": {
        "counter": ("_total", "_created"),
        "histogram": ("_bucket", "_sum", "_count", "_created"),
        "gaugehistogram": ("_bucket", "_gsum", "_gcount"),
        "summary": ("", "_sum", "_count", "_created"),
        "info": ("_info",),
    },
}
"""What follows a family's name in the names of its samples, by format and type; nothing does where no type is given."""

_TAKEN_OFF = {"counter": "_total", "info": "_info"}
"""The ending that OpenMetrics takes off the name of a family, by type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplar:
    """One observation behind a sample; `timestamp` is in seconds since 1970."""

    labels: Labels
    value: float
    timestamp: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One line that holds a value. `timestamp` is in seconds since 1970, whatever the format writes."""

    name: str
    labels: Labels
    value: float
    line: int
    timestamp: float | None = None
    exemplar: Exemplar | None = None

    def label(self, name: str) -> str | None:
        """The value of a label, None where the sample has none of that name."""
        return next((value for own, value in self.labels if own == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A metric and its samples. `name` is that of its TYPE line: an OpenMetrics counter's lacks `_total`.

    `type` is `untyped` where none is given, and where OpenMetrics says `unknown`. `line` is the first that is about it.
    """

    name: str
    type: str
    help: str
    unit: str
    line: int
    samples: tuple[Sample, ...] = ()
    format: Format = "text"

    @property
    def metric(self) -> str:
        """The name under which it is asked for: with the ending that OpenMetrics takes off counters and infos."""
        ending = _TAKEN_OFF.get(self.type, "") if self.format == "openmetrics" else ""
        return self.name if any(self.keeps_ending(sample) for sample in self.samples[:1]) else self.name + ending

    def keeps_ending(self, sample: Sample) -> bool:
        """Whether TYPE says the sample's whole name where OpenMetrics takes its ending off, as kube-state-metrics does."""
        ending = _TAKEN_OFF.get(self.type) if self.format == "openmetrics" else None
        return ending is not None and sample.name == self.name and sample.name.endswith(ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a line. `kind` is a short word for what.

    `text` is the line, cut when it is long; `span` (start, end) are offsets into `text`, `column` counts from 1 in the
    whole line (0: the line as such is meant). `severity` is `error` unless Prometheus takes it and only people will be misled.
    """

    kind: str
    message: str
    line: int
    text: str = ""
    span: tuple[int, int] | None = None
    column: int = 0
    hint: str = ""
    severity: Severity = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposition:
    """All that was read, in the order it is written; what could not be read is a fault and nothing else."""

    format: Format = "text"
    families: tuple[Family, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The samples, family by family."""
        return tuple(sample for family in self.families for sample in family.samples)
