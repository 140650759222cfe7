from obskit.catalog import Histogram, Service, units

quality_billing = Service("quality-billing", job="quality-billing")
api_response_time = Histogram(
    "quality_billing_api_response_time_seconds", help="Time the HTTP API took to answer.", service=quality_billing,
    unit=units.SECONDS, buckets=(0.1, 0.5, 1, 2, 5),
)
