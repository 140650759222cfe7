"""Recording rules that Grafana keeps, and what each version of Grafana takes of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from alerting_project import built

RECORD = "r = Record(name='job:q:sum', expr='sum by (job) (rate(q[1h]))', labels={'a': '$x'})"


def test_record_is_a_query_and_where_it_goes(tmp_path: Path) -> None:
    rule = built(tmp_path, RECORD).rule
    assert (rule["title"], rule["labels"], rule["condition"]) == ("job:q:sum", {"a": "$$x"}, "A")
    assert rule["record"] == {"metric": "job:q:sum", "from": "A", "targetDatasourceUid": "prom-uid"}
    (asked,) = rule["data"]
    assert (asked["model"]["expr"], asked["relativeTimeRange"]) == ("sum by (job) (rate(q[1h]))", {"from": 3600, "to": 0})
    assert not {"for", "noDataState", "execErrState", "annotations"} & rule.keys()


@pytest.mark.parametrize(
    ("grafana", "keys", "hint"),
    [("13.0", {"metric", "from", "targetDatasourceUid"}, "its datasource must take remote writes"),
     ("12.3", {"metric", "from"}, "set default_datasource_uid of [recording_rules]"),
     ("11.3", {"metric", "from"}, "set enabled and url of [recording_rules]")],
)  # fmt: skip
def test_where_a_record_goes_is_told_once(tmp_path: Path, grafana: str, keys: set[str], hint: str) -> None:
    found = built(tmp_path, f"{RECORD}\ns = Record(name='job:r:sum', expr='sum(r)')", targets=grafana)
    assert [set(rule["record"]) for rule in found.rules()] == [keys, keys]
    (told,) = found.found
    assert (told.severity, told.message) == ("info", "what rules record, Grafana writes back to Prometheus")
    assert hint in told.hint


def test_record_for_an_old_grafana_is_left_out_and_told(tmp_path: Path) -> None:
    found = built(tmp_path, RECORD, targets="11.2")
    assert (found.files, found.said("warning")) == ({}, ['record "job:q:sum" needs Grafana 11.3, and the target is 11.2'])


@pytest.mark.parametrize(("grafana", "keys"), [("12.2", {"keepFiringFor": "3m", "missing_series_evals_to_resolve": 4}), ("12.1", {})])
def test_alert_ends_as_it_does_in_prometheus(tmp_path: Path, grafana: str, keys: dict[str, object]) -> None:
    text = "x = Alert(name='X', expr='sum(q) > 1', for_='2m', keep_firing_for='3m')"
    found = built(tmp_path, text, targets=grafana)
    assert {key: value for key, value in found.rule.items() if key in ("keepFiringFor", "missing_series_evals_to_resolve")} == keys
    assert found.rule["for"] == "2m"
    message = 'keep_firing_for of alert "X" needs Grafana 12.2, and the target is 12.1'
    assert found.said("warning") == ([] if keys else [message])


@pytest.mark.parametrize(
    ("interval", "keep", "evaluations"),
    [("", "", 1), ("", "0s", 1), ("", "15m", 16), ("30s", "15m", 31), ("5m", "7m", 3), ("15s", "1m", 4), ("1m", "30s", 2)],
)
def test_alert_whose_series_is_gone_is_kept_as_long(tmp_path: Path, interval: str, keep: str, evaluations: int) -> None:
    own = f", keep_firing_for='{keep}'" if keep else ""
    group = f", interval='{interval}'" if interval else ""
    found = built(tmp_path, f"g = RuleGroup('g', rules=(Alert(name='X', expr='sum(q) > 1'{own}),){group})")
    assert found.rule["missing_series_evals_to_resolve"] == evaluations


def test_alert_without_for_fires_at_once(tmp_path: Path) -> None:
    assert built(tmp_path, "x = Alert(name='X', expr='sum(q) > 1')").rule["for"] == "0s"


def test_name_that_is_too_long_for_grafana_is_an_error(tmp_path: Path) -> None:
    found = built(tmp_path, "x = Alert(name='x' * 191, expr='sum(q) > 1')")
    assert found.said("error")[0].endswith("has a name of 191 characters, more than 190")
