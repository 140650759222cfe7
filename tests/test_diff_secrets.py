"""Secrets that are written out in files that deliver are never repeated by `obskit diff`; references to them are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from project import ENTRY, REPOSITORY, obskit

NOTHING = "<not shown>"


def alertmanager(**settings: object) -> dict[str, object]:
    return {"global": settings, "route": {"receiver": "a"}, "receivers": [{"name": "a"}]}


def hook(**settings: object) -> dict[str, object]:
    return {"route": {"receiver": "a"}, "receivers": [{"name": "a", "webhook_configs": [settings]}]}


def pushover(**settings: object) -> dict[str, object]:
    return {"route": {"receiver": "a"}, "receivers": [{"name": "a", "pushover_configs": [settings]}]}


def source(**settings: object) -> dict[str, object]:
    return {"apiVersion": 1, "datasources": [{"name": "P", "type": "prometheus", "access": "proxy", **settings}]}


@pytest.mark.parametrize(
    ("before", "after", "secrets"),
    [
        (alertmanager(smtp_auth_password="hunter$2-old"), alertmanager(smtp_auth_password="hunter$3-new"), ("hunter",)),
        (alertmanager(smtp_auth_password=12345678), alertmanager(smtp_auth_password=87654321), ("12345678", "87654321")),
        (alertmanager(slack_api_url="https://hooks.slack.com/services/T/B/$one"), alertmanager(slack_api_url="x"), ("$one",)),
        (source(basicAuthPassword="pa$1word"), source(basicAuthPassword="pa$2word"), ("pa$",)),
        (source(secureJsonData={"httpHeaderValue1": "a$b"}), source(secureJsonData={"httpHeaderValue1": "b$c"}), ("a$b", "b$c")),
        (source(jsonData={"token": "OLD$a"}), source(jsonData={"token": ["OLD$b"]}), ("OLD$",)),
        (pushover(user_key="uSecret1", token="x"), pushover(user_key="uSecret2", token="x"), ("uSecret",)),
        (hook(url="https://alert.victorops.com/integrations/generic/1/alert/KEY/x"), hook(url="http://a"), ("KEY",)),
        (hook(url="http://a"), hook(url="https://oncall.example.com/integrations/v1/grafana/Ab3Token/"), ("Ab3Token",)),
        (hook(url="https://sam:word@example.com/x"), hook(url="http://a"), ("word@",)),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_secret_is_not_repeated(tmp_path: Path, before: object, after: object, secrets: tuple[str, ...], form: str) -> None:
    for name, data in (("a.yaml", before), ("b.yaml", after)):
        (tmp_path / name).write_text(yaml.safe_dump(data))
    ran = obskit(None, "diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--format", form)
    assert ran.code == 1, ran
    assert [secret for secret in secrets if secret in ran.out + ran.err] == []


@pytest.mark.parametrize("reference", ["$SMTP_PASSWORD", "${SMTP_PASSWORD}", "$__env{SMTP_PASSWORD}", "$__file{/run/smtp}"])
def test_reference_is_told(tmp_path: Path, reference: str) -> None:
    for name, password in (("a.yaml", "$OLD_PASSWORD"), ("b.yaml", reference)):
        (tmp_path / name).write_text(yaml.safe_dump(source(basicAuthPassword=password)))
    ran = obskit(None, "diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    assert (f"$OLD_PASSWORD → {reference}" in ran.out, NOTHING in ran.out) == (True, False), ran


def test_number_of_tokens_is_no_secret(tmp_path: Path) -> None:
    for name, count in (("a.yaml", 1), ("b.yaml", 2)):
        (tmp_path / name).write_text(yaml.safe_dump(source(jsonData={"maxTokens": count})))
    assert "maxTokens 1 → 2" in obskit(None, "diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")).out


def test_difference_does_not_depend_on_the_order_of_hashes(tmp_path: Path) -> None:
    """Of members of variables that nobody reads."""
    for name, value in (("a.json", "one"), ("b.json", "two")):
        listed = [{"name": f"v{number}", "type": "query", "query": "up", "tagsQuery": f"{value}{number}"} for number in range(8)]
        board = {"title": "B", "uid": "b", "schemaVersion": 39, "panels": [], "templating": {"list": listed}}
        (tmp_path / name).write_text(json.dumps(board))
    told = set()
    for seed in ("0", "1", "2", "3"):
        known = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": seed}
        command = [sys.executable, *ENTRY, "diff", "a.json", "b.json"]
        told.add(subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, check=False).stdout)
    (only,) = told
    assert only.count(b"tagsQuery") == 8
