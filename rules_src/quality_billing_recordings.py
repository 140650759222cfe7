"""What quality-billing's boards and other rules ask for again and again, evaluated once."""

from obskit.catalog import Waive
from obskit.rules import Record, RuleGroup
from rules_src.catalog.quality_billing import api_requests, invoice_amount, invoices_generated, total_amount
from rules_src.quality_billing import error_ratio

traffic = RuleGroup(
    "quality_billing.traffic",
    rules=(
        Record(name="job:quality_billing_api_requests:rate5m", expr=api_requests.rate("5m").sum(by="job")),
        Record(name="job:quality_billing_api_errors:ratio_rate5m", expr=error_ratio.over("5m")),
    ),
)

KEPT = Waive("unread-record", "kept for years in remote storage, beyond what Prometheus retains")

# Growth over the day before each evaluation, of all that the 30-day panels of the financial board show: few enough samples to
# be kept for years, and what a chart with a point a day reads there instead of a month of raw samples.
daily = RuleGroup(
    "quality_billing.daily",
    interval="2m",
    rules=(
        Record(
            name="job_quality_level:quality_billing_total_amount_cents:increase1d",
            expr=total_amount.increase("1d").sum(by=("job", "quality_level")),
            waive=(KEPT,),
        ),
        Record(
            name="job_quality_level:quality_billing_invoices_generated:increase1d",
            expr=invoices_generated.increase("1d").sum(by=("job", "quality_level")),
            waive=(KEPT,),
        ),
        Record(
            name="job_le:quality_billing_invoice_amount_cents_bucket:increase1d",
            expr=invoice_amount.heatmap(by="job", window="1d"),
            waive=(KEPT,),
        ),
    ),
)
