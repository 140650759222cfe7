from obskit.rules import Alert

high_error_rate = Alert(
    name="QualityBillingHighErrorRate",
    expr="""
    sum by (job) (rate(quality_billing_api_requests_total{job="quality-billing",status_code=~"5.."}[5m]))
    /
    (sum by (job) (rate(quality_billing_api_requests_total{job="quality-billing"}[5m])) > 0)
    > 0.10
    """,
    for_="2m",
    severity="critical",
    summary="Over 10 % of the API's requests fail",
    description="{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} fail.",
    runbook="https://runbooks.example.com/quality-billing/QualityBillingHighErrorRate",
)
