from obskit.rules import Alert

no_active_users = Alert(
    name="QualityBillingNoActiveUsers",
    expr="""
    sum by (job) (quality_billing_current_active_users{job="quality-billing"}) == 0
    or
    absent(quality_billing_current_active_users{job="quality-billing"})
    """,
    for_="30m",
    severity="warning",
    summary="Nobody has worked for 30 minutes",
    description="{{ $labels.job }} reports no active user.",
    runbook="https://runbooks.example.com/quality-billing/QualityBillingNoActiveUsers",
)
