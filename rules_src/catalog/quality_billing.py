"""The signals of quality-billing: work, quality, invoices, its HTTP API and the machine it runs on.

The thirteen names of its first exporter are a published interface. They stay, also where today's convention would name
them otherwise: then `twin` is the conventional name and the waiver says what is unusual.
"""

from obskit.catalog import Counter, Gauge, Histogram, Info, Label, Service, Waive, units

quality_billing = Service(
    "quality-billing",
    job="quality-billing",
    scrape_interval="15s",
    # The financial board looks 30 days back and compares weeks: Prometheus' default of 15d would show half of it.
    # Run it with --storage.tsdb.retention.time=45d.
    retention="45d",
    owner="team-quality-billing",
)

# Users are no label: 500 users x 40 projects x 4 levels x 3 task types would be 240 000 series of one metric.
task_type = Label("task_type", values=("annotation", "review", "audit"), at_most=6, help="Kind of task.")
quality_level = Label(
    "quality_level",
    values=("excellent", "good", "acceptable", "poor"),
    help="Band of the quality score: excellent from 0.9, good from 0.8, acceptable from 0.7, poor below.",
)
project = Label("project", at_most=40, help="Project the work was done for.")
endpoint = Label("endpoint", at_most=50, help="Route template of the request, never its raw path.")
method = Label("method", values=("GET", "POST", "PUT", "PATCH", "DELETE"), help="HTTP method.")
status_code = Label("status_code", pattern=r"[1-5]\d\d", zero=("200", "400", "500"), help="HTTP status code.")
mountpoint = Label("mountpoint", at_most=16, help="Where the file system is mounted.")
disk_direction = Label("direction", values=("read", "write"), help="Way the bytes went.")
network_direction = Label("direction", values=("receive", "transmit"), help="Way the bytes went.")
version = Label("version", at_most=10, help="Released version of the service.")
catalogue = Label("catalogue", at_most=10, help="Hash of the catalogue its metrics were declared in.")

# Work

work_time = Counter(
    "quality_billing_work_time_total_seconds",
    help="Time worked on tasks.",
    service=quality_billing,
    unit=units.SECONDS,
    labels=(project, task_type),
    twin="quality_billing_work_time_seconds_total",
    exposed="untyped",
    waive=(Waive("metric-name", "documented name: _total is not last"),),
)
effective_work_time = Counter(
    "quality_billing_effective_work_time_seconds",
    help="Time worked on tasks that counted towards a result.",
    service=quality_billing,
    unit=units.SECONDS,
    labels=(project, task_type),
    twin="quality_billing_effective_work_time_seconds_total",
    exposed="untyped",
    waive=(Waive("metric-name", "documented name: no _total"),),
)
active_users = Gauge(
    "quality_billing_current_active_users",
    help="Users who are working at the moment.",
    service=quality_billing,
    unit=units.USERS,
    bounds=(0, None),
    waive=(Waive("metric-name", "documented name: current_ says nothing that a gauge does not"),),
)
active_sessions = Gauge(
    "quality_billing_active_sessions",
    help="Sessions open at the moment; a user may have several.",
    service=quality_billing,
    unit=units.SESSIONS,
    bounds=(0, None),
)
tasks_completed = Counter(
    "quality_billing_tasks_completed_total",
    help="Tasks brought to an end.",
    service=quality_billing,
    unit=units.EVENTS,
    labels=(task_type,),
)
task_completion_time = Histogram(
    "quality_billing_task_completion_time_seconds",
    help="Time from the start of a task to its end.",
    service=quality_billing,
    unit=units.SECONDS,
    labels=(task_type,),
    buckets=(30, 60, 120, 300, 600, 1200, 1800, 3600, 7200),
    stability="experimental",
)

# Quality

quality_score = Gauge(
    "quality_billing_quality_score",
    help="Score of the last assessment of each kind of task, 1 being flawless; every kind weighs the same however rare.",
    service=quality_billing,
    unit=units.RATIO,
    labels=(task_type,),
    bounds=(0, 1),
    # No twin: under the conventional name stands the distribution below, which also tells the weighted mean.
    waive=(Waive("metric-name", "documented name: no _ratio; a mean of last values"),),
)
quality_score_ratio = Histogram(
    "quality_billing_quality_score_ratio",
    help="Scores of all assessments, 1 being flawless.",
    service=quality_billing,
    unit=units.RATIO,
    labels=(task_type,),
    bounds=(0, 1),
    buckets=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1),
)
quality_assessments = Counter(
    "quality_billing_quality_assessments_total",
    help="Assessments of finished tasks, by the band their score fell into.",
    service=quality_billing,
    unit=units.EVENTS,
    labels=(task_type, quality_level),
)
quality_improvement = Histogram(
    "quality_billing_quality_improvement_rate",
    help="Change of the score from one assessment to the next as a share of the older: 0 unchanged, below 0 worse.",
    service=quality_billing,
    unit=units.RATIO,
    labels=(task_type,),
    bounds=(-1, 1),
    # The first bound is negative, so clients expose no _sum: its mean comes from quality_change.
    buckets=(-0.5, -0.25, -0.1, -0.05, -0.02, 0, 0.02, 0.05, 0.1, 0.25, 0.5),
    waive=(Waive("metric-name", "documented name: _rate on a histogram, negative bounds"),),
)
quality_change = Histogram(
    "quality_billing_quality_change_ratio",
    help="New score over the one before: 1 unchanged, above 1 better.",
    service=quality_billing,
    unit=units.RATIO,
    labels=(task_type,),
    bounds=(0, None),
    buckets=(0.5, 0.75, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.25, 1.5),
)

# Money

invoices_generated = Counter(
    "quality_billing_invoices_generated_total",
    help="Invoices written.",
    service=quality_billing,
    unit=units.EVENTS,
    labels=(quality_level, task_type),
)
total_amount = Counter(
    "quality_billing_total_amount_cents",
    help="Amount invoiced; whole cents are exact up to 9e15.",
    service=quality_billing,
    unit=units.CENTS,
    labels=(quality_level, task_type),
    twin="quality_billing_amount_cents_total",
    exposed="untyped",
    waive=(Waive("metric-name", "documented name: _total is not last, a minor unit"),),
)
average_hourly_rate = Gauge(
    "quality_billing_average_hourly_rate_cents",
    help="Mean pay for an hour of work, averaged before it is exposed: to be shown, never aggregated further.",
    service=quality_billing,
    unit=units.CENTS_PER_HOUR,
    labels=(quality_level,),
    bounds=(0, None),
    waive=(Waive("metric-name", "documented name: averaged before exposition, a minor unit"),),
)
invoice_amount = Histogram(
    "quality_billing_invoice_amount_cents",
    help="Amounts of single invoices.",
    service=quality_billing,
    unit=units.CENTS,
    labels=(quality_level,),
    bounds=(0, None),
    buckets=(1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 2.5e5, 5e5),
    waive=(Waive("metric-name", "in cents like the documented amount, so that both add up exactly"),),
)

# HTTP API

api_requests = Counter(
    "quality_billing_api_requests_total",
    help="Requests that the HTTP API answered.",
    service=quality_billing,
    unit=units.COUNT,
    labels=(method, endpoint, status_code),
)
api_response_time = Histogram(
    "quality_billing_api_response_time_seconds",
    help="Time the HTTP API took to answer a request.",
    service=quality_billing,
    unit=units.SECONDS,
    labels=(method, endpoint),
    # 2 is the objective and the alert's threshold: it must stay a bound.
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10),
)

# Machine

cpu = Gauge(
    "system_cpu_percent",
    help="Share of processor time in use on the machine.",
    service=quality_billing,
    unit=units.PERCENT,
    bounds=(0, 100),
    twin="system_cpu_utilization_ratio",
    waive=(Waive("metric-name", "documented name: percent, no prefix of the application"),),
)
memory = Gauge(
    "system_memory_percent",
    help="Share of memory in use on the machine.",
    service=quality_billing,
    unit=units.PERCENT,
    bounds=(0, 100),
    twin="system_memory_utilization_ratio",
    waive=(Waive("metric-name", "documented name: percent, no prefix of the application"),),
)
disk = Gauge(
    "system_disk_percent",
    help="Share of a file system in use.",
    service=quality_billing,
    unit=units.PERCENT,
    labels=(mountpoint,),
    bounds=(0, 100),
    waive=(Waive("metric-name", "named like the documented system_cpu_percent and system_memory_percent"),),
)
disk_io = Counter(
    "system_disk_io_bytes_total",
    help="Bytes read from and written to disks.",
    service=quality_billing,
    unit=units.BYTES,
    labels=(disk_direction,),
)
network = Counter(
    "system_network_bytes_total",
    help="Bytes received from and sent to the network.",
    service=quality_billing,
    unit=units.BYTES,
    labels=(network_direction,),
)

# The exporter itself

build_info = Info(
    "quality_billing_build_info",
    help="Always 1; its labels say which version runs with which catalogue.",
    service=quality_billing,
    labels=(version, catalogue),
)
config_reload_successful = Gauge(
    "quality_billing_config_last_reload_successful",
    help="Whether the last reload of the configuration succeeded (1) or failed (0).",
    service=quality_billing,
    unit=units.BOOLEAN,
    bounds=(0, 1),
)
config_reload_time = Gauge(
    "quality_billing_config_last_reload_success_timestamp_seconds",
    help="When the configuration was last reloaded with success.",
    service=quality_billing,
    unit=units.TIMESTAMP,
    bounds=(0, None),
)
