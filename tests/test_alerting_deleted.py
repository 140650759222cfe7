"""Rules that were built once: Grafana keeps what its files no longer hold, so the build can have it delete them, and diff says which."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from alerting_project import PRELUDE, SETTINGS, built
from project import obskit, write
from test_diff_git import git

RULES = "a = Alert(name='ShopDown', expr='sum(up) < 1')\nb = Alert(name='ShopFull', expr='sum(q) > 9')\n"
SOURCE = "from obskit.datasources import Prometheus\np = Prometheus(name='P', uid='prom', url='http://localhost:9090')\n"


def deleting(*uids: str) -> str:
    return SETTINGS.replace("[tool.obskit.env.prod]", f"[tool.obskit.alerting]\ndeleted = {list(uids)}\n[tool.obskit.env.prod]")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose build is committed."""
    write(tmp_path, {"pyproject.toml": SETTINGS, "rules_src/shop.py": PRELUDE + SOURCE + RULES})
    assert obskit(tmp_path, "build").code == 0
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_deleted_rules_are_a_file_of_their_own(tmp_path: Path) -> None:
    found = built(tmp_path, RULES, settings=deleting("Old-2", "Old-1", "Old-2"))
    wanted = {"apiVersion": 1, "deleteRules": [{"orgId": 1, "uid": "Old-1"}, {"orgId": 1, "uid": "Old-2"}]}
    assert yaml.safe_load(found.texts["deleted-rules"]) == wanted
    assert "deleted-rules" not in built(tmp_path, RULES).files


def test_rule_that_is_built_is_not_deleted(tmp_path: Path) -> None:
    uid = built(tmp_path, RULES).called("ShopDown")["uid"]
    found = built(tmp_path, RULES, settings=deleting(uid))
    assert found.said("error") == ['alert "ShopDown" is built, and [tool.obskit.alerting] deleted has Grafana delete it']


@pytest.mark.parametrize("uid", ["", "a b", "x" * 41, "ü"])
def test_deleted_are_uids(tmp_path: Path, uid: str) -> None:
    write(tmp_path, {"pyproject.toml": deleting(uid), "rules_src/shop.py": ""})
    ran = obskit(tmp_path, "build")
    assert (ran.code, f'deleted: "{uid}" is not the uid of a rule' in ran.err) == (2, True), ran


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("ShopDown", "ShopAway", ["ShopDown"]),
        (RULES, "", ["ShopDown", "ShopFull"]),
        ("b = Alert", "b = RuleGroup('other', rules=(Alert", ["ShopFull"]),
        ("sum(q) > 9", "sum(q) > 8", []),
    ],
    ids=["renamed", "gone", "moved", "changed"],
)
def test_diff_names_the_rules_that_grafana_keeps(shop: Path, old: str, new: str, names: list[str]) -> None:
    module = shop / "rules_src/shop.py"
    text = module.read_text().replace(old, new)
    module.write_text(text.replace("> 9')", "> 9'),))") if "RuleGroup" in new else text)
    ran = obskit(shop, "diff")
    assert ran.code == 1, ran
    told = [line.split('"')[1] for line in ran.out.splitlines() if "stays there until" in line]
    assert told == names


def test_what_diff_asks_for_is_enough(shop: Path) -> None:
    module = shop / "rules_src/shop.py"
    module.write_text(module.read_text().replace("ShopDown", "ShopAway"))
    (uid,) = (line.split('"')[3] for line in obskit(shop, "diff").out.splitlines() if "stays there until" in line)
    write(shop, {"pyproject.toml": deleting(uid)})
    assert "stays there until" not in obskit(shop, "diff").out
    assert obskit(shop, "build").code == 0
    assert uid in (shop / "build/grafana/provisioning/alerting/deleted-rules.yaml").read_text()
