"""The checks of notifications beside their pages: what they say in each case, and where they are silent."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from notified import HEAD
from project import obskit, write

from obskit import analysis, lint, settings, source
from obskit.finding import Finding

TODAY = datetime.date(2027, 1, 31)
ALERTS = """\
from obskit.rules import Alert, RuleGroup
down = Alert(name="ShopDown", expr="max by (job) (up) == 0", for_="2m", severity="critical")
slow = Alert(name="ShopSlow", expr="max by (job, path) (scrape_duration_seconds) > 9", for_="2m", severity="warning",
             labels={"team": "{{ $labels.job }}", "tier": ""})
late = RuleGroup("late", labels={"form": "group"}, rules=(Alert(name="ShopLate", expr="vector(1)", severity="warning"),))
"""
OPEN = 'any = Alert(name="ShopAny", expr="queue_length > 9", severity="info")\n'
OPS = 'ops = Receiver("ops", Slack(Secret.env("X")))\n'
CHECKS = (
    "notification-root", "duplicate-receiver", "unrouted-alert", "route-label", "unreachable-route", "unused-receiver", "unused-mute-time",
    "idle-inhibition",
)  # fmt: skip


def findings(root: Path, declarations: str, alerts: str = ALERTS, toml: str = "") -> list[Finding]:
    """What our checks say of the project, and whatever loading says."""
    files = {"pyproject.toml": f"[tool.obskit]\n{toml}", "rules_src/shop.py": alerts, "rules_src/notifications.py": HEAD + declarations}
    write(root, files)
    project = source.load(settings.load(root))
    found = lint.run(analysis.run(project), today=TODAY, select=(*CHECKS, "unused-waiver"))
    return [*project.findings, *found]


def routed(*inner: str) -> str:
    return OPS + f"root = Route(ops, routes=({''.join(f'{one}, ' for one in inner)}))\n"


def match(**labels: str) -> str:
    return f"Route(ops, match={{{', '.join(f'{name!r}: {value}' for name, value in labels.items())}}})"


SAID = [
    ("two roots", OPS + "a = Route(ops)\nb = Route(ops)", ["notification-root"]),
    ("receivers and no route", OPS, ["notification-root"]),
    ("a root without receiver", OPS + "root = Route(routes=(Route(ops, match={'job': 'a'}),))", ["notification-root"]),
    ("a root that matches", OPS + "root = Route(ops, match={'job': 'a'})", ["notification-root"]),
    ("a root that continues", OPS + "root = Route(ops, continue_=True)", ["notification-root"]),
    (
        "a root that is muted",
        OPS + "root = Route(ops, mute=MuteTime('m', Period(weekdays=('sat',))))",
        ["notification-root"],
    ),
    ("two mute times of a name", routed(*(f"Route(match={{'job': {n!r}}}, mute=MuteTime('m', Period(days=({n},))))" for n in ("1", "2"))),
     ["duplicate-receiver"]),
    ("a label nobody carries", routed(match(instance='"a"')), ["route-label"]),
    ("a label that an alert takes away", routed(match(tier='"1"')), ["route-label"]),
    ("a value nobody has", routed(match(severity='"info"')), ["route-label"]),
    ("none of several values", routed(match(severity='one_of("info", "page")')), ["route-label"]),
    ("a regex that no value matches", routed(match(severity='regex("p.*")')), ["route-label"]),
    ("a label of the group", routed(match(form='"group"')), []),
    ("a label with values of the query", routed(match(path='"/a"')), []),
    ("a templated label", routed(match(team='"a"')), []),
    ("the name of an alert", routed(match(alertname='"ShopLate"')), []),
    ("a folder of Grafana", routed(match(grafana_folder='"Shop"')), []),
    ("a condition that holds without the label", routed(match(instance='not_("a")')), []),
    ("what excludes what is around it", routed("Route(match={'job': 'a'}, routes=(Route(ops, match={'job': 'b'}),))"),
     ["unreachable-route"]),
    ("behind one without conditions", routed("Route(ops)", match(job='"a"')), ["unreachable-route"]),
    ("behind the same", routed(match(job='regex("a.+")'), match(job='regex("a.+")')), ["unreachable-route"]),
    ("behind one of its values", routed(match(job='one_of("a", "b")'), match(job='"a"')), ["unreachable-route"]),
    ("behind one that has any value", routed(match(job='not_("")'), match(job='"a"')), ["unreachable-route"]),
    ("behind one that continues", routed("Route(ops, match={'job': 'a'}, continue_=True)", match(job='"a"')), []),
    ("behind one that is narrower", routed(match(job='"a"', path='"/"'), match(job='"a"')), []),
    ("behind one that may match", routed(match(job='regex("[a-c]")'), match(job='regex("[a-d]")')), []),
    ("all to nobody", 'root = Route(Receiver("nobody"))', ["unrouted-alert"] * 3),
    ("some perhaps to nobody", OPS + "root = Route(ops, routes=(Route(Receiver('nobody'), match={'job': 'a'}),))", []),
    ("a source that is not there", OPS + "root = Route(ops)\nq = Inhibit(source={'job': 'a', 'severity': 'info'}, target={'job': 'a'})",
     ["idle-inhibition"]),
    ("labels that are never the same", OPS + "root = Route(ops)\nq = Inhibit(source={'alertname': 'ShopDown'}, target={'form': 'group'},"
     " equal=('job', 'severity'))", ["idle-inhibition"]),
    ("one that works", OPS + "root = Route(ops)\nq = Inhibit(source={'alertname': 'ShopDown'}, target={'alertname': 'ShopSlow'},"
     " equal='job')", []),
    ("no notifications", "", []),
    ("a private tree", "_ops = Receiver('ops')\n_root = Route(_ops)", []),
    ("a route bound nowhere", OPS + "root = Route(ops)\nRoute(ops, match={'job': 'a'})", ["uncollected"]),
    ("a waived receiver", routed() + "old = Receiver('old', waive=(Waive('unused-receiver', 'until the move'),))\n", []),
    ("a comment that waives", routed() + "old = Receiver('old')  # obskit: ignore[unused-receiver] until the move\n", []),
    ("a waiver too many", routed("Route(ops, match={'job': 'a'}, waive=(Waive('route-label', 'no'),))"), ["unused-waiver"]),
]  # fmt: skip


@pytest.mark.parametrize(("declarations", "expected"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_notifications_are_checked(tmp_path: Path, declarations: str, expected: list[str]) -> None:
    found = findings(tmp_path, "from obskit.catalog import Waive\n" + declarations)
    assert sorted(one.id for one in found) == sorted(expected)


def test_alert_that_may_carry_any_label_counts_unless_the_label_is_nearly_a_known_one(tmp_path: Path) -> None:
    found = findings(tmp_path, routed(match(zone='"a"'), match(sevrity='"critical"'), match(severity='"page"')), ALERTS + OPEN)
    assert [(one.id, one.hint) for one in found] == [
        ("route-label", 'did you mean "severity"?'),
        ("route-label", 'values of "severity": critical, info, warning'),
    ]


def test_external_label_of_a_service_may_have_any_value(tmp_path: Path) -> None:
    service = 'from obskit.catalog import Service\nshop = Service("shop", job="shop", external_labels={"cluster": "eu"})\n'
    assert findings(tmp_path, routed(match(cluster='"us"')), service + ALERTS) == []


def test_module_that_does_not_load_keeps_the_checks_quiet(tmp_path: Path) -> None:
    found = findings(tmp_path, OPS, ALERTS + "1 / 0\n")
    assert [one.id for one in found] == ["module-error"]


def test_both_places_of_two_roots_are_named(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, OPS + "a = Route(ops)\nb = Route(ops)")
    assert (str(found.origin), found.message) == (
        "rules_src/notifications.py:5",
        "the notifications have two roots: this route, and the one at rules_src/notifications.py:4",
    )


def test_build_fails_on_two_roots(tmp_path: Path) -> None:
    findings(tmp_path, OPS + "a = Route(ops)\nb = Route(ops)", toml='formats = ["alertmanager"]\n')
    assert obskit(tmp_path, "build").code == 1
    assert not (tmp_path / "build").exists()
