from obskit.catalog import Gauge, Label, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
task_type = Label("task_type", values=("annotation", "review", "audit"))
quality_score = Gauge(
    "quality_billing_quality_score", help="Score of the last assessment.", service=quality_billing, unit=units.RATIO,
    labels=(task_type,), bounds=(0, 1), waive=(Waive("metric-name", "documented name: no _ratio"),),
)
