"""The units that signals are declared in.

Grafana ids are those of Grafana's unit registry; suffixes follow the Prometheus naming convention (base units, plural).
"""

from __future__ import annotations

from obskit.catalog.unit import Unit

COUNT = Unit("count", grafana="short", rate="cps", requests="reqps")
EVENTS = Unit("events", grafana="short", rate="eps")
SECONDS = Unit("seconds", grafana="s", rate="percentunit", suffix="seconds")
MILLISECONDS = Unit("milliseconds", grafana="ms", suffix="milliseconds")
MINUTES = Unit("minutes", grafana="m", suffix="minutes")
HOURS = Unit("hours", grafana="h", suffix="hours")
DAYS = Unit("days", grafana="d", suffix="days")
TIMESTAMP = Unit("unix time", grafana="none", suffix="timestamp_seconds")
"""Seconds since 1970. Grafana reads dates in milliseconds: multiply by 1000 to show one."""
TIMESTAMP_MS = Unit("unix time in milliseconds", grafana="dateTimeFromNow")
BYTES = Unit("bytes", grafana="bytes", rate="Bps", suffix="bytes")
BITS = Unit("bits", grafana="bits", rate="bps", suffix="bits")
RATIO = Unit("ratio", grafana="percentunit", suffix="ratio")
PERCENT = Unit("percent", grafana="percent", suffix="percent")
USD = Unit("US dollars", grafana="currencyUSD", suffix="usd")
CENTS = Unit("US cents", grafana="suffix:¢", suffix="cents")
CENTS_PER_HOUR = Unit("US cents per hour", grafana="suffix:¢/h", suffix="cents")
TOKENS = Unit("tokens", grafana="short", rate="cps", suffix="tokens")
USERS = Unit("users", grafana="short")
SESSIONS = Unit("sessions", grafana="short")
BOOLEAN = Unit("boolean", grafana="bool_yes_no")
NONE = Unit("none", grafana="none")
