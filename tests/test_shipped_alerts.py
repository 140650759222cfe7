"""The shipped alerts of quality-billing fire when they should and are silent when they should be, by the real promtool."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tools import run_tool

RULES = Path(__file__).parent.parent / "build" / "prometheus" / "rules" / "quality_billing.yaml"
JOB = 'job="quality-billing"'
API = f"quality_billing_api_requests_total{{{JOB},instance=\"a\",method=\"GET\",endpoint=\"/x\",status_code="
UP = {f'up{{{JOB},instance="a"}}': "1x60"}
USERS = {f'quality_billing_current_active_users{{{JOB},instance="a"}}': "5x60"}
HEALTHY = UP | USERS


def requests(failed: int, served: int) -> dict[str, str]:
    """Requests a minute."""
    return {f'{API}"500"}}': f"0+{failed}x60", f'{API}"200"}}': f"0+{served}x60"}


def latency(within: int, beyond: int, le: str) -> dict[str, str]:
    """Requests a minute that took up to 2 s, and up to 5 s; `le` is how the client writes 2."""
    name = f'quality_billing_api_response_time_seconds_bucket{{{JOB},instance="a",method="GET",endpoint="/x",le='
    total = within + beyond
    return {f'{name}"{le}"}}': f"0+{within}x60", f'{name}"5.0"}}': f"0+{total}x60", f'{name}"+Inf"}}': f"0+{total}x60"}


def score(value: float) -> dict[str, str]:
    return {f'quality_billing_quality_score{{{JOB},instance="a",task_type="audit"}}': f"{value}x60"}


CASES: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("all is well", HEALTHY | requests(1, 99) | latency(99, 1, "2.0") | score(0.9), ()),
    ("a fifth fails", HEALTHY | requests(20, 80), ("QualityBillingHighErrorRate",)),
    ("few fail of very many", HEALTHY | requests(20, 9980), ()),
    ("no request at all", HEALTHY | requests(0, 0), ()),
    ("poor scores", HEALTHY | score(0.6), ("QualityBillingLowQualityScore",)),
    ("a tenth is slow", HEALTHY | latency(90, 10, "2.0"), ("QualityBillingHighResponseTime",)),
    ("a tenth is slow, whole bounds without a fraction", HEALTHY | latency(90, 10, "2"), ("QualityBillingHighResponseTime",)),
    ("nobody is there", UP | {next(iter(USERS)): "0x60"}, ("QualityBillingNoActiveUsers",)),
    ("nobody, then no answer either", UP | {next(iter(USERS)): "0x15 _x45"}, ("QualityBillingNoActiveUsers",)),
    ("the target is down", USERS | {next(iter(UP)): "0x60"}, ("QualityBillingSystemDown",)),
    ("the target is gone", USERS, ("QualityBillingSystemDown",)),
]


@pytest.mark.parametrize(("series", "firing"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_alerts_fire(tmp_path: Path, series: dict[str, str], firing: tuple[str, ...]) -> None:
    said = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in firing]
    expected = [{"expr": 'count by (alertname) (ALERTS{alertstate="firing"})', "eval_time": "45m", "exp_samples": said}]
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": expected,
    }
    file = tmp_path / "test.yaml"
    file.write_text(yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}))
    assert "SUCCESS" in run_tool("promtool", "test", "rules", str(file))
