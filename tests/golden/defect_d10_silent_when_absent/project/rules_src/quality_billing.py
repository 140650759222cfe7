from obskit.rules import Alert

no_active_users = Alert(
    name="QualityBillingNoActiveUsers",
    expr="quality_billing_current_active_users == 0",
    for_="30m",
    severity="warning",
    summary="Nobody has worked for 30 minutes",
    description="{{ $labels.job }} reports no active user.",
    runbook="https://runbooks.example.com/quality-billing/QualityBillingNoActiveUsers",
)
