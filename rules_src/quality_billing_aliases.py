"""The conventional names, as copies of the documented ones.

For exporters that expose the documented names only. Never load this file beside an exporter that exposes both: every
series would exist twice. The copies are identities, series by series: a sum here would hide resets from `rate`.
"""

from obskit.rules import Record, RuleGroup
from rules_src.catalog.quality_billing import cpu, effective_work_time, memory, total_amount, work_time

aliases = RuleGroup(
    "quality_billing.aliases",
    rules=(
        *(Record(name=signal.twin, expr=signal.sum(without=())) for signal in (work_time, effective_work_time, total_amount)),
        *(Record(name=signal.twin, expr=signal / 100) for signal in (cpu, memory)),
    ),
)
