"""The ways from one datasource to another: to the trace of an exemplar or log line, to the logs or metrics of a span."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated, Protocol

from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away, shown
from obskit.naming import UID_LONGEST, is_label_name, is_text, is_uid
from obskit.regexes import compiled
from obskit.shape import shaped

_SHIFT = re.compile(r"0|[0-9]+(?:ms|s|m|h)")


class Named(Protocol):
    """What links lead to: any datasource."""

    @property
    def kind(self) -> str:
        """`prometheus`, `tempo` or `loki`."""

    @property
    def uid(self) -> str:
        """Its uid in Grafana."""


Reference = str | Named
"""A datasource, or its uid: that of one that is declared further down, or elsewhere."""


def uid_of(reference: Reference) -> str:
    """The uid that a reference means."""
    check_reference(reference, "a reference")
    return reference if isinstance(reference, str) else reference.uid


@dataclass(frozen=True, slots=True)
class ToTrace:
    """From an exemplar or a log line to its trace: `ToTrace(tempo)`, or `ToTrace("tempo")` where the value is not there yet.

    `label` of the exemplar or log line holds the trace id. Of log lines without such a label, `pattern` is a regular expression whose
    group finds it in the text: `ToTrace(tempo, pattern=r"trace_id=(\\w+)")`. `title` is the link's text. Instead of a datasource,
    `url` names a page outside Grafana, with `${__value.raw}` for the trace id. Raises DeclarationError on anything that leads nowhere.
    """

    to: Reference | None = None
    _: KW_ONLY
    label: str = "trace_id"
    pattern: str = ""
    title: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if (self.to is None) == (not self.url):
            raise DeclarationError("a link to traces leads to a datasource or to a url", hint='ToTrace(tempo), or ToTrace(url="https://…")')
        if self.to is not None:
            check_reference(self.to, "a link to traces")
        shaped(self, "a link to traces")
        if not is_label_name(self.label):
            raise DeclarationError(f"{self.label!r} is not the label that holds a trace id", hint='label="trace_id"')
        for option in ("pattern", "title", "url"):
            if not is_text(getattr(self, option)):
                raise DeclarationError(f"{option} of a link to traces must be text, not {shown(getattr(self, option))}")
        if given_away(self.url):
            raise SecretError("the url of a link to traces holds a secret", hint="everybody who sees the trace would see it")
        if self.pattern and _groups(self.pattern) < 1:
            hint = r'a regular expression with a group: r"trace_id=(\w+)"'
            raise DeclarationError(f'"{self.pattern}" does not find a trace id', hint=hint)
        if self.url and "${__value.raw}" not in self.url:
            raise DeclarationError(f'"{self.url}" names no trace', hint="put ${__value.raw} where the trace id goes")


@dataclass(frozen=True, slots=True)
class ToLogs:
    """From a span to its logs: `ToLogs(loki)`.

    `tags` are attributes of the span, or of its resource, by the label that logs carry them under. Grafana looks `before` and `after`
    the span, and for lines that hold the trace id (`by_trace`) or the span id (`by_span`). `query` replaces what Grafana would ask:
    LogQL with `${__tags}`, `${__span.traceId}`, `${__span.tags["http.route"]}`, …. Raises DeclarationError on a wrong name or length.
    """

    to: Reference
    _: KW_ONLY
    tags: Mapping[str, str] = field(default_factory=lambda: {"service.name": "service_name"}, hash=False)
    before: str = "2s"
    after: str = "2s"
    by_trace: bool = True
    by_span: bool = False
    query: str = ""

    def __post_init__(self) -> None:
        check_reference(self.to, "a link to logs")
        _check_tags(self.tags, "a link to logs")
        _check_lengths(self.before, self.after, "a link to logs")
        shaped(self, "a link to logs")
        if not is_text(self.query):
            raise DeclarationError(f"the query of a link to logs must be text, not {self.query!r}")


@dataclass(frozen=True, slots=True)
class ToMetrics:
    """From a span to the metrics around it: `ToMetrics(prometheus, queries={"Rate": "sum(rate(shop_requests_total{$__tags}[5m]))"})`.

    `tags` are attributes of the span, or of its resource, by the label that metrics carry them under; `$__tags` in a query stands for the
    matchers made of those that the span has. `queries` are PromQL by title, checked like every other; without any Grafana asks for the
    latency that Tempo's span-metrics tell. Grafana looks `before` and `after` the span. Raises DeclarationError on a wrong name or
    length, or on a query that knows nothing of the span.
    """

    to: Reference
    _: KW_ONLY
    tags: Mapping[str, str] = field(default_factory=lambda: {"service.name": "service"}, hash=False)
    queries: Annotated[Mapping[str, str], '{"Rate": "…{$__tags}…"}'] = field(default_factory=dict, hash=False)
    before: str = "2m"
    after: str = "2m"

    def __post_init__(self) -> None:
        check_reference(self.to, "a link to metrics")
        _check_tags(self.tags, "a link to metrics")
        _check_lengths(self.before, self.after, "a link to metrics")
        shaped(self, "a link to metrics")
        for title, query in self.queries.items():
            if not is_text(title) or not title.strip() or not is_text(query) or not query.strip():
                raise DeclarationError(f"query {title!r} of a link to metrics must be text", hint='queries={"Rate": "…{$__tags}…"}')
            if not any(name in query for name in ("$__tags", "${__tags", "${__span", "${__trace")):
                message = f'query "{title}" of a link to metrics is the same for every span'
                raise DeclarationError(message, hint="put {$__tags} behind the metric")


def check_reference(reference: object, what: str) -> None:
    """Raises DeclarationError when `reference` is neither a datasource nor a uid."""
    if isinstance(reference, str):
        if not is_uid(reference):
            hint = f"letters, digits, - and _, at most {UID_LONGEST}"
            named = shown(reference) if given_away(reference) else f'"{reference}"'
            raise DeclarationError(f"{what} leads to {named}, which is not a uid", hint=hint)
    elif not isinstance(getattr(reference, "kind", None), str) or not isinstance(getattr(reference, "uid", None), str):
        raise DeclarationError(f"{what} leads to {shown(reference)}", hint="a datasource, or its uid")


def _check_tags(tags: Mapping[str, str], what: str) -> None:
    if not isinstance(tags, Mapping) or not tags:
        raise DeclarationError(f"{what} knows a span by its tags", hint='tags={"service.name": "service"}')
    for attribute, label in tags.items():
        if not is_text(attribute) or not attribute.strip():
            raise DeclarationError(f"{what}: {attribute!r} is not an attribute of spans")
        if not is_label_name(label):
            raise DeclarationError(f'{what}: {label!r}, for "{attribute}", is not a label name', hint="letters, digits and _")


def _check_lengths(before: str, after: str, what: str) -> None:
    for option, value in (("before", before), ("after", after)):
        if not isinstance(value, str) or not _SHIFT.fullmatch(value):
            raise DeclarationError(f"{option} of {what} is {value!r}", hint='a length of time: "2s", "5m"')


def _groups(pattern: str) -> int:
    try:
        return compiled(pattern).groups
    except re.error:
        return 0
