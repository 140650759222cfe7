from obskit.catalog import Counter, Label, Service

quality_billing = Service("quality-billing", job="quality-billing")
method = Label("method", values=("GET", "POST", "PUT", "PATCH", "DELETE"))
endpoint = Label("endpoint", at_most=50)
status_code = Label("status_code", pattern=r"[1-5]\d\d", zero=("200", "400", "500"))
api_requests = Counter(
    "quality_billing_api_requests_total", help="Requests that the HTTP API answered.", service=quality_billing,
    labels=(method, endpoint, status_code),
)
