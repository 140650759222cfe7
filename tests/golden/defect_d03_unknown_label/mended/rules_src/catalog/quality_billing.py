from obskit.catalog import Counter, Gauge, Label, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
task_type = Label("task_type", values=("annotation", "review", "audit"))
quality_level = Label("quality_level", values=("excellent", "good", "acceptable", "poor"))
total_amount = Counter(
    "quality_billing_total_amount_cents", help="Amount invoiced.", service=quality_billing, unit=units.CENTS,
    labels=(quality_level, task_type), exposed="untyped", waive=(Waive("metric-name", "documented name: _total is not last"),),
)
quality_score = Gauge(
    "quality_billing_quality_score", help="Score of the last assessment.", service=quality_billing, unit=units.RATIO,
    labels=(task_type,), bounds=(0, 1), waive=(Waive("metric-name", "documented name: no _ratio"),),
)
