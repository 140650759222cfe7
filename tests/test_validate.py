"""`obskit validate`: which files it takes, what it says, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from foreign import V2
from project import CATALOG, SHOP, obskit, process, write

from obskit.lint import ids
from obskit.workflow.validate import LENIENT

RULES = 'groups:\n- name: shop\n  rules:\n  - alert: ShopDown\n    expr: up{job="shop"} == 0\n    for: 5m\n'
BROKEN = RULES.replace("== 0", "==")
BOARD = json.dumps(
    {
        "uid": "shop", "title": "Shop", "schemaVersion": 42, "tags": ["shop"],
        "panels": [
            {
                "id": 1, "type": "timeseries", "title": "Requests", "description": "Per second.",
                "datasource": {"type": "prometheus", "uid": "${datasource}"},
                "fieldConfig": {"defaults": {"unit": "reqps"}, "overrides": []},
                "targets": [{"refId": "A", "expr": "sum(rate(shop_request_total[$__rate_interval]))"}],
            }
        ],
        "templating": {"list": [{"type": "datasource", "name": "datasource", "query": "prometheus"}]},
    },
    indent=1,
)  # fmt: skip
"""Its metric is misspelt."""


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(BOARD.split("\n"), 1) if text in line)


def test_good_files_end_well(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": RULES, "b.json": BOARD.replace('"shop",', '"shop-1",', 1), "c.json": json.dumps(V2)})
    ran = obskit(tmp_path, "validate", *(str(tmp_path / name) for name in ("a.yaml", "b.json", "c.json")))
    assert ran.code == 0
    assert ran.err.startswith("3 files, 5 queries")
    assert ": error: " not in ran.out


def test_finding_is_shown_with_file_line_query_and_caret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"rules/a.yaml": BROKEN})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "rules/a.yaml")
    assert ran.code == 1
    assert ran.out.splitlines()[:4] == [
        'rules/a.yaml:5: error: "==" has nothing on its right [promql-syntax]',
        '    in alert "ShopDown" of group "shop"',
        '    up{job="shop"} ==',
        "                   ^^",
    ]
    assert ran.err.startswith("1 file, 1 query: 1 error")


def test_folder_is_searched_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"d/b/z.yml": BROKEN, "d/a.json": "{", "d/b/c.yaml": BROKEN, "d/.git/x.yaml": "[", "d/node_modules/x.json": "[", "d/e.txt": "["}
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "--quiet", "validate", "--format", "json", "d", "d/a.json")
    assert [(one["path"], one["line"]) for one in json.loads(ran.out)["findings"] if one["severity"] == "error"] == [
        ("d/a.json", 1), ("d/b/c.yaml", 5), ("d/b/z.yml", 5)
    ]  # fmt: skip


def test_link_to_a_file_that_is_there_too_counts_once(tmp_path: Path) -> None:
    write(tmp_path, {"b.json": BOARD})
    (tmp_path / "c.json").symlink_to("b.json")
    ran = obskit(tmp_path, "validate", str(tmp_path))
    assert ran.err.startswith("1 file, 1 query")


def test_dash_is_standard_input(tmp_path: Path) -> None:
    import subprocess
    import sys

    from project import ENTRY, REPOSITORY

    done = subprocess.run(
        [sys.executable, *ENTRY, "validate", "-"],
        cwd=tmp_path,
        input=BROKEN.encode(),
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(REPOSITORY)},
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"<stdin>:5: error: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nope.json",), 'obskit: error: "nope.json" does not exist\n'),
        (("empty",), 'obskit: error: there is no file in "empty"\n'),
        (("--catalog", "no/such", "a.yaml"), 'obskit: error: there is no catalogue "no/such"\n'),
        (("--catalog", "no_such", "a.yaml"), 'obskit: error: catalogue "no_such" cannot be imported'),
        (("--catalog", "empty", "a.yaml"), 'obskit: error: catalogue "empty" declares no signals\n'),
        ((), "obskit: error: obskit validate needs FILE…\n"),
    ],
)
def test_question_that_cannot_be_asked_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    write(tmp_path, {"a.yaml": RULES, "empty/x.txt": ""})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)


def test_file_that_does_not_parse_ends_with_1(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": "{"})
    assert obskit(tmp_path, "validate", str(tmp_path / "a.json")).code == 1


def test_warnings_fail_where_the_settings_say_so(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": '[tool.obskit.lint]\nfail = "warning"\n', "a.yaml": "a: 1\n"})
    assert obskit(tmp_path, "validate", str(tmp_path / "a.yaml")).code == 1


def test_pipe_ends_with_2(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    ran = obskit(tmp_path, "validate", str(tmp_path / "a.yaml"))
    assert (ran.code, '/a.yaml" is not a regular file\n' in ran.err) == (2, True)


def test_findings_of_one_kind_and_level_are_told_a_hundred_times(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": json.dumps({"groups": [], "namespace": 1, **{f"k{number}": 0 for number in range(20_000)}})})
    ran = obskit(tmp_path, "--quiet", "validate", "--format", "json", str(tmp_path / "a.json"))
    found = json.loads(ran.out)["findings"]
    assert (len(found), [one["severity"] for one in found].count("warning")) == (102, 1)
    assert "… and 19900 more like it" in [one["message"] for one in found]


def test_catalogue_at_the_top_of_the_file_system_is_told_as_that(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": RULES})
    ran = obskit(tmp_path, "validate", "--catalog", str(tmp_path.parents[-2]), str(tmp_path / "a.yaml"))
    assert (ran.code, "lies at the top of the file system" in ran.err) == (2, True)


def test_catalogue_of_no_project_is_found_by_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"signals/shop.py": CATALOG, "b.json": BOARD})
    monkeypatch.chdir("/")
    assert obskit(None, "validate", "--catalog", str(tmp_path / "signals"), str(tmp_path / "b.json")).code == 1


def test_broken_settings_end_with_2(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\nnope = 1\n", "a.yaml": RULES})
    assert obskit(tmp_path, "validate", str(tmp_path / "a.yaml")).code == 2


def test_project_folder_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert obskit(tmp_path / "nope", "validate", str(tmp_path)).code == 2


def test_sources_are_not_loaded(tmp_path: Path) -> None:
    write(tmp_path, SHOP, {"rules_src/bad.py": "raise ValueError", "b.json": BOARD})
    assert obskit(tmp_path, "validate", str(tmp_path / "b.json")).code == 0


@pytest.mark.parametrize(
    "catalog", ["rules_src/catalog", "rules_src.catalog", "rules_src", "rules_src/catalog/shop.py", "rules_src.catalog.shop"]
)
def test_catalogue_makes_unknown_metrics_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalog: str) -> None:
    write(tmp_path, SHOP, {"b.json": BOARD})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "--catalog", catalog, "b.json")
    assert ran.code == 1
    line = line_of('"expr"')
    assert ran.out.startswith(f'b.json:{line}: error: metric "shop_request_total" is not in the catalogue [unknown-metric]\n')
    assert 'hint: did you mean "shop_requests_total"? declared in rules_src/catalog/shop.py:6\n' in ran.out


def test_catalogue_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"signals/shop.py": CATALOG, "catalogue.py": CATALOG, "b.json": BOARD})
    monkeypatch.chdir(tmp_path)
    assert [obskit(None, "validate", "--catalog", name, "b.json").code for name in ("signals", "catalogue.py", "catalogue")] == [1, 1, 1]


def test_records_of_the_catalogue_folder_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = 'from obskit.rules import Record\none = Record(name="job:shop:sum", expr="sum(shop_requests_total)")\n'
    board = BOARD.replace("sum(rate(shop_request_total[$__rate_interval]))", "job:shop:sum")
    write(tmp_path, SHOP, {"rules_src/more.py": record, "b.json": board})
    monkeypatch.chdir(tmp_path)
    assert obskit(None, "validate", "--catalog", "rules_src", "b.json").code == 0
    assert obskit(None, "validate", "--catalog", "rules_src/catalog", "b.json").code == 1


def test_catalogue_that_raises_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"pyproject.toml": "", "bad.py": "raise ValueError('no')\n", "signal.py": CATALOG, "b.json": BOARD})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "--catalog", "bad.py", "b.json")
    assert ran.code == 1
    assert ran.out.startswith("bad.py:1: error: ValueError: no [module-error]\n")
    assert obskit(None, "validate", "--catalog", "signal.py", "b.json").err.startswith(
        'obskit: error: "signal.py" has the name of an installed'
    )


def test_query_of_a_grafana_alert_is_judged_by_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"refId": "A", "datasourceUid": "p", "model": {"expr": "shop_request_total"}}
    rule = {"uid": "u", "title": "t", "condition": "A", "data": [query]}
    alert = {"groups": [{"name": "g", "folder": "f", "interval": "1m", "rules": [rule]}]}
    write(tmp_path, SHOP, {"a.yaml": json.dumps(alert)})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "--catalog", "rules_src/catalog", "a.yaml")
    assert ran.out.splitlines()[:2] == [
        'a.yaml:1: error: metric "shop_request_total" is not in the catalogue [unknown-metric]',
        '    in rule "t", query A',
    ]


def test_files_are_judged_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.json": BOARD, "b.json": BOARD.replace('"Shop"', '"Other"')})
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "a.json", "b.json")
    assert ran.code == 1
    assert 'b.json:3: error: dashboard "Other" has the uid "shop" of another dashboard [duplicate-uid]' in ran.out


def test_settings_decide_levels_of_what_is_lenient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = RULES + "".join(RULES.splitlines(keepends=True)[3:])
    write(tmp_path, {"a.yaml": twice})
    monkeypatch.chdir(tmp_path)
    assert obskit(None, "validate", "a.yaml").code == 0
    write(tmp_path, {"pyproject.toml": '[tool.obskit.lint.levels]\nduplicate-alert = "error"\n'})
    assert obskit(None, "validate", "a.yaml").code == 1


def test_prometheus_that_nobody_named_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.yaml": RULES.replace('up{job="shop"}', "holt_winters(up[5m], 0.5, 0.5)")})
    monkeypatch.chdir(tmp_path)
    assert obskit(None, "validate", "a.yaml").code == 0
    write(tmp_path, {"pyproject.toml": '[tool.obskit.targets]\nprometheus = "3.0"\n'})
    assert obskit(None, "validate", "a.yaml").code == 1


def test_lenient_checks_exist() -> None:
    assert LENIENT.keys() <= set(ids())


def test_own_output_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SHOP)
    assert obskit(tmp_path, "build").code == 0
    monkeypatch.chdir(tmp_path)
    ran = obskit(None, "validate", "--catalog", "rules_src/catalog", "build")
    assert ran.code == 0
    assert ": error: " not in ran.out
    assert ": warning: " not in ran.out


def test_help_imports_no_library(tmp_path: Path) -> None:
    ran = process(tmp_path, "validate", "--help", options=("-X", "importtime"))
    assert ran.code == 0
    assert "orjson" not in ran.err
    assert "promql_parser" not in ran.err


def test_validating_rules_imports_no_grafanalib(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": RULES, "b.json": BOARD})
    ran = process(tmp_path, "validate", "a.yaml", "b.json", options=("-X", "importtime"))
    assert ran.code == 0
    assert "grafanalib" not in ran.err


def test_build_with_every_format_and_an_environment_clashes_with_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    formats = ("dashboards", "share", "resources", "provisioning", "alerting", "rules", "alertmanager", "kubernetes", "docs")
    toml = f"[tool.obskit]\nformats = {list(formats)}\n[tool.obskit.env.prod]\nlabels = {{ env = 'prod' }}\n"
    ops = """\
from obskit.datasources import Prometheus
from obskit.notify import Receiver, Route, Webhook
prometheus = Prometheus("Prometheus", uid="prometheus", url="http://prometheus:9090")
root = Route(Receiver("ops", Webhook("http://hook.example.com/alerts")))
"""
    write(tmp_path, {**SHOP, "pyproject.toml": toml, "rules_src/ops.py": ops})
    monkeypatch.chdir(tmp_path)
    assert obskit(None, "build").code == 0
    assert obskit(None, "build", "--env", "prod").code == 0
    ran = obskit(None, "validate", "build")
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if ": error:" in line or ": warning:" in line] == []


@pytest.mark.parametrize("again", ["b.json", "env/prod/c.json"])
def test_board_that_is_there_twice_in_one_form_is_a_clash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: str) -> None:
    write(tmp_path, {"a.json": BOARD, "env/prod/a.json": BOARD, again: BOARD})
    monkeypatch.chdir(tmp_path)
    assert obskit(None, "validate", ".").out.count("[duplicate-uid]") == 1
