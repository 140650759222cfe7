"""Alerts and recording rules as typed values, refused when Prometheus' own loader would refuse them.

What the loader refuses: Prometheus `model/rulefmt` (names, labels, durations, `for` on a recording rule, …).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Annotated

from obskit.catalog import Expr, SpanComparison, SpanQuery
from obskit.catalog.rewriting import signals
from obskit.duration import Duration
from obskit.errors import DeclarationError, SecretError
from obskit.giveaway import given_away
from obskit.given import given
from obskit.naming import LABEL_NAME, LARGEST_TEXT, did_you_mean, is_metric_name, is_text, runbook_page, too_large
from obskit.origin import Origin, here, made
from obskit.shape import shaped
from obskit.waiver import Waivers

NO_DATA = ("ok", "alerting", "keep-last", "no-data")
ON_ERROR = ("ok", "alerting", "keep-last", "error")
_TEXT = "a string in quotes, of whole Unicode characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alerting rule.

    `expr` is a typed expression, or PromQL text that is left as it is; or a comparison of spans with a number
    (`slow.count_over_time() > 0`), which only Grafana-managed alerting can hold. `for_` and `keep_firing_for` are durations.
    `severity` becomes the label of that name. `summary` (what is wrong, in one line) and `description` (templated)
    become annotations; so does `runbook`, an address; when none is given it is the service's, or that of the built page.
    `panel` is `<uid>/<panel key>` of the panel to open; Grafana finds it by two more annotations. `steps` are what whoever is
    called does first, a sentence each, for the runbook page. `no_data` and `on_error` are what Grafana-managed alerting does when
    the query yields nothing or fails (`ok`, `alerting`, `keep-last`, and `no-data` or `error`); empty: it follows from the query.
    Raises DeclarationError on what Prometheus would refuse.
    """

    name: str
    expr: Expr | str | SpanComparison
    for_: str = ""
    keep_firing_for: str = ""
    severity: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    summary: str = ""
    description: str = ""
    runbook: str = ""
    annotations: Mapping[str, str] = field(default_factory=dict, hash=False)
    panel: str = ""
    steps: Annotated[tuple[str, ...], '("Look whether …", "Ask …")'] = ()
    no_data: str = ""
    on_error: str = ""
    waive: Waivers = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        what = f'alert "{self.name}"'
        if not isinstance(self.name, str) or not self.name.strip():
            raise DeclarationError("an alert has a name", hint='Alert(name="ShopDown", …)')
        if not isinstance(self.expr, SpanComparison):
            _check_expr(self.expr, what)
        shaped(self, "alert")
        for option, value in (("for_", self.for_), ("keep_firing_for", self.keep_firing_for)):
            if value != "":
                Duration.parse(value, f"{option} of {what}")
        _check_pairs(self.labels, f"labels of {what}", "severity" if self.severity else "")
        _check_pairs(self.annotations, f"annotations of {what}", "")
        for reserved in ("summary", "description", "runbook_url"):
            if reserved in self.annotations:
                option = reserved.removesuffix("_url")
                raise DeclarationError(f'annotation "{reserved}" of {what} has an option of its own', hint=f"{option}=…")
        if is_text(self.runbook) and given_away(self.runbook):
            raise SecretError(f"the runbook of {what} holds a secret", hint="the address that people open")
        for option in ("name", "severity", "summary", "description", "runbook", "panel"):
            if not is_text(getattr(self, option)):
                raise DeclarationError(f"{option} of {what} must be text, not {getattr(self, option)!r}", hint=_TEXT)
            _check_size(getattr(self, option), f"{option} of {what}")
        if not all(is_text(step) and step.strip() for step in self.steps):
            raise DeclarationError(f"steps of {what} must be sentences, not {self.steps!r}", hint='steps=("Look whether …", "Ask …")')
        for option, value, choices in (("no_data", self.no_data, NO_DATA), ("on_error", self.on_error, ON_ERROR)):
            if value and value not in choices:
                hint = did_you_mean(str(value), choices) or "one of: " + ", ".join(choices)
                raise DeclarationError(f"{option} of {what} is {value!r}", hint=hint)
        made(self)

    @property
    def all_labels(self) -> dict[str, str]:
        return ({"severity": self.severity} if self.severity else {}) | dict(self.labels)

    @property
    def all_annotations(self) -> dict[str, str]:
        own = {"summary": self.summary, "description": self.description, "runbook_url": self.runbook_url}
        return {name: text for name, text in own.items() if text} | dict(self.annotations)

    @property
    def runbook_url(self) -> str:
        """The given address, else the service's with the alert's name in it, else that of the built page, else empty."""
        if self.runbook:
            return self.runbook
        if isinstance(self.expr, SpanComparison):
            services = self.expr.query.services
        else:
            services = () if isinstance(self.expr, str) else tuple(signal.service for signal in signals(self.expr))
        of_service = next((service.runbook.replace("{alert}", self.name) for service in services if service.runbook), "")
        settings = given()
        built = f"{settings.runbooks}/{runbook_page(self.name)}" if settings is not None and settings.runbooks else ""
        return of_service or built


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A recording rule: `expr` evaluated at the group's interval under the metric name `name`.

    Raises DeclarationError on what Prometheus would refuse.
    """

    name: str
    expr: Expr | str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    waive: Waivers = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not is_metric_name(self.name):
            raise DeclarationError(f'"{self.name}" is not a metric name', hint="level:metric:operation, for example job:requests:rate5m")
        _check_expr(self.expr, f'record "{self.name}"')
        shaped(self, "record")
        _check_pairs(self.labels, f'labels of record "{self.name}"', "")
        made(self)


Rule = Alert | Record


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules that are evaluated together, in order.

    `interval` and `query_offset` are durations (empty: the server's); `limit` the greatest number of alerts or series
    a rule may produce (0: none); `labels` are added to every rule. Raises DeclarationError on what Prometheus would refuse.
    """

    name: str
    _: KW_ONLY
    rules: Annotated[tuple[Rule, ...], "(first, second)"]
    interval: str = ""
    limit: int = 0
    query_offset: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        shaped(self, "group")
        what = f'group "{self.name}"'
        if not is_text(self.name) or not self.name.strip():
            raise DeclarationError("a rule group has a name", hint='RuleGroup("shop", rules=(…))')
        if not self.rules:
            raise DeclarationError(f"{what} has no rules", hint="rules=(first, second)")
        for option, value in (("interval", self.interval), ("query_offset", self.query_offset)):
            if value != "":
                Duration.parse(value, f"{option} of {what}")
        if not 0 <= self.limit < 2**31:
            raise DeclarationError(f"limit of {what} must be a whole number below 2^31, not {self.limit!r}", hint="0 means none")
        _check_pairs(self.labels, f"labels of {what}", "")
        made(self)


def _check_expr(expr: Expr | str, what: str) -> None:
    if isinstance(expr, SpanQuery):
        raise DeclarationError(f"expr of {what} is a question to spans, and no condition", hint="compare it with a number: > 0")
    if not isinstance(expr, (Expr, str)):
        hint = "== and != compare Python values: write .eq(…) or .ne(…)" if isinstance(expr, bool) else ""
        raise DeclarationError(f"expr of {what} must be an expression or PromQL text, not {expr!r}", hint=hint)
    if isinstance(expr, str) and not expr.strip():
        raise DeclarationError(f"expr of {what} is empty")
    if isinstance(expr, str) and not is_text(expr):
        raise DeclarationError(f"expr of {what} holds half of a character", hint=_TEXT)
    text = expr.promql(rule=True) if isinstance(expr, Expr) else expr
    _check_size(text, f"expr of {what}")


def _check_size(text: str, what: str) -> None:
    size = too_large(text)
    if size:
        hint = "split it with recording rules, or match with a regex"
        raise DeclarationError(f"{what} has {size // 1024} KiB, more than {LARGEST_TEXT // 1024}", hint=hint)


def _check_pairs(pairs: Mapping[str, str], what: str, taken: str) -> None:
    for name, value in pairs.items():
        if not isinstance(name, str) or LABEL_NAME.fullmatch(name) is None or name == "__name__":
            raise DeclarationError(f'{what}: "{name}" is not a label name', hint="letters, digits and _, no digit first")
        if not is_text(value):
            raise DeclarationError(f'{what}: "{name}" must be a string, not {value!r}', hint=_TEXT)
        _check_size(value, f'{what}: "{name}"')
        if name == taken:
            raise DeclarationError(f'{what}: "{name}" is given twice', hint=f"leave {name}= or the label")
