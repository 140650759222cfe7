"""What a change does to files that are neither dashboards nor rules: who is told, datasources, pages, and what Grafana alone has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import SHOP, Ran, obskit, write
from test_diff_git import bare, edit, git

from obskit.diff import Side, difference

_ = bare
FORMATS = '[tool.obskit]\nformats = ["dashboards", "rules", "alerting", "alertmanager", "provisioning", "docs"]\n'
NOTIFICATIONS = """\
from obskit.datasources import Prometheus
from obskit.notify import Receiver, Route, Secret, Slack

prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090")
ops, team = Receiver("ops", Slack(Secret.env("OPS"))), Receiver("team", Slack(Secret.env("TEAM")))
root = Route(ops, group_by=("alertname",), routes=(
    Route(team, match={"severity": "warning"}), Route(ops, match={"severity": "critical"}, repeat_interval="1h")))
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop with everything that tells somebody, built and committed."""
    git(tmp_path, "init", "-q")
    write(tmp_path, SHOP, {"pyproject.toml": FORMATS, "rules_src/notifications.py": NOTIFICATIONS})
    assert obskit(tmp_path, "build").code == 0
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "the shop")
    return tmp_path


def told(root: Path) -> list[str]:
    done = obskit(root, "diff")
    assert done.code == 1
    return [line.strip() for line in done.out.splitlines() if line]


def test_nothing_changed_is_no_difference(shop: Path) -> None:
    assert obskit(shop, "diff") == Ran(0, "", "no difference\n")


def test_route_that_changed_is_told_for_both_who_route(shop: Path) -> None:
    edit(shop, "rules_src/notifications.py", 'repeat_interval="1h"', 'repeat_interval="9h"')
    assert told(shop) == [
        "file alertmanager/alertmanager.yml", 'route.routes.severity="critical".repeat_interval 1h → 9h',
        "file grafana/provisioning/alerting/policies.yaml", "policies[0].routes.severity=critical.repeat_interval 1h → 9h",
    ]  # fmt: skip


def test_route_that_joins_moves_no_other(shop: Path) -> None:
    edit(shop, "rules_src/notifications.py", "routes=(\n", 'routes=(Route(team, match={"job": "x"}),\n')
    said = 'route.routes.job="x" added: {"matchers": ["job=\\"x\\""], "receiver": "team"}'
    assert [line for line in told(shop) if line.startswith("route")] == [said]


def test_order_of_routes_is_told_for_the_first_that_fits_is_taken(shop: Path) -> None:
    warning = 'Route(team, match={"severity": "warning"}), '
    edit(shop, "rules_src/notifications.py", warning, "")
    edit(shop, "rules_src/notifications.py", 'repeat_interval="1h")', f'repeat_interval="1h"), {warning.strip()}')
    assert told(shop)[1].startswith("route.routes.order [")


def test_datasource_that_changed_is_told(shop: Path) -> None:
    edit(shop, "rules_src/notifications.py", "prometheus:9090", "prometheus:9999")
    said = "datasources.Prometheus.url http://prometheus:9090 → http://prometheus:9999"
    assert told(shop) == ["file grafana/provisioning/datasources/obskit.yaml", said]


def test_what_grafana_alone_has_of_a_rule_is_told(shop: Path) -> None:
    edit(shop, "rules_src/shop.py", 'for_="2m"', 'for_="2m", no_data="alerting"')
    said = "groups.shop.rules.ShopHighErrorRate.noDataState OK → Alerting"
    assert told(shop)[:2] == ["file grafana/provisioning/alerting/shop.yaml", said]


def test_what_is_told_of_a_rule_is_not_told_again(shop: Path) -> None:
    edit(shop, "rules_src/shop.py", 'for_="2m"', 'for_="5m"')
    assert told(shop) == [
        "rules prometheus/rules/shop.yaml (team-shop)", 'alert "ShopHighErrorRate": for 2m → 5m',
        "other built files", "docs/runbooks/ShopHighErrorRate.md", "grafana/provisioning/alerting/shop.yaml",
    ]  # fmt: skip


def test_page_that_changed_is_named(shop: Path) -> None:
    edit(shop, "rules_src/shop.py", 'for_="2m"', 'for_="2m", steps=("Look at the log.",)')
    assert told(shop) == ["other built files", "docs/runbooks/ShopHighErrorRate.md"]
    assert obskit(shop, "diff").err == "1 other file changed\n"


def test_format_that_is_new_is_named_file_by_file(shop: Path) -> None:
    write(shop, {"pyproject.toml": FORMATS.replace('"docs"', '"docs", "share"')})
    assert told(shop) == ["other built files", "grafana/share/shop-operations.json added"]


def test_json_holds_every_file(shop: Path) -> None:
    edit(shop, "rules_src/shop.py", 'for_="2m"', 'for_="2m", steps=("Look at the log.",)')
    (change,) = json.loads(obskit(shop, "diff", "--format", "json").out)["changes"]
    assert (change["kind"], [one["what"] for one in change["edits"]]) == ("files", ["docs/runbooks/ShopHighErrorRate.md"])


def test_id_of_a_panel_is_no_difference() -> None:
    sides = [Side(others={"a.yaml": {"groups": [{"name": "g", "rules": [{"title": "A", "panelId": number}]}]}}) for number in (1, 2)]
    (thing,) = difference(*sides).things
    assert (thing.kind, [one.what for one in thing.edits]) == ("files", ["a.yaml"])


def test_very_many_files_are_told_by_their_folders(shop: Path) -> None:
    boards = "from obskit.dashboards import dashboard, text\n" + "".join(
        f'b{number} = dashboard("B{number}", uid="b{number}", panels=[text("W", "w")])\n' for number in range(21)
    )
    write(shop, {"pyproject.toml": FORMATS.replace('"docs"', '"share"'), "dashboards_src/many.py": boards})
    assert told(shop)[-2:] == ["other built files", "grafana/share/ 22 files"]


OTHERS = {
    "alertmanager.yml": ("route: {receiver: a}\nreceivers: [{name: a}]\n", "receiver: a}", "receiver: b}", "route.receiver a → b"),
    "grafana.yaml": (
        "apiVersion: 1\ngroups: [{name: g, folder: F, interval: 1m, rules: [{title: A, for: 1m, data: []}]}]\n",
        "for: 1m", "for: 2m", "groups.g.rules.A.for 1m → 2m",
    ),
    "sources.yaml": ("datasources: [{name: P, url: a}]\n", "url: a", "url: b", "datasources.P.url a → b"),
    "tests.yaml": ("rule_files: [a.yaml]\ntests: [{interval: 1m}]\n", "1m", "2m", "tests[0].interval 1m → 2m"),
}  # fmt: skip
"""Files that are neither dashboards nor Prometheus' rules: text, what is edited, what is told."""


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("named", [False, True])
def test_foreign_file_is_told_by_keys(tmp_path: Path, name: str, named: bool) -> None:
    text, old, new, said = OTHERS[name]
    write(tmp_path, {f"a/{name}": text, f"b/{name}": text.replace(old, new)})
    sides = [str(tmp_path / side / (name if named else "")) for side in "ab"]
    assert obskit(None, "diff", *sides) == Ran(1, f"file {name}\n    {said}\n", "1 other file changed\n")


def test_file_that_is_named_is_never_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a/values.yaml": "replicas: 1\n", "b/values.yaml": "replicas: 2\n"})
    done = obskit(None, "diff", str(tmp_path / "a/values.yaml"), str(tmp_path / "b/values.yaml"))
    assert (done.code, done.out) == (1, "file values.yaml\n    replicas 1 → 2\n")
    assert obskit(None, "diff", str(tmp_path / "a"), str(tmp_path / "b")).code == 0


def test_layout_comments_and_order_of_keys_are_no_difference(tmp_path: Path) -> None:
    write(tmp_path, {"a/am.yml": "route: {receiver: a, group_wait: 5s}\nreceivers: [{name: a}]\n"})
    write(tmp_path, {"b/am.yml": "# said\nreceivers:\n- name: a\nroute:\n  group_wait: 5s\n  receiver: a\n"})
    assert obskit(None, "diff", str(tmp_path / "a"), str(tmp_path / "b")) == Ran(0, "", "no difference\n")


LEAVES = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_garbage_is_compared_without_failing_and_with_itself_is_the_same(value: object) -> None:
    assert not difference(Side(others={"a": value or 1}), Side(others={"a": value or 1}))
    difference(Side(others={"a": value}), Side(others={"a": {"groups": [{"name": value}]}}))
