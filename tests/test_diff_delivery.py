"""`obskit diff` of what delivers: who is told, datasources, folders, and what only Grafana's form of a rule says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, write
from test_diff_git import LOUDER, edit, git, louder

from obskit.diff import FileForm, Side, difference

ALERTMANAGER = """\
global:
  resolve_timeout: 5m
route:
  receiver: ops
  repeat_interval: 4h
  routes:
    - receiver: ops
      matchers: ['severity="critical"']
    - receiver: shop
      matchers: ['severity="warning"', 'job=~"shop.*"']
receivers:
  - name: ops
    webhook_configs:
      - url: http://bridge:8060/ops/send
    slack_configs:
      - api_url: https://hooks.slack.com/services/T0/B0/first
  - name: shop
    email_configs:
      - to: shop@example.com
inhibit_rules:
  - source_matchers: ['alertname="Down"']
    target_matchers: ['severity="warning"']
    equal: [job]
time_intervals:
  - name: nights
    time_intervals:
      - times: [{start_time: '20:00', end_time: '24:00'}]
"""
FIRST, SECOND = ("""    - receiver: ops\n      matchers: ['severity="critical"']\n""",
                 """    - receiver: shop\n      matchers: ['severity="warning"', 'job=~"shop.*"']\n""")  # fmt: skip
CHANGES = [
    # (before, after, the lines that are told)
    ("4h", "5h", ['route "root": again after 4h → 5h']),
    ('severity="critical"', 'severity="page"', ['route "root > {severity=critical}" renamed to "root > {severity=page}"']),
    (FIRST + SECOND, SECOND + FIRST,
     ['routes "root": order '
      '{severity=critical}, {severity=warning, job=~"shop.*"} → {severity=warning, job=~"shop.*"}, {severity=critical}']),
    (SECOND, "", ['route "root > {severity=warning, job=~\\"shop.*\\"}" removed']),
    ("to: shop@", "to: team@", ['receiver "shop by email": to shop@example.com → team@example.com']),
    ("8060/ops", "8061/ops", ['receiver "ops by webhook": url http://bridge:8060/ops/send → http://bridge:8061/ops/send']),
    ("B0/first", "B0/other", ['receiver "ops by slack": api_url changed (a secret, not shown)']),
    ("'20:00'", "'21:00'", ['mute time "nights": time_intervals[0].times[0].start_time 20:00 → 21:00']),
    ("equal: [job]", "equal: [job, env]", ['inhibition "severity=warning while alertname=Down": equal ["job"] → ["job", "env"]']),
    ("resolve_timeout: 5m", "resolve_timeout: 6m", ["settings: global.resolve_timeout 5m → 6m"]),
]  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.mark.parametrize(("before", "after", "told"), CHANGES, ids=[row[2][0] for row in CHANGES])
def test_change_of_alertmanager_is_told(before: str, after: str, told: list[str]) -> None:
    assert before in ALERTMANAGER
    Path("a.yml").write_text(ALERTMANAGER)
    Path("b.yml").write_text(ALERTMANAGER.replace(before, after))
    ran = obskit(None, "diff", "a.yml", "b.yml")
    assert (ran.code, [line.strip() for line in ran.out.splitlines()]) == (1, ["file b.yml", *told])


def test_files_that_cannot_be_compared_are_not_called_the_same() -> None:
    Path("a.txt").write_text("one\n"), Path("b.txt").write_text("two\n")
    ran = obskit(None, "diff", "a.txt", "b.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith('obskit: error: neither "a.txt" nor "b.txt" is a file that can be compared\n    hint: ')


FORMATS = """\
[tool.obskit]
formats = ["dashboards", "rules", "provisioning", "alerting", "alertmanager", "kubernetes", "docs"]
[tool.obskit.alertmanager.smtp]
smarthost = "mail.example.com:587"
from = "alerts@example.com"
"""
TOLD = """\
from obskit.catalog import regex
from obskit.datasources import Prometheus
from obskit.notify import Email, Receiver, Route

prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090", default=True)
ops = Receiver("ops", Email("ops@example.com"))
root = Route(ops, group_by=("alertname",), repeat_interval="4h")
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    write(tmp_path, SHOP, {"pyproject.toml": FORMATS, "rules_src/told.py": TOLD})
    assert obskit(tmp_path, "build").code == 0
    git(tmp_path, "init", "-q"), git(tmp_path, "add", "-A"), git(tmp_path, "commit", "-q", "-m", "the shop")
    return tmp_path


def test_same_project_is_no_difference(shop: Path) -> None:
    assert obskit(shop, "diff") == Ran(0, "", "no difference\n")


def test_rule_in_two_forms_is_told_once(shop: Path) -> None:
    louder(shop)
    assert obskit(shop, "diff") == Ran(1, LOUDER, "1 alert changed\n")


def test_what_only_grafana_says_of_a_rule_is_told_beside_its_other_changes(shop: Path) -> None:
    louder(shop)
    edit(shop, "rules_src/shop.py", 'for_="2m"', 'for_="2m", no_data="alerting"')
    out = LOUDER + '\nfile grafana/provisioning/alerting/shop.yaml\n    alert "ShopHighErrorRate": no data is OK → Alerting\n'
    assert obskit(shop, "diff") == Ran(1, out, "1 alert, 1 other file changed\n")


SECOND_ALERT = """

also = Alert(name="ShopQuiet", expr=error_ratio.over("5m") > 0.9, for_="2m", severity="warning", summary="Quiet")
"""


def test_rule_that_comes_or_goes_in_two_forms_is_told_once(shop: Path) -> None:
    source = shop / "rules_src" / "shop.py"
    text = source.read_text()
    source.write_text(text + SECOND_ALERT)
    came = obskit(shop, "diff")
    assert (came.out.count("ShopQuiet"), "file " in came.out) == (1, False)
    assert obskit(shop, "build").code == 0
    git(shop, "commit", "-q", "-a", "-m", "one more")
    source.write_text(text)
    went, _, kept = obskit(shop, "diff").out.partition("\nfile rules that Grafana keeps\n")
    assert (went.count("ShopQuiet"), "file " in went, kept.count('rule "ShopQuiet"')) == (1, False, 1)


TOLD_CHANGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("a route", lambda root: edit(root, "rules_src/told.py", "4h", "6h"), 'route "root": again after 4h → 6h'),
    ("a receiver", lambda root: edit(root, "rules_src/told.py", "ops@", "all@"), "to ops@example.com → all@example.com"),
    ("a datasource", lambda root: edit(root, "rules_src/told.py", ":9090", ":9091"), 'datasource "Prometheus": url http://prometheus:9090'),
    ("what no data is", lambda root: edit(root, "rules_src/shop.py", 'for_="2m"', 'for_="2m", no_data="alerting"'),
     "no data is OK → Alerting"),
    ("the first steps", lambda root: edit(root, "rules_src/shop.py", 'for_="2m"', 'for_="2m", steps=("Look.",)'),
     'runbook "ShopHighErrorRate": first steps added: ["Look."]'),
    ("a first step beside a threshold", lambda root: edit(root, "rules_src/shop.py", '0.10,', '0.2, steps=("A_b*c <d>.",),'),
     'runbook "ShopHighErrorRate": first steps added: ["A_b*c <d>."]'),
    ("objects", lambda root: (root / "pyproject.toml").write_text(FORMATS + '[tool.obskit.kubernetes]\nnamespace = "ops"\n'),
     "kubernetes/prometheus-operator/"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "told"), TOLD_CHANGES, ids=[row[0] for row in TOLD_CHANGES])
def test_change_of_what_delivers_is_no_silence(shop: Path, what: str, change: Callable[[Path], None], told: str) -> None:
    change(shop)
    ran = obskit(shop, "diff")
    assert ran.code == 1, what
    assert told in ran.out


def test_new_file_tells_how_many_receivers_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    (tmp_path / "b" / "alertmanager.yml").write_text(ALERTMANAGER)
    ran = obskit(tmp_path, "diff", "a", "b")
    assert ran == Ran(1, "file alertmanager.yml added: 3 routes, 2 receivers, 1 inhibition, 1 mute time\n", "1 other file changed\n")


SOURCE = 'prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090", default=True)\n'
NO_UID = "rules that Grafana manages ask a datasource by its uid, and nothing tells that of Prometheus [delivery]"


def test_what_a_format_cannot_make_is_told_and_not_taken_for_removed(shop: Path) -> None:
    edit(shop, "rules_src/told.py", SOURCE, "")
    assert obskit(shop, "build", "--check").code == 1
    ran = obskit(shop, "diff")
    assert (ran.code, NO_UID in ran.out, "grafana/provisioning/alerting/shop.yaml" in ran.out, "that Grafana keeps" in ran.out) == (
        1, True, False, False,
    )  # fmt: skip
    assert "file grafana/provisioning/datasources/" in ran.out


def test_sources_that_do_not_build_are_not_the_same_as_nothing(shop: Path) -> None:
    edit(shop, "rules_src/told.py", SOURCE, "")
    git(shop, "rm", "-rq", "--cached", *(f"build/grafana/provisioning/{path}" for path in ("alerting/shop.yaml", "datasources")))
    git(shop, "commit", "-q", "-m", "without them")
    ran = obskit(shop, "diff")
    assert (ran.code, NO_UID in ran.out, ran.err) == (1, True, "no difference, as far as it can be told: 1 finding\n")


def test_what_a_file_that_is_not_whole_lacks_is_not_removed() -> None:
    rules = [{"uid": f"u{number}", "title": f"A{number}", "data": []} for number in range(2)]
    document = {"groups": [{"name": "g", "folder": "f", "rules": rules}]}
    less = {"groups": [{"name": "g", "folder": "f", "rules": [{**rules[0], "for": "5m"}]}]}
    found = difference(*(Side(files=(FileForm(path="a.yaml", data=data, whole=data is document),)) for data in (document, less)))
    assert [(part.name, part.state) for thing in found.things for part in thing.parts] == [("A0", "changed")]
