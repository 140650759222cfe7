"""What well-known clients and exporters say at `/metrics`, written by hand in their manner."""

from __future__ import annotations

GO = """\
# HELP go_gc_duration_seconds A summary of the wall-time pause (stop-the-world) duration in garbage collection cycles.
# TYPE go_gc_duration_seconds summary
go_gc_duration_seconds{quantile="0"} 2.1e-05
go_gc_duration_seconds{quantile="1"} 0.000212
go_gc_duration_seconds_sum 0.4
go_gc_duration_seconds_count 1201
# HELP go_goroutines Number of goroutines that currently exist.
# TYPE go_goroutines gauge
go_goroutines 31
# HELP go_info Information about the Go environment.
# TYPE go_info gauge
go_info{version="go1.24.1"} 1
# HELP http_request_duration_seconds Latency of HTTP requests.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{handler="/api/orders",method="get",le="0.005"} 20
http_request_duration_seconds_bucket{handler="/api/orders",method="get",le="0.1"} 320
http_request_duration_seconds_bucket{handler="/api/orders",method="get",le="2.5"} 401
http_request_duration_seconds_bucket{handler="/api/orders",method="get",le="+Inf"} 402
http_request_duration_seconds_sum{handler="/api/orders",method="get"} 61.5
http_request_duration_seconds_count{handler="/api/orders",method="get"} 402
# HELP http_requests_total HTTP requests by code.
# TYPE http_requests_total counter
http_requests_total{code="200",handler="/api/orders",method="get"} 398
http_requests_total{code="404",handler="/api/orders",method="get"} 3
http_requests_total{code="500",handler="/api/orders",method="get"} 1
# HELP grpc_server_handled_total Total number of RPCs completed on the server, regardless of success or failure.
# TYPE grpc_server_handled_total counter
grpc_server_handled_total{grpc_code="OK",grpc_method="Get",grpc_service="shop.Orders",grpc_type="unary"} 91
grpc_server_handled_total{grpc_code="Unavailable",grpc_method="Get",grpc_service="shop.Orders",grpc_type="unary"} 2
# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 71.42
# HELP process_max_fds Maximum number of open file descriptors.
# TYPE process_max_fds gauge
process_max_fds 1.048576e+06
# HELP process_open_fds Number of open file descriptors.
# TYPE process_open_fds gauge
process_open_fds 17
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 4.1218048e+07
# HELP process_start_time_seconds Start time of the process since unix epoch in seconds.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 1.76034081322e+09
# HELP promhttp_metric_handler_requests_total Total number of scrapes by HTTP status code.
# TYPE promhttp_metric_handler_requests_total counter
promhttp_metric_handler_requests_total{code="200"} 311
promhttp_metric_handler_requests_total{code="500"} 0
"""

PYTHON = """\
# HELP python_gc_objects_collected_total Objects collected during gc
# TYPE python_gc_objects_collected_total counter
python_gc_objects_collected_total{generation="0"} 387.0
# HELP python_info Python platform information
# TYPE python_info gauge
python_info{implementation="CPython",major="3",minor="12",patchlevel="3",version="3.12.3"} 1.0
# HELP shop_requests_total Requests served
# TYPE shop_requests_total counter
shop_requests_total{endpoint="/orders",status_code="200"} 17.0
shop_requests_total{endpoint="/orders",status_code="503"} 1.0
# HELP shop_requests_created Requests served
# TYPE shop_requests_created gauge
shop_requests_created{endpoint="/orders",status_code="200"} 1.7603408132e+09
shop_requests_created{endpoint="/orders",status_code="503"} 1.7603408133e+09
# HELP shop_latency_seconds Time to answer
# TYPE shop_latency_seconds histogram
shop_latency_seconds_bucket{le="0.1"} 3.0
shop_latency_seconds_bucket{le="1.0"} 17.0
shop_latency_seconds_bucket{le="+Inf"} 18.0
shop_latency_seconds_count 18.0
shop_latency_seconds_sum 4.25
# HELP shop_jobs_total Jobs by how they ended
# TYPE shop_jobs_total counter
shop_jobs_total{queue="mail",status="success"} 5.0
shop_jobs_total{queue="mail",status="failed"} 2.0
shop_jobs_total{queue="mail",status="timeout"} 2.0
# HELP shop_worker_state State of the worker
# TYPE shop_worker_state gauge
shop_worker_state{shop_worker_state="idle"} 1.0
shop_worker_state{shop_worker_state="busy"} 0.0
# HELP shop_cart_size Articles in a cart
# TYPE shop_cart_size summary
shop_cart_size_count 4.0
shop_cart_size_sum 11.0
"""

NODE = """\
# HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.
# TYPE node_cpu_seconds_total counter
node_cpu_seconds_total{cpu="0",mode="idle"} 362812.78
node_cpu_seconds_total{cpu="0",mode="user"} 8812.41
node_cpu_seconds_total{cpu="1",mode="idle"} 362100.2
node_cpu_seconds_total{cpu="1",mode="user"} 9012.33
# HELP node_filesystem_avail_bytes Filesystem space available to non-root users in bytes.
# TYPE node_filesystem_avail_bytes gauge
node_filesystem_avail_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 1.2e+10
node_filesystem_avail_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 8.1e+08
# HELP node_memory_MemAvailable_bytes Memory information field MemAvailable_bytes.
# TYPE node_memory_MemAvailable_bytes gauge
node_memory_MemAvailable_bytes 6.1e+09
# HELP node_load1 1m load average.
# TYPE node_load1 gauge
node_load1 0.42
# HELP node_network_receive_bytes_total Network device statistic receive_bytes.
# TYPE node_network_receive_bytes_total counter
node_network_receive_bytes_total{device="eth0"} 1.23e+10
node_network_receive_bytes_total{device="lo"} 1.1e+07
# HELP node_boot_time_seconds Node boot time, in unixtime.
# TYPE node_boot_time_seconds gauge
node_boot_time_seconds 1.760000001e+09
# HELP node_hwmon_temp_celsius Hardware monitor for temperature (input)
# TYPE node_hwmon_temp_celsius gauge
node_hwmon_temp_celsius{chip="platform_coretemp_0",sensor="temp1"} 49
# HELP node_uname_info Labeled system information as provided by the uname system call.
# TYPE node_uname_info gauge
node_uname_info{domainname="(none)",machine="x86_64",nodename="web-1",release="6.1.0",sysname="Linux",version="#1 SMP"} 1
# HELP node_netstat_Tcp_CurrEstab Statistic TcpCurrEstab.
# TYPE node_netstat_Tcp_CurrEstab untyped
node_netstat_Tcp_CurrEstab 12
# HELP node_scrape_collector_success node_exporter: Whether a collector succeeded.
# TYPE node_scrape_collector_success gauge
node_scrape_collector_success{collector="cpu"} 1
node_scrape_collector_success{collector="zfs"} 0
"""

JAVA = """\
# HELP jvm_memory_used_bytes The amount of used memory
# TYPE jvm_memory_used_bytes gauge
jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 2.5165824E7
# HELP http_server_requests_seconds
# TYPE http_server_requests_seconds summary
http_server_requests_seconds_count{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/api/orders/{id}"} 90
http_server_requests_seconds_sum{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/api/orders/{id}"} 1.4
http_server_requests_seconds_count{error="E",exception="E",method="GET",outcome="SERVER_ERROR",status="500",uri="UNKNOWN"} 2
http_server_requests_seconds_sum{error="E",exception="E",method="GET",outcome="SERVER_ERROR",status="500",uri="UNKNOWN"} 0.1
# HELP http_server_requests_seconds_max
# TYPE http_server_requests_seconds_max gauge
http_server_requests_seconds_max{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/api/orders/{id}"} 0.0
# HELP hikaricp_connections_active Active connections
# TYPE hikaricp_connections_active gauge
hikaricp_connections_active{pool="HikariPool-1"} 0.0
# HELP hikaricp_connections_max Max connections
# TYPE hikaricp_connections_max gauge
hikaricp_connections_max{pool="HikariPool-1"} 10.0
# HELP logback_events_total Number of log events that were enabled by the effective log level
# TYPE logback_events_total counter
logback_events_total{level="error"} 1.0
logback_events_total{level="info"} 20.0
# HELP system_cpu_usage The "recent cpu usage" of the system the application is running in
# TYPE system_cpu_usage gauge
system_cpu_usage 0.07
# HELP process_uptime_seconds The uptime of the Java virtual machine
# TYPE process_uptime_seconds gauge
process_uptime_seconds 812.2
# HELP disk_free_bytes Usable space for path
# TYPE disk_free_bytes gauge
disk_free_bytes{path="/app/."} 4.2E10
"""

OPENMETRICS = """\
# TYPE shop_requests counter
# UNIT shop_requests requests
# HELP shop_requests Requests served.
shop_requests_total{code="2xx"} 10.0 # {trace_id="4bf92f3577b34da6a3ce929d0e0e4736"} 1.0 1760340813.0
shop_requests_created{code="2xx"} 1760340000.0
shop_requests_total{code="5xx"} 1.0
shop_requests_created{code="5xx"} 1760340000.0
# TYPE shop_latency_seconds histogram
# UNIT shop_latency_seconds seconds
# HELP shop_latency_seconds Time to answer.
shop_latency_seconds_bucket{le="0.5"} 3 # {trace_id="4bf92f3577b34da6a3ce929d0e0e4736"} 0.31
shop_latency_seconds_bucket{le="+Inf"} 4
shop_latency_seconds_count 4
shop_latency_seconds_sum 2.2
# TYPE shop_build info
# HELP shop_build What is running.
shop_build_info{version="1.2.3"} 1
# TYPE shop_light stateset
# HELP shop_light The light.
shop_light{shop_light="red"} 1
shop_light{shop_light="green"} 0
# TYPE shop_depth gaugehistogram
# HELP shop_depth Depth of queues.
shop_depth_bucket{le="1"} 1
shop_depth_bucket{le="+Inf"} 2
shop_depth_gcount 2
shop_depth_gsum 5
# TYPE shop_odd unknown
# HELP shop_odd Nobody knows.
shop_odd 3
# EOF
"""

NATIVE = """\
# HELP shop_latency_seconds Time to answer, without classic buckets.
# TYPE shop_latency_seconds histogram
shop_latency_seconds_bucket{code="200",le="+Inf"} 4
shop_latency_seconds_sum{code="200"} 2.2
shop_latency_seconds_count{code="200"} 4
# HELP shop_size_bytes Size of answers.
# TYPE shop_size_bytes histogram
shop_size_bytes_bucket{le="+Inf"} 4
shop_size_bytes_sum 2200
shop_size_bytes_count 4
"""

GAUGES = """\
temperature_celsius{room="kitchen"} 21.5
temperature_celsius{room="hall"} 18
humidity_ratio{room="kitchen"} 0.4
battery_percent 80
last_seen_timestamp_seconds 1760340813
"""

HOSTILE = '''\
# HELP class Say "hi" \\\\ it's """fine""" {{ $value }} \\n# and more
# TYPE class counter
class{def="a\\"b",lambda="c\\\\d",import="e\\nf"} 1
# TYPE query_total counter
query_total{result="error",query="${x} {{y}} 查询 🙂"} 1
query_total{result="fine",query="'"} 1
# TYPE dashboard gauge
dashboard{row="1"} 1
dashboard{row="2"} 1
# TYPE row_seconds histogram
row_seconds_bucket{le="1e-09"} 1
row_seconds_bucket{le="0.30000000000000004"} 1
row_seconds_bucket{le="1e+15"} 1
row_seconds_bucket{le="+Inf"} 1
row_seconds_sum NaN
row_seconds_count 1
# TYPE a:b:c gauge
a:b:c +Inf
# TYPE A gauge
A -Inf
# TYPE a gauge
a 1
# TYPE _ gauge
_ 1
# TYPE x_milliseconds gauge
x_milliseconds{job="other",instance="i",le="1",quantile="2"} 1
# TYPE percent_total gauge
percent_total{status="200",code="500",outcome="error"} 1
# TYPE percent_percent counter
percent_percent{status="200",code="500",outcome="error"} 1
# TYPE max_p95_avg_seconds summary
max_p95_avg_seconds{quantile="0.95"} 1
max_p95_avg_seconds_sum 1
max_p95_avg_seconds_count 1
# TYPE up gauge
up 1
# TYPE errors_bucket counter
errors_bucket{status="error"} 1
errors_bucket{status="ok"} 1
'''

ENORMOUS = "".join(
    f'# HELP app_metric_{number}_total Number {number}.\n# TYPE app_metric_{number}_total counter\n'
    + "".join(f'app_metric_{number}_total{{code="{200 + code}",path="/p/{code}",user="u{code}",zone="z{code}"}} 1\n' for code in range(30))
    for number in range(400)
)

ALL = {
    "go": GO, "python": PYTHON, "node": NODE, "java": JAVA, "openmetrics": OPENMETRICS, "native": NATIVE, "gauges": GAUGES, "empty": "",
    "hostile": HOSTILE, "enormous": ENORMOUS,
}  # fmt: skip
