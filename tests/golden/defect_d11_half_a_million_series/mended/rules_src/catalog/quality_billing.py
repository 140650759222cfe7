from obskit.catalog import Counter, Label, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
project = Label("project", at_most=40)
quality_level = Label("quality_level", values=("excellent", "good", "acceptable", "poor"))
task_type = Label("task_type", at_most=6)
work_time = Counter(
    "quality_billing_work_time_total_seconds", help="Time worked on tasks.", service=quality_billing, unit=units.SECONDS,
    labels=(project, quality_level, task_type), exposed="untyped",
    waive=(Waive("metric-name", "documented name: _total is not last"),),
)
