"""An annotation or label of an alert prints a label that the alert's expression does not give.

The text has a hole where the name should be: "target  of  is down". `$labels` are the labels of the series that the expression
yields: an aggregation keeps only those of its `by`. The alert's own labels (`severity`), those of its group and `alertname` are
added later and are not among them. A text that asks first (`{{ with $labels.instance }}`) is left alone.

Bad:
    down = Alert(name="ShopDown", expr="sum by (job) (up) == 0", summary="{{ $labels.instance }} is down")

Bad:
    down = Alert(name="ShopDown", expr="up == 0", severity="critical", summary='{{ index $labels "severity" }}: {{ .Labels.job }} is down')
    total = Alert(name="ShopGone", expr="sum(up) == 0", summary="{{ .Labels.job }} is gone")

Good:
    down = Alert(name="ShopDown", expr="sum by (job) (up) == 0 or absent(up)", summary='''
        {{ $labels.job }} is down{{ with $labels.instance }} at {{ . }}{{ end }},
        {{ range query "up == 0" }}{{ .Labels.instance }} {{ end }} too
    ''')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from obskit.analysis import Analysed, Asked, Traced
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.trees import reads
from obskit.model import RuleView
from obskit.naming import did_you_mean
from obskit.semantics.labels import OPEN
from obskit.templates import LabelUse, label_uses

LEVEL: Severity = "error"

_NAMED = re.compile(r"abels\.(\w+)")


def check(analysed: Analysed) -> Iterator[Problem]:
    """Templates of alerts that read labels their expression certainly lacks."""
    external = {label for service in analysed.project.services for label in service.external_labels}
    for asked in analysed.alerts:
        rule = asked.rule
        if rule is None or asked.meaning is None:
            continue
        for part in ("annotations", "labels"):
            for name, text in rule.json.get(part, {}).items():
                for use in label_uses(text) if "{{" in text and _is_doubtful(text, asked, external) else ():
                    problem = _external(use, external) if use.source == "$externalLabels" else _missing(asked, use)
                    if problem is not None:
                        message = f'{part.removesuffix("s")} "{name}" of alert "{rule.name}": {problem[0]}'
                        yield Problem(message, rule.origin, problem[1], text, use.span, rule.waive)
    for traced in analysed.traces:
        yield from _of_spans(traced, traced.rule) if traced.rule is not None else ()


def _of_spans(traced: Traced, rule: RuleView) -> Iterator[Problem]:
    """Labels that the series of spans lack: they are called as the fields that the query groups by."""
    names = rule.trace.labels if rule.trace is not None else ()
    if traced.meaning is None or {str(field) for field in traced.meaning.by} != set(names):
        return
    for part in ("annotations", "labels"):
        for name, text in rule.json.get(part, {}).items():
            for use in label_uses(text) if "{{" in text else ():
                if use.source == "$labels" and use.label not in (*names, "p"):
                    hint = f'write {{{{ index $labels "{names[0]}" }}}}' if names else "the query does not group: by=…"
                    message = f'{part.removesuffix("s")} "{name}" of alert "{rule.name}": label "{use.label}" is not in the result'
                    yield Problem(message, rule.origin, hint, text, use.span, rule.waive)


def _is_doubtful(text: str, asked: Asked, external: set[str]) -> bool:
    """A quick look: whether the text may name a label that is not there."""
    if "index" in text or (external and "xternalLabels" in text):
        return True
    labels = asked.meaning.value.labels if asked.meaning is not None else OPEN
    return not labels.open and any(name not in labels.names for name in _NAMED.findall(text))


def _missing(asked: Asked, use: LabelUse) -> tuple[str, str] | None:
    assert asked.meaning is not None
    assert asked.rule is not None
    root = asked.meaning.root
    labels = root.value.labels
    if use.label.startswith("__") or not labels.lacks(use.label):
        return None
    group = asked.group.json.get("labels") if asked.group is not None else None
    own = {*(asked.rule.json.get("labels") or {}), *(group if isinstance(group, dict) else ()), "alertname"}
    if use.label in own:
        hint = "it holds the labels of the expression; the alert's own are added later: write the text itself"
        return f'"$labels" has no "{use.label}"', hint
    gives = "the expression gives " + (", ".join(labels.names) or "no labels")
    if any(not read.value.labels.lacks(use.label) for read in reads(root)):
        return f'label "{use.label}" is not in the result', f'{gives}: keep "{use.label}" in its aggregation, or leave it out here'
    return f'label "{use.label}" is not in the result', did_you_mean(use.label, labels.names) or gives


def _external(use: LabelUse, external: set[str]) -> tuple[str, str] | None:
    """Where services declare external labels, others are a mistake."""
    if not external or use.label in external:
        return None
    hint = did_you_mean(use.label, external) or "declared: " + ", ".join(sorted(external))
    return f'no service has the external label "{use.label}"', hint
