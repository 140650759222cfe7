from obskit.catalog import Gauge, Service, Waive, units

quality_billing = Service("quality-billing", job="quality-billing")
active_users = Gauge(
    "quality_billing_current_active_users", help="Users who are working.", service=quality_billing, unit=units.USERS,
    bounds=(0, None), waive=(Waive("metric-name", "documented name: current_ says nothing"),),
)
