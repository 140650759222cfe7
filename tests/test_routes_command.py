"""`obskit routes`: what it says beside its stories, and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notified import HEAD
from project import obskit, write

ALERTS = """\
from obskit.rules import Alert
down = Alert(name="ShopDown", expr='up{job="shop"} == 0', for_="2m", severity="critical")
slow = Alert(name="ShopSlow", expr='scrape_duration_seconds{job="shop"} > 9', for_="2m", severity="warning")
watchdog = Alert(name="Watchdog", expr="vector(1)", severity="none")
"""
ROOT = """
ops = Receiver("ops", Slack(Secret.env("OPS_SLACK_URL")), DingTalk(Secret.file("/run/dingtalk-url")))
root = Route(ops, group_by=("job",), routes=(Route(Receiver("nobody"), match={"severity": "none"}),))
quiet = Inhibit(source={"alertname": "ShopDown"}, target={"severity": "warning"}, equal=("job",))
"""


def project(root: Path, notifications: str = ROOT) -> Path:
    files = {"pyproject.toml": "[tool.obskit]\n", "rules_src/shop.py": ALERTS, "rules_src/notifications.py": HEAD + notifications}
    return write(root, files)


def test_named_alerts_are_told_alone(tmp_path: Path) -> None:
    ran = obskit(project(tmp_path), "routes", "ShopSlow", "Watchdog", "--format", "json")
    told = json.loads(ran.out)["alerts"]
    assert ran.code == 0
    assert [(one["alert"], one["told"][0]["receiver"], one["quiet"] != []) for one in told] == [
        ("ShopSlow", "ops", True), ("Watchdog", "nobody", False),
    ]  # fmt: skip


def test_secrets_are_not_even_named(tmp_path: Path) -> None:
    for shown_as in ("text", "json"):
        ran = obskit(project(tmp_path), "routes", "--format", shown_as)
        assert "Slack" in ran.out
        assert "OPS_SLACK_URL" not in ran.out + ran.err
        assert "dingtalk-url" not in ran.out + ran.err


def test_alert_that_reaches_nobody_is_no(tmp_path: Path) -> None:
    ran = obskit(project(tmp_path, 'root = Route(Receiver("nobody"))'), "routes")
    assert (ran.code, ran.out.count("reaches nobody"), ran.err) == (1, 2, "3 alerts, 0 receivers, 2 reach nobody\n")


SPANS = """\
from obskit.catalog import Service, SpanAttribute, spans, units
shop = Service("shop", job="shop")
cost = SpanAttribute("cost.usd", help="Cost.", service=shop, type="float", unit=units.USD)
model = SpanAttribute("cost.model", help="Model.", service=shop, type="string", at_most=20)
dear = Alert(name="ShopDear", expr=spans(shop, cost > 0.01).count_over_time(by=model).over("5m") > 0, severity="warning")
"""


def test_alert_on_spans_is_known_by_what_its_question_groups_by_and_nothing_keeps_it_quiet(tmp_path: Path) -> None:
    by_job = ROOT.replace('match={"severity": "none"}', 'match={"job": "shop"}').replace(', equal=("job",)', "")
    root = write(project(tmp_path, by_job), {"rules_src/shop.py": ALERTS + SPANS})
    (dear,) = json.loads(obskit(root, "routes", "ShopDear", "--format", "json").out)["alerts"]
    assert ([one["receiver"] for one in dear["told"]], dear["quiet"]) == (["ops"], [])


@pytest.mark.parametrize(
    ("formats", "is_quiet"),
    [(["rules"], True), (["rules", "alertmanager"], True), (["alerting"], False), (["alerting", "alertmanager"], True)],
)
def test_only_alertmanager_keeps_alerts_quiet(tmp_path: Path, formats: list[str], is_quiet: bool) -> None:
    root = write(project(tmp_path), {"pyproject.toml": f"[tool.obskit]\nformats = {json.dumps(formats)}\n"})
    (slow,) = json.loads(obskit(root, "routes", "ShopSlow", "--format", "json").out)["alerts"]
    assert (slow["quiet"] != []) == is_quiet


@pytest.mark.parametrize(
    ("notifications", "arguments", "message"),
    [
        (ROOT, ("ShopDwon",), 'obskit: error: no alert is called "ShopDwon"\n    hint: did you mean "ShopDown"?\n'),
        ("", (), "obskit: error: the project declares no route\n    hint: declare the root: "),
    ],
)
def test_question_that_cannot_be_asked(tmp_path: Path, notifications: str, arguments: tuple[str, ...], message: str) -> None:
    ran = obskit(project(tmp_path, notifications), "routes", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)


def test_module_that_does_not_load_is_told_and_is_no(tmp_path: Path) -> None:
    ran = obskit(project(tmp_path, ROOT + "\nSlack('https://hooks.slack.com/services/T0/B0/hunter2')\n"), "routes", "ShopDown")
    assert ran.code == 1
    assert "url of Slack is a secret" in ran.out
    assert "hunter2" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("notifications", "message"),
    [
        ('root = Route(Receiver("a", Email("a@b.c")), match={"severity": "critical"})', "the root route matches labels"),
        ('root = Route(Receiver("a", Email("a@b.c")), continue_=True)', "the root route continues"),
        ('one, two = Route(Receiver("a", Email("a@b.c"))), Route(Receiver("b", Email("a@b.c")))', "the notifications have two roots"),
    ],
)
def test_root_that_cannot_be_is_no_answer(tmp_path: Path, notifications: str, message: str) -> None:
    ran = obskit(project(tmp_path, notifications), "routes")
    assert ran.code == 1
    assert f"error: {message}" in ran.out


@pytest.mark.parametrize(
    ("label", "told"),
    [("shop", [("rest", True)]), ("{{ $labels.zone }}", [("none", False), ("rest", False)]), ("", [("none", True)])],
)
def test_label_of_a_rule_may_turn_out_empty(tmp_path: Path, label: str, told: list[tuple[str, bool]]) -> None:
    rule = f'from obskit.rules import Alert\none = Alert(name="One", expr="sum by (job) (up) == 0", labels={{"team": {label!r}}})\n'
    tree = 'a, b = (Receiver(name, Email("a@b.c")) for name in ("none", "rest"))\nroot = Route(b, routes=(Route(a, match={"team": ""}),))'
    write(project(tmp_path, tree), {"rules_src/shop.py": rule})
    (one,) = json.loads(obskit(tmp_path, "routes", "--format", "json").out)["alerts"]
    assert [(end["receiver"], end["certain"]) for end in one["told"]] == told
