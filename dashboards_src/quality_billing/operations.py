"""Operations: whether quality-billing is up, fast and correct, and what it runs on."""

from dashboards_src.quality_billing._shared import OPERATIONS, WHOLE, board, runbook
from obskit.catalog import regex
from obskit.dashboards import gauge, instance_variable, override, query, row, stat, timeseries, value_mapping
from rules_src.catalog.quality_billing import (
    active_sessions,
    active_users,
    api_requests,
    api_response_time,
    build_info,
    config_reload_successful,
    config_reload_time,
    cpu,
    disk,
    disk_io,
    memory,
    network,
)
from rules_src.quality_billing import high_error_rate, high_response_time, no_active_users, system_down
from rules_src.quality_billing_anomalies import disk_full_soon

HERE = '{job=~"$job",instance=~"$instance"}'
errors = api_requests.where(status_code=regex("5.."))

operations = board(
    "Operations",
    uid=OPERATIONS,
    description="Health, traffic, errors, latency and resources of quality-billing.",
    time="4h",
    refresh="15s",
    variables=(instance_variable("up"),),
    panels=[
        row(
            "Overview",
            [
                stat(
                    "System Health",
                    query(f"min(up{HERE})", legend="Worst target"),
                    description="Up while every chosen target can be scraped. Down: start with the runbook; nothing else on this board "
                    "can be trusted meanwhile.",
                    unit="none",
                    mappings=[value_mapping({"0": ("Down", "red"), "1": ("Up", "green")})],
                    thresholds=(1,),
                    high_is_good=True,
                    color_mode="background",
                    width=4,
                    key="system-health",
                    links=[runbook(system_down)],
                ),
                stat(
                    "Healthy Targets",
                    query(f"sum(up{HERE}) / count(up{HERE})", legend="Healthy targets"),
                    description="Share of the chosen targets that can be scraped. Under 100 %, capacity is missing while requests succeed.",
                    unit="percentunit",
                    decimals=0,
                    width=4,
                    links=[runbook(system_down)],
                ),
                stat(
                    "Requests within 2 s",
                    api_response_time.bucket(2).rate(WHOLE).sum() / api_response_time.observations.rate(WHOLE).sum(),
                    description="Share of the time range's requests answered within 2 seconds; the objective is 95 %. "
                    "Below it, find the slow endpoint in the row of details.",
                    unit="percentunit",
                    decimals=2,
                    width=4,
                    links=[runbook(high_response_time)],
                ),
                stat(
                    "Uptime",
                    query(f"time() - process_start_time_seconds{HERE}", legend="{{instance}}"),
                    description="Time since each process started. Minutes instead of days mean restarts: look for crashes or deploys.",
                    unit="s",
                    decimals=1,
                    width=4,
                ),
                stat(
                    "Build",
                    query(build_info.count(by=("version", "catalogue")), legend="{{version}} ({{catalogue}})"),
                    description="Versions that run, with the hash of their catalogue. More than one outside of a deploy means that "
                    "a roll-out got stuck.",
                    unit="none",
                    text="name",
                    width=4,
                ),
                stat(
                    "Scrape",
                    query(f"scrape_duration_seconds{HERE}", legend="{{instance}}"),
                    description="How long Prometheus takes to read each target's metrics. Near the scrape timeout, samples get lost: "
                    "look for labels with too many values.",
                    unit="s",
                    decimals=2,
                    width=4,
                ),
                timeseries(
                    "Request Rate",
                    api_requests.rate().sum(by="endpoint"),
                    description="Requests answered per second, by endpoint. A sudden fall to nothing is an outage in front of the service; "
                    "a sudden rise explains latency elsewhere.",
                    min=0,
                    width=8,
                    key="request-rate",
                ),
                timeseries(
                    "Error Ratio",
                    query(errors.rate().sum() / api_requests.rate().sum().guarded(), legend="5xx share"),
                    description="Share of requests answered with a 5xx status. 1 % is the objective; over 10 % for 2 minutes an alert "
                    "fires. The row of details tells the endpoint.",
                    unit="percentunit",
                    min=0,
                    color="red",
                    thresholds=(0.01, 0.05),
                    width=8,
                    key="error-ratio",
                    links=[runbook(high_error_rate)],
                ),
                timeseries(
                    "API Latency p50/p95/p99",
                    query(api_response_time.quantile(0.5), legend="p50"),
                    query(api_response_time.quantile(0.95), legend="p95"),
                    query(api_response_time.quantile(0.99), legend="p99"),
                    query(api_response_time.mean(), legend="mean"),
                    description="Response times of all requests, with the limit of 2 s for the 95th percentile. A p99 that leaves the "
                    "others behind is one slow route; all rising together is load.",
                    min=0,
                    thresholds=(2,),
                    overrides=[
                        override("p50", color="green"),
                        override("p95", color="orange"),
                        override("p99", color="red"),
                        override("mean", color="blue", custom__lineStyle={"fill": "dash", "dash": [10, 10]}, custom__fillOpacity=0),
                    ],
                    width=8,
                    key="latency",
                    links=[runbook(high_response_time)],
                ),
            ],
        ),
        row(
            "Users and resources",
            [
                gauge(
                    "CPU",
                    cpu.avg(),
                    description="Processor time in use, mean of the chosen machines. Staying near 100 % shows as latency first: add "
                    "capacity or find the process.",
                    decimals=0,
                    min=0,
                    max=100,
                    color="blue",
                    width=8,
                ),
                gauge(
                    "Memory",
                    memory.max(),
                    description="Memory in use on the fullest of the chosen machines. Near 100 % processes get killed: look for one "
                    "that only grows.",
                    decimals=0,
                    min=0,
                    max=100,
                    color="blue",
                    width=8,
                ),
                gauge(
                    "Disk",
                    disk.max(by="mountpoint"),
                    description="Fullest file system of each mount point. An alert forecasts 4 hours ahead; free space or grow the volume.",
                    decimals=0,
                    min=0,
                    max=100,
                    color="blue",
                    width=8,
                    key="disk",
                    links=[runbook(disk_full_soon)],
                ),
                timeseries(
                    "Active Users / Sessions",
                    query(active_users.sum(), legend="Active users"),
                    query(active_sessions.sum(), legend="Active sessions"),
                    description="Users at work and the sessions they have open. None for 30 minutes fires an alert; sessions that grow "
                    "without users are not closed.",
                    unit="short",
                    min=0,
                    decimals=0,
                    width=8,
                    key="active-users",
                    links=[runbook(no_active_users)],
                ),
                timeseries(
                    "Network I/O",
                    network.rate().sum(by="direction"),
                    description="Bytes per second received and sent. Compare with the request rate: bytes without requests are "
                    "not the API's.",
                    min=0,
                    width=8,
                ),
                timeseries(
                    "Disk I/O",
                    disk_io.rate().sum(by="direction"),
                    description="Bytes per second read and written. Steady reads under load point to a cache that is too small.",
                    min=0,
                    width=8,
                ),
            ],
        ),
        row(
            "Details by endpoint",
            [
                timeseries(
                    "API Latency p95 by Endpoint",
                    api_response_time.quantile(0.95, by="endpoint"),
                    description="95th percentile of each endpoint, with the limit of 2 s. Tells which route spoils the total.",
                    min=0,
                    fill=0,
                    thresholds=(2,),
                    width=8,
                    links=[runbook(high_response_time)],
                ),
                timeseries(
                    "Error Ratio by Endpoint",
                    errors.rate().sum(by="endpoint") / api_requests.rate().sum(by="endpoint").guarded(),
                    description="Share of 5xx of each endpoint. One endpoint is a bug in it, all of them a dependency.",
                    unit="percentunit",
                    min=0,
                    fill=0,
                    thresholds=(0.01, 0.05),
                    width=8,
                    links=[runbook(high_error_rate)],
                ),
                timeseries(
                    "Responses by Status",
                    api_requests.rate().sum(by="status_code"),
                    description="Responses per second by HTTP status. Growing 4xx are a client's fault or a changed contract, 5xx ours.",
                    min=0,
                    stack=True,
                    overrides=[
                        override("2..", regex=True, color="green"),
                        override("3..", regex=True, color="blue"),
                        override("4..", regex=True, color="yellow"),
                        override("5..", regex=True, color="red"),
                    ],
                    width=8,
                ),
            ],
            collapsed=True,
        ),
        row(
            "Configuration",
            [
                stat(
                    "Config Reload",
                    config_reload_successful.min(),
                    description="Whether the last reload worked on all chosen instances. If not, they keep the configuration before it.",
                    unit="none",
                    mappings=[value_mapping({"0": ("Failed", "red"), "1": ("OK", "green")})],
                    thresholds=(1,),
                    high_is_good=True,
                    width=6,
                ),
                stat(
                    "Last Config Reload",
                    # Grafana reads the unit in milliseconds.
                    query(config_reload_time.max(by="instance") * 1000, legend="{{instance}}"),
                    description="When each instance last loaded its configuration with success. They should agree after a roll-out.",
                    unit="dateTimeFromNow",
                    width=6,
                ),
            ],
            collapsed=True,
        ),
    ],
)
