from obskit.dashboards import dashboard, gauge, stat

executive = dashboard(
    "Executive Summary",
    uid="quality-billing-executive",
    description="The business at a glance.",
    tags=("quality-billing",),
    panels=[
        stat("Tasks Completed", "quality_billing_tasks_completed_today", unit="short", description="Tasks of a day."),
        gauge("Work Efficiency", "quality_billing_overall_work_efficiency", unit="percentunit", description="Effective time of all."),
        stat("Average Invoice", "quality_billing_today_average_invoice_cents / 100", unit="currencyUSD", description="Of a day."),
    ],
)
