from obskit.catalog import Histogram, Label, Service, units

quality_billing = Service("quality-billing", job="quality-billing")
task_type = Label("task_type", values=("annotation", "review", "audit"))
quality_score_ratio = Histogram(
    "quality_billing_quality_score_ratio", help="Scores of all assessments.", service=quality_billing, unit=units.RATIO,
    labels=(task_type,), bounds=(0, 1), buckets=(0.5, 0.6, 0.7, 0.8, 0.9, 1),
)
