"""An alert on spans that nobody evaluates.

Prometheus reads no traces: only Grafana-managed alerting can ask Tempo, from Grafana 12.1 on, with the experimental feature toggle
`tempoAlerting`. So such an alert is delivered by the format `alerting` alone. Where that is not enabled, or the Grafana of
`tool.obskit.targets` is older, the alert would be lost in silence. Prefer an alert on a counter, or on Tempo's span metrics.

Settings:
    formats = ["dashboards", "rules"]

Bad:
    step = SpanAttribute("step", help="Step.", service=shop, type="string", at_most=5)
    slow = Alert(name="ShopSlow", expr=spans(shop, span_status("error")).count_over_time(by=step) > 0)

Good:
    errors = Counter("shop_errors_total", help="Errors.", service=shop)
    slow = Alert(name="ShopSlow", expr=errors.rate().sum(by="job").over("5m") > 0)
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem

LEVEL: Severity = "error"

SINCE = "12.1"
"""The first Grafana with alerts on spans."""


def check(analysed: Analysed) -> Iterator[Problem]:
    """Alerts on spans that no enabled format can hold."""
    settings = analysed.project.settings
    if "alerting" not in settings.formats:
        why, hint = "only the format alerting holds it, which is not enabled", 'formats = ["dashboards", "rules", "alerting"]'
    elif not settings.targets.has_grafana(SINCE):
        why = f"it needs Grafana {SINCE}, and the target is {settings.targets.grafana}"
        hint = "change grafana in [tool.obskit.targets]"
    else:
        return
    for file in analysed.project.trace_alerts:
        for _, rule in file.rules():
            message = f'alert "{rule.name}" asks spans: {why}'
            yield Problem(message, rule.origin, f"{hint}, or alert on a metric", waive=rule.waive)
