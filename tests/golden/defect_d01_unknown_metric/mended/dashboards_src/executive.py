from obskit.dashboards import dashboard, gauge, stat

executive = dashboard(
    "Executive Summary",
    uid="quality-billing-executive",
    description="The business at a glance.",
    tags=("quality-billing",),
    panels=[
        stat("Tasks Completed", "sum(increase(quality_billing_tasks_completed_total[1d]))", unit="short", description="Tasks of a day."),
        gauge(
            "Work Efficiency",
            """
            sum(rate(quality_billing_effective_work_time_seconds[$__range]))
            /
            (sum(rate(quality_billing_work_time_total_seconds[$__range])) > 0)
            """,
            unit="percentunit",
            description="Effective time of all.",
        ),
        stat(
            "Average Invoice",
            """
            sum(increase(quality_billing_total_amount_cents[1d]))
            /
            (sum(increase(quality_billing_invoices_generated_total[1d])) > 0)
            / 100
            """,
            unit="currencyUSD",
            description="Of a day.",
        ),
    ],
)
