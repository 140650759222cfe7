"""`obskit import`: the module, what is refused, and that a build gives the same rules back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from imported import built, imported, meant
from project import REPOSITORY, Ran, obskit, tree, write
from tools import run_tool

SHOP = """\
# Rules of the shop.

groups:
# Latency and errors.
- name: shop.rules   # evaluated often
  interval: 30s
  limit: 10
  query_offset: 1m
  labels: {team: shop}
  rules:
  - record: job:shop_requests:rate5m
    expr: sum by (job) (rate(shop_requests_total[5m]))
  # Too many 5xx.
  # - alert: Old
  - alert: ShopHighErrors # pages
    expr: |
      sum by (job) (rate(shop_requests_total{code=~"5.."}[5m]))
        /
      sum by (job) (rate(shop_requests_total[5m]))
        > 0.05
    # deploys take 5 minutes
    for: 10m
    keep_firing_for: 5m
    labels: {severity: critical, tier: 1}
    annotations:
      summary: "{{ $labels.job }} fails"
      description: |
        {{ $value | humanizePercentage }} of requests fail.
        看这里 🙂
      runbook_url: https://runbooks.example.com/ShopHighErrors
      dashboard: 'https://grafana.example.com/d/shop'
# the end
"""

MODULE = '''\
"""Rules that were rules.yaml."""

from obskit.rules import Alert, Record, RuleGroup

# Rules of the shop.

# Latency and errors.
# evaluated often

job_shop_requests_rate5m = Record(
    name="job:shop_requests:rate5m",
    expr="sum by (job) (rate(shop_requests_total[5m]))",
)

# Too many 5xx.
# - alert: Old
# pages
# deploys take 5 minutes
shop_high_errors = Alert(
    name="ShopHighErrors",
    expr="""
        sum by (job) (rate(shop_requests_total{code=~"5.."}[5m]))
          /
        sum by (job) (rate(shop_requests_total[5m]))
          > 0.05
    """,
    for_="10m",
    keep_firing_for="5m",
    severity="critical",
    summary="{{ $labels.job }} fails",
    description="{{ $value | humanizePercentage }} of requests fail.\\n看这里 🙂\\n",
    runbook="https://runbooks.example.com/ShopHighErrors",
    labels={"tier": "1"},
    annotations={"dashboard": "https://grafana.example.com/d/shop"},
)
shop_rules = RuleGroup(
    "shop.rules",
    rules=(
        job_shop_requests_rate5m,
        shop_high_errors,
    ),
    interval="30s",
    limit=10,
    query_offset="1m",
    labels={"team": "shop"},
)

# the end
'''


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without modules, in which commands run."""
    monkeypatch.chdir(write(tmp_path, {"pyproject.toml": "", "rules_src/.keep": "", "rules.yaml": SHOP}))
    return tmp_path


def test_module_is_what_an_author_would_write(here: Path) -> None:
    assert obskit(None, "import", "rules.yaml") == Ran(0, MODULE, "2 rules in 1 group\n")
    assert not (here / "rules_src/rules.py").exists()


def test_module_is_written_and_built_to_the_same_rules(here: Path) -> None:
    ran = obskit(None, "import", "rules.yaml", "--write", "rules_src/shop.py")
    assert ran == Ran(0, "", "2 rules in 1 group written to rules_src/shop.py\n")
    assert (here / "rules_src/shop.py").read_text() == MODULE
    assert obskit(None, "build").code == 0
    paths = (here / "rules.yaml", here / "build/prometheus/rules/shop.yaml")
    before, after = (yaml.safe_load(path.read_text())["groups"] for path in paths)
    before[0]["rules"][1]["labels"]["tier"] = "1"  # as Prometheus reads it
    assert meant(after) == meant(before)


def test_what_is_built_passes_promtool_like_the_original(here: Path) -> None:
    known = "".join(line for line in SHOP.splitlines(keepends=True) if "query_offset" not in line and "labels: {team" not in line)
    write(here, {"rules.yaml": known})  # what a Prometheus 2 knows too
    obskit(None, "import", "rules.yaml", "--write", "rules_src/shop.py")
    obskit(None, "build")
    for path in ("rules.yaml", "build/prometheus/rules/shop.yaml"):
        assert "SUCCESS: 2 rules found" in run_tool("promtool", "check", "rules", path)


def test_file_that_exists_is_never_overwritten(here: Path) -> None:
    write(here, {"rules_src/shop.py": "mine = 1\n"})
    ran = obskit(None, "import", "rules.yaml", "--write", "rules_src/shop.py")
    assert (ran.code, '"rules_src/shop.py" exists already' in ran.err) == (2, True)
    assert (here / "rules_src/shop.py").read_text() == "mine = 1\n"


@pytest.mark.parametrize("path", ["rules_src/shop.yaml", "rules_src/_shop.py", "rules_src/my-shop.py", "rules_src/", "a.b.py"])
def test_name_that_is_no_module_s_is_refused(here: Path, path: str) -> None:
    ran = obskit(None, "import", "rules.yaml", "--write", path)
    assert (ran.code, "is not the name of a module" in ran.err) == (2, True)


def test_standard_input_is_read(here: Path) -> None:
    command = [sys.executable, "-m", "obskit", "import", "-"]
    done = subprocess.run(command, cwd=here, env={"PYTHONPATH": str(REPOSITORY)}, input=SHOP.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, MODULE.replace("rules.yaml", "<stdin>"))


def test_file_that_is_not_there_is_a_question_that_cannot_be_asked(here: Path) -> None:
    assert obskit(None, "import", "none.yaml").code == 2
    assert obskit(None, "import", "rules_src").code == 2


RULE = "groups: [{name: a, rules: [{alert: A, expr: up == 0}]}]\n"
WRONG = {
    "not YAML": "groups: [\n",
    "tab": "groups:\n\t- name: a\n",
    "unknown key": RULE.replace("alert: A", "alert: A, severty: x"),
    "unknown group key": RULE.replace("name: a", "name: a, evry: 1m"),
    "top key": RULE + "x-anchors: 1\n",
    "no PromQL": RULE.replace("up == 0", "up = = 0"),
    "no template": RULE.replace("alert: A", "alert: A, annotations: {summary: '{{ $labels.job }'}"),
    "no duration": RULE.replace("alert: A", "alert: A, for: 5"),
    "no name": RULE.replace("alert: A, ", ""),
    "both": RULE.replace("alert: A", "alert: A, record: b"),
    "group twice": RULE.replace("]}]", "]}, {name: a, rules: [{alert: B, expr: up == 1}]}]"),
    "key twice": RULE.replace("alert: A", "alert: A, alert: B"),
    "a dashboard": '{"title": "x", "panels": [], "schemaVersion": 39}',
    "nothing": "",
    "half": b"groups: \xff\n",
    "no rules": "groups: []\n",
    "an empty group": "groups: [{name: a, rules: []}]\n",
    "for on a record": RULE.replace("alert: A", "record: a, for: 5m"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_file_is_told_by_line_and_nothing_is_written(here: Path, what: str) -> None:
    write(here, {"wrong.yaml": WRONG[what]})
    ran = obskit(None, "import", "wrong.yaml", "--write", "rules_src/new.py")
    assert (ran.code, "wrong.yaml" in ran.out, ": error: " in ran.out) == (1, True, True), ran
    assert "nothing was written" in ran.err
    assert not (here / "rules_src/new.py").exists()


def test_findings_leave_stdout_to_the_module(here: Path) -> None:
    write(here, {"wrong.yaml": WRONG["no PromQL"]})
    ran = obskit(None, "import", "wrong.yaml")
    assert (ran.code, ran.out, "wrong.yaml:1: error: " in ran.err) == (1, "", True)


@pytest.mark.parametrize("text", [
    "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n  groups:\n  # why\n  - name: a\n    rules:\n"
    "    - alert: A\n      expr: up == 0\n",
    '{"groups": [{"name": "a", "rules": [{"alert": "A", "expr": "up == 0"}]}]}',
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  r.yaml: |\n    groups:\n    - name: a\n      rules:\n      - {alert: A, expr: up == 0}\n",
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: monitoring.coreos.com/v1\n  kind: PrometheusRule\n  spec:\n    groups:\n"
    "    - name: a\n      rules: [{alert: A, expr: up == 0}]\n",
], ids=["object", "json", "configmap", "list"])  # fmt: skip
def test_rules_are_found_in_what_holds_them(tmp_path: Path, text: str) -> None:
    made = imported(text, str(tmp_path))
    assert built(made.text) == [{"name": "a", "rules": [{"alert": "A", "expr": "up == 0"}]}]
    assert ("# why" in made.text) == ("# why" in text)


def test_comments_inside_a_config_map_stay_at_their_rules(tmp_path: Path) -> None:
    inner = "# top\ngroups:\n- name: a\n  rules:\n  # one\n  - {alert: A, expr: up == 0}\n  # two\n  - {alert: B, expr: up == 1}\n"
    indented = "".join(f"    {line}\n" for line in inner.splitlines())
    text = imported(f"# outer\napiVersion: v1\nkind: ConfigMap\ndata:\n  r.yaml: |\n{indented}", str(tmp_path)).text
    assert [line for line in text.splitlines() if line.startswith(("#", "a =", "b ="))] == [
        "# outer", "# top", "# one", "a = Alert(", "# two", "b = Alert(",
    ]  # fmt: skip


def test_metadata_of_an_object_are_told_as_not_kept(tmp_path: Path) -> None:
    head = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x, namespace: y}\nspec:\n"
    found = imported(f"{head}  {RULE}", str(tmp_path)).outcome.findings
    said = [(one.severity, one.message.partition(":")[0]) for one in found]
    assert ("info", "metadata of the PrometheusRule (name, namespace) are not kept") in said


BEYOND = """\
groups:
- name: a
  rules:
  - {alert: Fine, expr: up == 0}
  - {alert: Logs, expr: 'sum(rate({job="x"} |= "error" [5m])) > 1'}
  - {alert: Dotted, expr: up == 0, labels: {"team.name": x}}
- name: b
  rules:
  - {alert: Logs, expr: 'count_over_time({job="x"} |= "y" [5m]) > 1'}
- name: c
  rules: []
"""


def test_what_cannot_be_expressed_is_an_error_each(here: Path) -> None:
    write(here, {"beyond.yaml": BEYOND})
    ran = obskit(None, "import", "beyond.yaml", "--write", "rules_src/new.py")
    assert (ran.code, (here / "rules_src/new.py").exists()) == (1, False)
    told = [line.partition(":")[2].partition(":")[0] for line in ran.out.splitlines() if ": error: " in line]
    assert told == ["5", "6", "9"]


def test_what_cannot_be_expressed_is_left_out_and_listed(here: Path) -> None:
    write(here, {"beyond.yaml": BEYOND})
    ran = obskit(None, "import", "beyond.yaml", "--leave-out", "--write", "rules_src/new.py")
    text = (here / "rules_src/new.py").read_text()
    assert (ran.code, ran.err.startswith("1 rule in 1 group written")) == (0, True)
    assert built(text) == [{"name": "a", "rules": [{"alert": "Fine", "expr": "up == 0"}]}]
    listed = [line for line in text.splitlines() if line.startswith("# - ")]
    assert listed == [
        '# - alert "Logs" cannot be expressed: its language is not PromQL',
        '# - alert "Logs" cannot be expressed: its language is not PromQL',
        '# - alert "Dotted" cannot be expressed: labels of alert "Dotted": "team.name" is not a label name',
    ]


def test_names_that_repeat_are_told_apart(tmp_path: Path) -> None:
    rules = "{alert: A, expr: up == 0, labels: {severity: page}}, {alert: A, expr: up == 0, labels: {severity: info}}"
    made = imported(f"groups: [{{name: a, rules: [{rules}]}}]", str(tmp_path))
    assert [line.partition(" = ")[0] for line in made.text.splitlines() if " = " in line] == ["a", "a_alert", "a_group"]
    assert [rule["labels"]["severity"] for rule in built(made.text)[0]["rules"]] == ["page", "info"]


def test_several_files_become_one_module(here: Path) -> None:
    write(here, {"more.yaml": "# more\n" + RULE + "# end\n"})
    ran = obskit(None, "import", "rules.yaml", "more.yaml")
    assert (ran.code, ran.out.startswith('"""Rules that were rules.yaml, more.yaml."""')) == (0, True)
    assert "\n# From more.yaml.\n\n# more\n" in ran.out
    assert [group["name"] for group in built(ran.out)] == ["shop.rules", "a"]


def test_groups_of_one_name_in_two_files_do_not_become_one_module(here: Path) -> None:
    write(here, {"a.yaml": RULE, "b.yaml": RULE.replace("alert: A", "alert: B")})
    ran = obskit(None, "import", "a.yaml", "b.yaml")
    assert (ran.code, ran.out, "[duplicate-group]" in ran.err) == (1, "", True)


def test_import_touches_nothing_else(here: Path) -> None:
    before = tree(here)
    obskit(None, "import", "rules.yaml", "--write", "rules_src/shop.py")
    after = tree(here)
    assert after.pop("rules_src/shop.py") == MODULE.encode()
    assert after == before
