"""Unusual traffic, and disks that are about to be full.

Both anomaly alerts look at one aggregated series and stay silent where there is hardly any traffic, or none that varies.
Before they may wake anyone, look whether the greatest deviation of a normal week stays under their thresholds.
"""

from obskit.rules import Alert, Record, RuleGroup
from rules_src.catalog.quality_billing import disk

RATE = "job:quality_billing_api_requests:rate5m"
FLOOR = f"({RATE} > 0.1 or {RATE}:avg1w > 0.1)"
"""Requests per second, now or usually: below, a handful of requests is a large deviation. A fall to nothing still shows."""

unusual_traffic = RuleGroup(
    "quality_billing.unusual_traffic",
    rules=(
        Record(name=f"{RATE}:avg1w", expr=f"avg_over_time({RATE}[1w])"),
        Record(name=f"{RATE}:stddev1w", expr=f"stddev_over_time({RATE}[1w])"),
        Record(name=f"{RATE}:absdev1d", expr=f"abs({RATE} - quantile_over_time(0.5, {RATE}[1d]))"),
        Record(name=f"{RATE}:mad1d", expr=f"quantile_over_time(0.5, {RATE}:absdev1d[1d])"),
        Alert(
            name="QualityBillingUnusualTraffic",
            expr=f"abs({RATE} - {RATE}:avg1w)\n/ ({RATE}:stddev1w > 0) > 3\nand {FLOOR}",
            for_="5m",
            severity="info",
            summary="API traffic is far from its weekly mean",
            description='Requests to {{ $labels.job }} are {{ $value | printf "%.1f" }} standard deviations off the mean rate of a week.',
            steps=(
                "Open Request Rate over the last week: is this a step, a spike, or a rhythm of its own?",
                "Compare with releases, campaigns and holidays before you look for a fault.",
                "More traffic than the service takes: follow QualityBillingHighResponseTime. Far less: see whether users reach it at all.",
            ),
            panel="quality-billing-operations/request-rate",
        ),
        # Median and its deviation shrug off the spikes that blow up a standard deviation; 5 of them are about 3.4 of the latter.
        Alert(
            name="QualityBillingTrafficOffMedian",
            expr=f"abs({RATE} - quantile_over_time(0.5, {RATE}[1d]))\n/ ({RATE}:mad1d > 0) > 5\nand {FLOOR}",
            for_="5m",
            severity="info",
            summary="API traffic is far from its daily median",
            description='Requests to {{ $labels.job }} are {{ $value | printf "%.1f" }} median deviations off the median rate of a day.',
            steps=(
                "Open Request Rate over the last day and see when it left the usual.",
                "Compare with releases, campaigns and jobs that run once a day.",
                "More traffic than the service takes: follow QualityBillingHighResponseTime. Far less: see whether users reach it at all.",
            ),
            panel="quality-billing-operations/request-rate",
        ),
    ),
)

disk_full_soon = Alert(
    name="QualityBillingDiskFullSoon",
    # Without the floor a minute of growth forecasts a full disk.
    expr=(disk.predict_linear(4 * 3600, "6h") > 95).and_(disk > 60),
    for_="5m",
    severity="warning",
    summary="A disk is about to be full",
    description='{{ $labels.mountpoint }} of {{ $labels.instance }} will be {{ $value | printf "%.0f" }} % full in 4 hours at this pace.',
    steps=(
        "Open Disk and find the mount point; on the machine, du -x tells what grew.",
        "Logs and temporary files: rotate or delete them. Data: extend the volume before it is full, not after.",
        "If it grows faster than you can act, stop what writes and tell the owner.",
    ),
    panel="quality-billing-operations/disk",
)
