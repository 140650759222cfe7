from obskit.catalog import Counter, Label, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
project = Label("project", at_most=40)
task_type = Label("task_type", values=("annotation", "review", "audit"))
quality_level = Label("quality_level", values=("excellent", "good", "acceptable", "poor"))
work_time = Counter(
    "quality_billing_work_time_total_seconds", help="Time worked on tasks.", service=quality_billing, unit=units.SECONDS,
    labels=(project, task_type), exposed="untyped", waive=(Waive("metric-name", "documented name: _total is not last"),),
)
total_amount = Counter(
    "quality_billing_total_amount_cents", help="Amount invoiced.", service=quality_billing, unit=units.CENTS,
    labels=(quality_level, task_type), exposed="untyped", waive=(Waive("metric-name", "documented name: _total is not last"),),
)
effective_work_time = Counter(
    "quality_billing_effective_work_time_seconds", help="Time worked that counted.", service=quality_billing, unit=units.SECONDS,
    labels=(project, task_type), exposed="untyped", waive=(Waive("metric-name", "documented name: no _total"),),
)
tasks_completed = Counter(
    "quality_billing_tasks_completed_total", help="Tasks brought to an end.", service=quality_billing, unit=units.EVENTS,
    labels=(task_type,),
)
invoices_generated = Counter(
    "quality_billing_invoices_generated_total", help="Invoices written.", service=quality_billing, unit=units.EVENTS,
    labels=(quality_level, task_type),
)
