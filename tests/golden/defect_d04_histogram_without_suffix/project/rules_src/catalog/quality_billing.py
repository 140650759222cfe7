from obskit.catalog import Histogram, Label, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
task_type = Label("task_type", values=("annotation", "review", "audit"))
quality_improvement = Histogram(
    "quality_billing_quality_improvement_rate", help="Change of the score.", service=quality_billing, unit=units.RATIO,
    labels=(task_type,), bounds=(-1, 1), buckets=(-0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5),
    waive=(Waive("metric-name", "documented name: _rate on a histogram"),),
)
