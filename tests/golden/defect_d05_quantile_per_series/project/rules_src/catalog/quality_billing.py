from obskit.catalog import Histogram, Label, Service, units

quality_billing = Service("quality-billing", job="quality-billing")
method = Label("method", values=("GET", "POST", "PUT", "PATCH", "DELETE"))
endpoint = Label("endpoint", at_most=50)
api_response_time = Histogram(
    "quality_billing_api_response_time_seconds", help="Time the HTTP API took to answer.", service=quality_billing,
    unit=units.SECONDS, labels=(method, endpoint), buckets=(0.1, 0.5, 1, 2, 5),
)
