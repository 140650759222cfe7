"""An annotation or label of an alert that is no template.

Prometheus refuses the whole rule file. Templates are Go's: `{{ $value }}`, `{{ $labels.job }}`, functions after `|`,
strings in double quotes or backquotes. A function that is newer than the Prometheus of `tool.obskit.targets` counts too.

Bad:
    down = Alert(name="ShopDown", expr="up == 0", summary="{{ $labels.job } is down")

Bad:
    down = Alert(name="ShopDown", expr="up == 0", summary="{{ $label.job }} is down")

Bad:
    down = Alert(name="ShopDown", expr="up == 0", description="{{ $value | humanise }}")

Bad:
    down = Alert(name="ShopDown", expr="up == 0", description="{{ if $value }}yes")

Good:
    down = Alert(name="ShopDown", expr="up == 0", summary="{{ $labels.job }} is down", description='''
    {{ with printf "count(up{job='%s'})" $labels.job | query }}{{ . | first | value | humanize }}{{ else }}none{{ end }}
    ''')
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.analysis.placed import files
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.templates import faults
from obskit.model import RuleView
from obskit.promql import Requirement

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Annotations and labels of alerts that Prometheus would refuse."""
    target = analysed.project.settings.targets.prometheus
    for file in files(analysed.project):
        for _, rule in file.rules():
            if rule.kind == "alert":
                yield from _of_rule(rule, target)


def _of_rule(rule: RuleView, target: str) -> Iterator[Problem]:
    for part in ("annotations", "labels"):
        for name, text in rule.json.get(part, {}).items():
            for fault in faults(text) if "{{" in text else ():
                if fault.since and Requirement(feature="", since=fault.since).met_by(target):
                    continue
                message = f'{part.removesuffix("s")} "{name}" of alert "{rule.name}": {fault.message}'
                hint = f"the target is {target}, see tool.obskit.targets" if fault.since else fault.hint
                yield Problem(message, rule.origin, hint, text, fault.span, rule.waive)
