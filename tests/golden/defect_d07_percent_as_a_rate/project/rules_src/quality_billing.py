from obskit.rules import Alert

high_error_rate = Alert(
    name="QualityBillingHighErrorRate",
    expr='rate(quality_billing_api_requests_total{status_code=~"5.."}[5m]) > 0.1',
    for_="2m",
    severity="critical",
    summary="Over 10 % of the API's requests fail",
    description="The error rate is {{ $value | humanize }}.",
    runbook="https://runbooks.example.com/quality-billing/QualityBillingHighErrorRate",
)
