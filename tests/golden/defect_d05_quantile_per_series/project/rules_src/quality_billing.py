from obskit.rules import Alert

high_response_time = Alert(
    name="QualityBillingHighResponseTime",
    expr="histogram_quantile(0.95, rate(quality_billing_api_response_time_seconds_bucket[5m])) > 2",
    for_="5m",
    severity="warning",
    summary="The API's 95th percentile is over 2 s",
    description="One in twenty requests takes longer than {{ $value | humanizeDuration }}.",
    runbook="https://runbooks.example.com/quality-billing/QualityBillingHighResponseTime",
)
