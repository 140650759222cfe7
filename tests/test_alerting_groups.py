"""Groups: their folder and interval, the links and uids of their rules, and the datasource they ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alerting_project import SETTINGS, Built, built
from project import SHOP, obskit, write

BOARD = """
from obskit.dashboards import *
def board(uid, folder):
    return dashboard(uid.title(), uid=uid, folder=folder, panels=[timeseries("Up", "sum(up)", key="up")])
"""
ALERT = "Alert(name={!r}, expr='sum(q) > 1'{})"


def alert(name: str, more: str = "") -> str:
    return ALERT.format(name, f", {more}" if more else "")


def one_board(folder: str) -> str:
    return f"{BOARD}a = board('a', {folder!r})"


def uids(found: Built) -> dict[tuple[str, str], str]:
    return {(rule["title"], rule.get("labels", {}).get("severity", "")): rule["uid"] for rule in found.rules()}


def test_group_is_in_the_folder_of_its_first_panels_board(tmp_path: Path) -> None:
    boards = f"{BOARD}a, b = board('a', 'First'), board('b', 'Second')\nfound = [a, b]"
    first, second = alert("X", "panel='b/up'"), alert("Y", "panel='a/up'")
    found = built(tmp_path, f"g = RuleGroup('g', rules=({alert('W')}, {first}, {second}))", boards=boards)
    assert [group["folder"] for group in found.files["shop"]["groups"]] == ["Second"]


@pytest.mark.parametrize("folder", ["General", "general"])
def test_rule_is_never_in_the_folder_that_is_none(tmp_path: Path, folder: str) -> None:
    found = built(tmp_path, f"x = {alert('X', chr(112) + 'anel=' + repr('a/up'))}", boards=one_board(folder))
    assert found.files["shop"]["groups"][0]["folder"] == "Alerts"
    assert found.rule["dashboardUid"] == "a"


def test_folder_of_the_settings_has_the_prefix_of_the_environment(tmp_path: Path) -> None:
    tables = '[tool.obskit.alerting]\nfolder = "Watch"\n[tool.obskit.env.prod]\nfolder_prefix = "Prod "'
    settings = SETTINGS.replace("[tool.obskit.env.prod]", tables)
    found = built(tmp_path, f"x = {alert('X')}\ny = RuleGroup('y', rules=({alert('Y', 'panel=' + repr('a/up'))},))", settings=settings,
                  boards=one_board("Shop"))  # fmt: skip
    assert {group["name"]: group["folder"] for group in found.files["shop"]["groups"]} == {"y": "Prod Shop", "shop": "Prod Watch"}


def test_folder_general_of_the_settings_is_an_error(tmp_path: Path) -> None:
    settings = SETTINGS.replace("[tool.obskit.env.prod]", '[tool.obskit.alerting]\nfolder = "General"\n[tool.obskit.env.prod]')
    write(tmp_path, {"pyproject.toml": settings, "rules_src/shop.py": f"from obskit.rules import *\nx = {alert('X')}\n"})
    done = obskit(tmp_path, "build", "--env", "prod")
    assert done.code == 1
    assert 'group "shop" would be in the folder "General", where Grafana keeps no rules [delivery]' in done.out


@pytest.mark.parametrize(("grafana", "folder"), [("13.0", "Shop\\/Floor $$1"), ("11.0", "Shop/Floor $$1")])
def test_slash_of_a_title_is_no_path(tmp_path: Path, grafana: str, folder: str) -> None:
    text = f"x = {alert('X', 'panel=' + repr('a/up'))}"
    found = built(tmp_path, text, boards=one_board("Shop/Floor $1"), targets=grafana)
    assert found.files["shop"]["groups"][0]["folder"] == folder


@pytest.mark.parametrize(
    ("interval", "written", "told"),
    [("", "1m", False), ("15s", "20s", True), ("5s", "10s", True), ("500ms", "10s", True), ("1m30s", "1m30s", False),
     ("1m1s", "1m10s", True)],
)  # fmt: skip
def test_interval_is_one_that_grafana_can_keep(tmp_path: Path, interval: str, written: str, told: bool) -> None:
    found = built(tmp_path, f"g = RuleGroup('g', interval={interval!r}, rules=({alert('X')},))")
    assert found.files["shop"]["groups"][0]["interval"] == written
    message = f'group "g" is evaluated every {interval}, and Grafana does so at multiples of 10s only'
    assert found.said() == ([message] if told else [])


def test_limit_has_no_word(tmp_path: Path) -> None:
    found = built(tmp_path, f"g = RuleGroup('g', limit=5, rules=({alert('X')},))")
    assert found.said() == ['group "g" has a limit, which Grafana does not know']


def test_labels_of_the_group_are_the_rules(tmp_path: Path) -> None:
    more = "severity='info', labels={'a': 'rule', 'b': 'rule'}"
    found = built(tmp_path, f"g = RuleGroup('g', labels={{'a': 'group', 'c': 'group'}}, rules=({alert('X', more)},))")
    assert found.rule["labels"] == {"a": "rule", "b": "rule", "c": "group", "severity": "info"}


def test_rule_leads_to_its_panel(tmp_path: Path) -> None:
    rule = built(tmp_path, f"x = {alert('X', 'panel=' + repr('a/up'))}", boards=one_board("Shop")).rule
    assert (rule["dashboardUid"], str(rule["panelId"])) == ("a", rule["annotations"]["__panelId__"])
    assert rule["annotations"]["__dashboardUid__"] == "a"


@pytest.mark.parametrize("given", [{"__dashboardUid__": "a"}, {"__panelId__": "1"}, {"__dashboardUid__": "a", "__panelId__": "one"}])
def test_half_a_link_is_an_error(tmp_path: Path, given: dict[str, str]) -> None:
    found = built(tmp_path, f"x = {alert('X', f'annotations={given!r}')}")
    assert [message.partition(":")[2] for message in found.said("error")] == [" Grafana wants both, and a number"]


def test_link_by_hand_is_one(tmp_path: Path) -> None:
    found = built(tmp_path, "x = " + alert("X", "annotations={'__dashboardUid__': 'other', '__panelId__': '12'}"))
    assert (found.rule["dashboardUid"], found.rule["panelId"], found.said()) == ("other", 12, [])


def test_rule_without_panel_leads_nowhere(tmp_path: Path) -> None:
    rule = built(tmp_path, f"x = {alert('X')}").rule
    assert not {"dashboardUid", "panelId", "annotations", "isPaused"} & rule.keys()


def test_uid_is_one_for_grafana(tmp_path: Path) -> None:
    names = ["X", "A name with words, 100 %", "中文", "x" * 200, "-", "../../etc", "a" * 26 + "-b"]
    found = built(tmp_path, f"found = [{', '.join(alert(name) for name in names[:3] + names[4:])}]")
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,40}", rule["uid"]) for rule in found.rules())
    assert len({rule["uid"] for rule in found.rules()}) == len(names) - 1


def test_uid_is_told_apart_by_labels_file_and_group(tmp_path: Path) -> None:
    rules = f"[{alert('X', 'severity=' + repr('a'))}, {alert('X', 'severity=' + repr('b'))}, RuleGroup('g', rules=({alert('X')},))]"
    assert len(set(uids(built(tmp_path, f"found = {rules}")).values())) == 3


def test_uid_stays_when_other_rules_come_and_go(tmp_path: Path) -> None:
    one, other, more = alert("X", "severity='a'"), alert("Y", "severity='b'"), alert("A")
    before = uids(built(tmp_path / "1", f"found = [{one}]"))
    for at, listed in enumerate(([other, one], [more, one, other], [one])):
        after = uids(built(tmp_path / f"2{at}", f"found = [{', '.join(listed)}]"))
        assert after["X", "a"] == before["X", "a"]


def test_uid_stays_when_the_rule_is_changed(tmp_path: Path) -> None:
    before, after = (uids(built(tmp_path / severity, f"found = [{alert('X', f'severity={severity!r}')}]")) for severity in ("page", "info"))
    assert [*before.values()] == [*after.values()]


def test_uid_of_rules_of_one_name_is_the_same_in_every_environment(tmp_path: Path) -> None:
    two = ", ".join(alert("X", f"severity={severity!r}") for severity in ("page", "info"))
    more = SETTINGS.replace("[tool.obskit.env.prod]", '[tool.obskit.env.prod]\nlabels = { env = "prod" }')
    plain, labelled = (built(tmp_path / at, f"found = [{two}]", settings=given) for at, given in (("1", SETTINGS), ("2", more)))
    assert uids(plain) == uids(labelled)
    assert all(rule["labels"]["env"] == "prod" for rule in labelled.rules())


def test_uid_is_the_same_in_every_environment(tmp_path: Path) -> None:
    settings = SETTINGS + 'labels = { env = "prod" }\n[tool.obskit.env.test]\ndatasources = { prometheus = "p" }\nlabels = { env = "t" }\n'
    prod, test = (built(tmp_path, f"x = {alert('X')}", settings=settings, env=env).rule for env in ("prod", "test"))
    assert (prod["uid"], prod["labels"], test["labels"]) == (test["uid"], {"env": "prod"}, {"env": "t"})


def test_two_groups_of_one_name_in_a_folder_are_an_error(tmp_path: Path) -> None:
    group = f"from obskit.rules import *\ng = RuleGroup('same', rules=({alert('{}')},))\n"
    (tmp_path / "rules_src").mkdir()
    (tmp_path / "rules_src/other.py").write_text(group.format("Other"), encoding="utf-8")
    found = built(tmp_path, group.format("Mine"))
    here = 'group "same" of rules_src/shop.py is in the folder "Alerts"'
    assert found.said("error") == [f"{here}, where rules_src/other.py has one of that name"]


@pytest.mark.parametrize(("grafana", "told"), [("11.6", True), ("12.0", False)])
def test_two_rules_of_one_name_in_a_folder_need_grafana_12(tmp_path: Path, grafana: str, told: bool) -> None:
    found = built(tmp_path, f"found = [{alert('X')}, {alert('X', 'severity=' + repr('a'))}]", targets=grafana)
    message = 'alert "X" is there twice in the folder "Alerts", which Grafana before 12.0 refuses'
    assert found.said("error") == ([message] if told else [])


def test_missing_datasource_is_an_error_that_says_what_to_declare(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": '[tool.obskit]\nformats = ["dashboards", "rules", "alerting"]\n'})
    done = obskit(tmp_path, "build")
    assert done.code == 1
    assert "nothing tells that of Prometheus [delivery]" in done.out
    assert 'declare Prometheus("Prometheus", uid="prometheus", url="http://…") of obskit.datasources' in done.out
    assert not (tmp_path / "build").exists()


def test_missing_datasource_is_not_told_beside_a_module_that_may_declare_it(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": '[tool.obskit]\nformats = ["alerting"]\n', "rules_src/places.py": "1/0\n"})
    done = obskit(tmp_path, "build")
    assert (done.code, "1 error in 4 modules; nothing was written" in done.err) == (1, True)


def test_environment_tells_the_datasource(tmp_path: Path) -> None:
    rule = built(tmp_path, f"x = {alert('X')}").rule
    assert (rule["data"][0]["datasourceUid"], rule["data"][0]["model"]["datasource"]) == (
        "prom-uid", {"type": "prometheus", "uid": "prom-uid"},
    )  # fmt: skip


URL = "url='http://prometheus:9090'"
ONE, TWO, OTHER = (f"Prometheus('{uid}', uid='{uid}', {URL})" for uid in ("a", "b", "c"))


@pytest.mark.parametrize(
    ("declared", "uid"),
    [([ONE], "a"), ([ONE, TWO.replace(URL, f"default=True, {URL}")], "b"), ([ONE, f"Tempo('t', uid='t', default=True, {URL})"], "a")],
)
def test_declared_datasource_is_asked(tmp_path: Path, declared: list[str], uid: str) -> None:
    text = f"from obskit.datasources import *\nsources = [{', '.join(declared)}]\nx = {alert('X')}"
    found = built(tmp_path, text, env="")
    assert (found.rule["data"][0]["datasourceUid"], found.said()) == (uid, [])


def test_environment_is_asked_before_what_is_declared(tmp_path: Path) -> None:
    text = f"from obskit.datasources import *\nsource = {ONE}\nx = {alert('X')}"
    assert built(tmp_path, text).rule["data"][0]["datasourceUid"] == "prom-uid"


def test_one_of_several_datasources_is_to_be_the_default(tmp_path: Path) -> None:
    text = f"from obskit.datasources import *\nsources = [{ONE}, {OTHER}]\nx = {alert('X')}"
    (told,) = built(tmp_path, text, env="").found
    assert told.hint == "several are declared: give one of them default=True; or build with --env for an environment that names its uid"
