"""Building for an environment: its datasources, labels, folders and parameters, in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import BOARD, CATALOG, RULES, SHOP, obskit, tree, write

PARAMS = (
    RULES.replace("import regex", "import Param, regex, units")
    .replace("error_ratio =", 'MOST = Param("most_errors", 0.10, unit=units.RATIO)\nerror_ratio =')
    .replace("high_errors =", 'TEAM = Param("team", "shop", values=("shop", "ops"))\nhigh_errors =')
    .replace("> 0.10", "> MOST")
    .replace('summary="Over 10 %', 'labels={"team": TEAM.value},\n    summary=f"Over {MOST:.0%}')
)
PROD = """\
[tool.obskit.env.prod]
datasources = { prometheus = "prom-prod" }
labels = { env = "prod" }
folder_prefix = "Prod "
[tool.obskit.env.prod.params]
most_errors = 0.2
"""
FILES = {**SHOP, "rules_src/shop.py": PARAMS, "pyproject.toml": PROD}


def settings(params: str) -> dict[str, str]:
    return {**FILES, "pyproject.toml": f"[tool.obskit.env.prod.params]\n{params}\n"}


def rule(root: Path, out: str = "build/env/prod") -> dict[str, Any]:
    (group,) = yaml.safe_load((root / out / "prometheus/rules/shop.yaml").read_text("utf-8"))["groups"]
    (found,) = group["rules"]
    return dict(found)


def test_environment_is_built_beside_the_portable_build(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert obskit(tmp_path, "build").code == 0
    portable = tree(tmp_path / "build")
    done = obskit(tmp_path, "build", "--env", "prod")
    assert (done.code, done.out, done.err) == (0, "", "2 files, 2 changed\n")
    assert {path: data for path, data in tree(tmp_path / "build").items() if not path.startswith("env/")} == portable
    assert obskit(tmp_path, "build", "--check").code == 0
    assert obskit(tmp_path, "build", "--check", "--env", "prod").code == 0


def test_environment_that_is_out_of_date_names_its_own_build(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert obskit(tmp_path, "build").code == 0
    told = "run obskit build --env prod and commit the result"
    assert obskit(tmp_path, "build", "--check", "--env", "prod").err == f"2 files, 2 out of date: {told}\n"
    assert obskit(tmp_path, "build", "--check", "--env", "prod", "--format", "github").out.count(told) == 2


@pytest.mark.parametrize(
    ("url", "own", "linked"),
    [
        ("https://git.example.com/ops/build/docs", "", "https://git.example.com/ops/build/env/prod/docs"),
        ("https://git.example.com/ops/build/docs/", "", "https://git.example.com/ops/build/env/prod/docs"),
        ("https://runbooks.example.com", "", "https://runbooks.example.com"),
        ("https://runbooks.example.com", "https://prod.example.com/", "https://prod.example.com"),
        ("https://git.example.com/ops/build/docs", "https://prod.example.com", "https://prod.example.com"),
        ("", "https://prod.example.com", "https://prod.example.com"),
    ],
)
def test_alerts_of_an_environment_link_to_its_own_pages(tmp_path: Path, url: str, own: str, linked: str) -> None:
    head = f'[tool.obskit]\nformats = ["rules", "docs"]\n[tool.obskit.docs]\nurl = "{url}"\n'
    bare = CATALOG.replace(', runbook="https://runbooks.example.com/{alert}"', "")
    settings = f'{head}[tool.obskit.env.prod]\ndocs_url = "{own}"\n'
    write(tmp_path, FILES, {"pyproject.toml": settings, "rules_src/catalog/shop.py": bare})
    assert obskit(tmp_path, "build").code == 0
    assert obskit(tmp_path, "build", "--env", "prod").code == 0
    page = "runbooks/ShopHighErrorRate.md"
    assert rule(tmp_path)["annotations"]["runbook_url"] == f"{linked}/{page}"
    assert (tmp_path / "build/env/prod/docs" / page).is_file()
    assert rule(tmp_path, "build")["annotations"].get("runbook_url", "") == (f"{url.rstrip('/')}/{page}" if url else "")


@pytest.mark.parametrize("address", ["runbooks", "https://user:Xk29dkq81lPz@example.com"])
def test_address_of_pages_is_one(tmp_path: Path, address: str) -> None:
    write(tmp_path, FILES, {"pyproject.toml": f'[tool.obskit.env.prod]\ndocs_url = "{address}"\n'})
    ran = obskit(tmp_path, "build")
    assert (ran.code, ran.err.startswith("pyproject.toml:2: error: tool.obskit.env.prod.docs_url ")) == (2, True)
    assert "Xk29" not in ran.err


def test_environment_sets_threshold_and_labels(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    obskit(tmp_path, "build", "--env", "prod")
    found = rule(tmp_path)
    assert str(found["expr"]).endswith("> 0.2")
    assert found["labels"] == {"severity": "critical", "team": "shop", "env": "prod"}
    assert found["annotations"]["summary"] == "Over 20% of requests fail"  # type: ignore[index]  # YAML


def test_environment_names_folder_and_datasource(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    obskit(tmp_path, "build", "--env", "prod")
    board = json.loads((tmp_path / "build/env/prod/grafana/dashboards/prod-shop/shop-operations.json").read_text("utf-8"))
    sources = {json.dumps(target["datasource"]) for panel in board["panels"] for target in panel.get("targets", [])}
    assert sources == {'{"type": "prometheus", "uid": "prom-prod"}'}
    assert [variable["type"] for variable in board["templating"]["list"]] == ["query"]


def test_variable_that_a_link_names_stays_and_starts_with_the_datasource(tmp_path: Path) -> None:
    link = 'links=[{"title": "Explore", "url": "/explore?ds=${datasource}"}], '
    write(tmp_path, FILES, {"dashboards_src/shop.py": BOARD.replace('"Error ratio", error_ratio, ', '"Error ratio", error_ratio, ' + link)})
    done = obskit(tmp_path, "build", "--env", "prod")
    assert done.code == 0, done.out
    board = json.loads((tmp_path / "build/env/prod/grafana/dashboards/prod-shop/shop-operations.json").read_text("utf-8"))
    (variable,) = (each for each in board["templating"]["list"] if each["type"] == "datasource")
    assert variable["current"] == {"text": "prom-prod", "value": "prom-prod"}


EACH = """
each = Variable("each", {"type": "datasource", "name": "each", "query": "prometheus", "multi": True%s})
asked = PrometheusTarget("sum(rate(shop_requests_total[5m]))", datasource={"type": "prometheus", "uid": "${each}"})
repeated = timeseries("Requests of $each", asked, repeat="each", unit="reqps", description="Requests served.")
operations = dashboard("Shop", uid="shop", folder="Shop", variables=[each], panels=[repeated, timeseries("All", requests.rate().sum())])
"""
HEAD = """\
from obskit.dashboards import *
from obskit.dashboards.targets import PrometheusTarget
from obskit.dashboards.variables import Variable
from rules_src.catalog.shop import requests
"""
START = ', "current": {"text": ["A", "B"], "value": ["A", "B"]}'
STANDS = 'variable "each" of dashboard "Shop" stands for several datasources: '
VAIN = [
    # (datasources of the environment, what the variable says itself, severity and end of the message)
    ('prometheus = "prom-prod"', "", [("info", '"prom-prod" is only what it starts with')]),
    ('each = "prom-prod"', "", [("info", '"prom-prod" is only what it starts with')]),
    ('each = "prom-prod"', START, [("warning", '"prom-prod" changes nothing, as it says what it starts with')]),
    ('prometheus = "prom-prod"', START, [("info", '"prom-prod" changes nothing, as it says what it starts with')]),
    ('tempo = "tempo-prod"', "", []),
]


@pytest.mark.parametrize(("sources", "start", "expected"), VAIN)
def test_datasource_named_in_vain_is_told_once(tmp_path: Path, sources: str, start: str, expected: list[tuple[str, str]]) -> None:
    toml = '[tool.obskit]\nformats = ["dashboards", "resources", "kubernetes", "share"]\n'
    toml += f"[tool.obskit.env.prod.datasources]\n{sources}\n"
    write(tmp_path, FILES, {"dashboards_src/shop.py": HEAD + EACH.replace("%s", start), "rules_src/shop.py": "", "pyproject.toml": toml})
    done = obskit(tmp_path, "build", "--env", "prod", "--format", "json")
    told = [one for one in json.loads(done.out)["findings"] if one["id"] == "delivery"]
    assert [(one["severity"], one["message"]) for one in told] == [(severity, STANDS + end) for severity, end in expected]
    assert [(one["path"], one["line"]) for one in told] == [("pyproject.toml", 4)] * len(expected)
    assert (done.code, "[delivery]" in obskit(tmp_path, "build").out) == (0, False)


def test_panels_repeated_by_datasource_ask_each_where_it_is_delivered(tmp_path: Path) -> None:
    write(tmp_path, FILES, {"dashboards_src/shop.py": HEAD + EACH.replace("%s", "")})
    obskit(tmp_path, "build", "--env", "prod")
    board = json.loads((tmp_path / "build/env/prod/grafana/dashboards/prod-shop/shop.json").read_text("utf-8"))
    assert [panel["targets"][0]["datasource"]["uid"] for panel in board["panels"]] == ["${each}", "prom-prod"]
    sources = {one["name"]: one["current"] for one in board["templating"]["list"] if one["type"] == "datasource"}
    assert sources == {"each": {"text": ["prom-prod"], "value": ["prom-prod"]}}


@pytest.mark.parametrize(
    ("params", "expected"),
    [('most_errors = "20 %"', "> 0.2"), ("most_errors = 0.5", "> 0.5"), ('most_errors = "0.3"', "> 0.3"), ("most_errors = 1", "> 1")],
)
def test_parameter_takes_a_value_in_its_unit(tmp_path: Path, params: str, expected: str) -> None:
    write(tmp_path, settings(params))
    obskit(tmp_path, "build", "--env", "prod")
    built = tmp_path / "build/env/prod/prometheus/rules/shop.yaml"
    assert not built.exists() if expected == "> 1" else str(rule(tmp_path)["expr"]).endswith(expected)  # over 1 never fires


@pytest.mark.parametrize(
    ("params", "message", "hint"),
    [
        ("most_errors = 20", 'parameter "most_errors" is 20, which is above 1', "in ratio, for example 0.1"),
        ('most_errors = "300ms"', 'parameter "most_errors" is "300ms": its unit is ratio', "in ratio, for example 0.1"),
        ('most_errors = "many"', 'parameter "most_errors" is "many": that is no amount of ratio', "in ratio, for example 0.1"),
        ("most_errors = true", 'parameter "most_errors" is True: it is a number', "in ratio, for example 0.1"),
        ("most_errors = [1]", 'parameter "most_errors" is [1]: it is a number', "in ratio, for example 0.1"),
        ("most_errors = inf", 'parameter "most_errors" is inf: it is a number that has an end', "in ratio, for example 0.1"),
        ("team = 3", 'parameter "team" is 3: it is text', "one of: shop, ops"),
        ('team = "sales"', 'parameter "team" is "sales", which is none of shop, ops', "one of: shop, ops"),
        ("most_error = 0.2", 'no module declares the parameter "most_error"', 'did you mean "most_errors"?'),
    ],
)
def test_parameter_that_does_not_fit_is_told_with_its_line(tmp_path: Path, params: str, message: str, hint: str) -> None:
    write(tmp_path, settings(params))
    done = obskit(tmp_path, "build", "--env", "prod")
    shown = f"pyproject.toml:2: error: {message} [environment]\n    in [tool.obskit.env.prod.params]\n    hint: {hint}\n"
    assert (done.code, done.out) == (1, shown)
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("promethus", 'did you mean "prometheus"?'),
        ("datasorce", 'did you mean "datasource"?'),
        ("x", "kinds: loki, prometheus, tempo; variables: datasource"),
    ],
)
def test_datasource_that_nothing_is_called_by_is_told_with_its_line(tmp_path: Path, name: str, hint: str) -> None:
    write(tmp_path, {**FILES, "pyproject.toml": f'[tool.obskit.env.prod]\ndatasources = {{ {name} = "prom-prod" }}\n'})
    done = obskit(tmp_path, "build", "--env", "prod")
    message = f'"{name}" is no kind of datasource, and no dashboard has a datasource variable of that name'
    shown = f"pyproject.toml:2: error: {message} [environment]\n    in [tool.obskit.env.prod.datasources]\n    hint: {hint}\n"
    assert (done.code, done.out) == (1, shown)


def test_datasource_of_a_kind_that_nothing_asks_is_no_finding(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "pyproject.toml": PROD.replace('"prom-prod"', '"prom-prod", tempo = "tempo-prod", loki = "loki-prod"')})
    assert obskit(tmp_path, "build", "--env", "prod").code == 0


def test_environment_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    done = obskit(tmp_path, "build", "--env", "pord")
    assert (done.code, done.err) == (2, 'obskit: error: there is no environment "pord"\n    hint: did you mean "prod"?\n')


def test_folder_of_an_environment_that_is_gone_is_told(tmp_path: Path) -> None:
    write(tmp_path, FILES, {"build/env/old/prometheus/rules/shop.yaml": "groups: []\n"})
    assert 'build/env/old: warning: "build/env/old" is of the environment "old", which is not declared [leftover]' in obskit(
        tmp_path, "build"
    ).out


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "true", "[1]"])
def test_value_that_is_no_number_with_an_end_is_an_error(tmp_path: Path, value: str) -> None:
    write(tmp_path, settings(f"most_errors = {value}"))
    ran = obskit(tmp_path, "build", "--env", "prod")
    assert ran.code == 1
    assert "pyproject.toml:2: error: parameter \"most_errors\" is " in ran.out


@pytest.mark.parametrize(
    ("value", "limit"),
    [("'0.5 s'", "0.5"), ("'.5s'", "0.5"), ("'500ms'", "0.5"), ("'1.5m'", "90"), ("'1m30s'", "90"), ("'2.5'", "2.5"), ("'2 seconds'", "2"),
     ("'2.5 S'", ""), ("'2.5 %'", ""), ("'1.5M'", "")],
)  # fmt: skip
def test_length_of_time_may_be_a_fraction(tmp_path: Path, value: str, limit: str) -> None:
    head = "from obskit.catalog import Param, units\nfrom obskit.rules import Alert\n"
    alert = "LIMIT = Param('limit', 3, unit=units.SECONDS)\na = Alert(name='A', expr=f'scrape_duration_seconds > {LIMIT}')\n"
    write(tmp_path, {"pyproject.toml": f"[tool.obskit.env.prod.params]\nlimit = {value}\n", "rules_src/shop.py": head + alert})
    assert obskit(tmp_path, "build", "--env", "prod").code == (0 if limit else 1)
    assert not limit or rule(tmp_path)["expr"] == f"scrape_duration_seconds > {limit}"


USES = [
    "late = Alert(name='L', expr='up == 0') if SIZE else None",
    "late = Alert(name='L', expr='up == 0') if TEAM == 'shop' else None",
    "late = [Alert(name='L', expr='up == 0')] if SIZE != 3 else []",
    "late = Alert(name='L', expr='up == 0', for_=TEAM)",
    "late = Alert(name='L', expr='up == 0', labels={'team': TEAM})",
    "late = Alert(name='L', expr=f'up < {SIZE * 2}')",
    "late = Alert(name='L', expr='up == 0') if SIZE > 3 else None",
]


@pytest.mark.parametrize("use", USES)
def test_parameter_where_its_value_is_due_is_an_error_that_says_so(tmp_path: Path, use: str) -> None:
    head = "from obskit.catalog import Param\nfrom obskit.rules import Alert\nTEAM, SIZE = Param('team', 'shop'), Param('size', 3)\n"
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/a.py": head + use + "\n"})
    ran = obskit(tmp_path, "build")
    assert ran.code == 1
    assert "rules_src/a.py:4: error: " in ran.out
    assert "hint: say .value" in ran.out


def test_parameters_of_one_name_are_alike(tmp_path: Path) -> None:
    other = "from obskit.catalog import Param\nMOST = Param('most_errors', 5)\n"
    write(tmp_path, {**FILES, "rules_src/other.py": other})
    ran = obskit(tmp_path, "lint")
    assert ran.code == 1
    assert 'parameter "most_errors" is declared twice, and not alike [duplicate-param]' in ran.out
