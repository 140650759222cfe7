"""The project's own pages: who is told, what records compute, what an environment may set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BUILT = Path(__file__).parent.parent / "build/docs"

QUIET = "Nobody in Alertmanager, while `QualityBillingSystemDown` fires."


def section(page: str, title: str) -> list[str]:
    """The lines below a title of a page, without empty ones."""
    (found,) = re.findall(rf"(?ms)^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", (BUILT / page).read_text("utf-8"))
    return [line for line in found.splitlines() if line]


@pytest.mark.parametrize(
    ("alert", "told"),
    [
        ("QualityBillingHighErrorRate", ["- **on-call** (DingTalk, e-mail)", QUIET]),
        ("QualityBillingSystemDown", ["- **on-call** (DingTalk, e-mail)"]),
        ("SecurePrGuardHighLatency", ["- **secure-pr-guard** (WeCom robot), not during off-hours"]),
        ("SecurePrGuardCostSpike", ["- **digest** (e-mail), not during off-hours"]),
    ],
)
def test_runbook_says_who_is_told(alert: str, told: list[str]) -> None:
    assert section(f"runbooks/{alert}.md", "Who is told") == told


def test_runbook_says_what_a_record_computes() -> None:
    rows = section("runbooks/QualityBillingErrorBudgetBurn1h.md", "The query")
    (row,) = [line for line in rows if line.startswith("| `job:quality_billing_api_errors:ratio_rate1h`")]
    assert "| recording rule | ratio | `sum by (job) (rate(quality_billing_api_requests_total{" in row
    assert row.count("[1h]") == 2


def test_runbook_says_that_a_record_is_per_second() -> None:
    rows = section("runbooks/QualityBillingTrafficOffMedian.md", "The query")
    assert [row.split(" | ")[2] for row in rows if row.startswith("| `") and ":rate5m`" in row] == ["count per second"]


def test_runbook_says_what_prometheus_makes_itself() -> None:
    rows = section("runbooks/QualityBillingSystemDown.md", "The query")
    assert "| `up` | gauge | boolean | Whether the target answered the last scrape (1) or not (0). |" in rows


def test_index_names_the_parameters_with_what_holds() -> None:
    row = "| `quality_billing_max_error_ratio` | 0.1 | ratio | Share of failed requests that wakes somebody. |"
    assert row in section("README.md", "Parameters")


def test_every_shipped_alert_has_first_steps() -> None:
    pages = sorted(BUILT.glob("runbooks/*.md"))
    assert len(pages) == 30
    assert [page.name for page in pages if not section(f"runbooks/{page.name}", "First steps")[0].startswith("1. ")] == []
