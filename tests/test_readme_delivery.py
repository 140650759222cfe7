"""The README's sections on delivering, run: its declarations build every form it names, and what it shows is what is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from project import SHOP, Ran, obskit, write
from test_readme import IMPORTS, README, blocks
from web import Answer, serving

FORMATS = ("dashboards", "share", "provisioning", "alerting", "resources", "rules", "alertmanager", "kubernetes", "docs")
METRICS = b"""\
# HELP shop_requests_total Requests served.
# TYPE shop_requests_total counter
shop_requests_total{code="200"} 3
"""


def python(word: str) -> str:
    """The example in which the word stands."""
    (found,) = [text for text in blocks("python") if word in text]
    return found


def tables(*words: str) -> str:
    """The settings of the examples in which a word stands."""
    return "\n".join(text for text in blocks("toml") if any(word in text for word in words))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop of the README with everything that its sections on delivery declare."""
    signals, queries, spans, boards, rules = blocks("python")[1:6]
    without_the_mistake = "".join(line for line in queries.splitlines(keepends=True) if "# error:" not in line)
    catalogue = signals + "from obskit.catalog import SpanAttribute\n" + spans + without_the_mistake
    smtp = '[tool.obskit.alertmanager]\nsmtp = { smarthost = "mail.example.com:587", from = "alerts@example.com" }\n'
    settings = f"[tool.obskit]\nformats = {list(FORMATS)}\n{smtp}" + tables("tool.obskit.kubernetes", "tool.obskit.docs", "tool.obskit.env")
    traces = IMPORTS + "from obskit.catalog import spans\nfrom rules_src.catalog.shop import cost, model, shop\n" + python("ShopDearCalls")
    param = IMPORTS + "from rules_src.catalog.shop import latency\n" + python("MAX_LATENCY")
    return write(tmp_path, {
        "pyproject.toml": settings,
        "rules_src/catalog/shop.py": catalogue,
        "dashboards_src/shop.py": boards,
        "rules_src/shop.py": rules,
        "rules_src/notifications.py": python("Receiver("),
        "rules_src/datasources.py": python("ToMetrics("),
        "rules_src/traces.py": traces,
        "rules_src/limits.py": param,
    })  # fmt: skip


def built(root: Path, *arguments: str) -> Ran:
    ran = obskit(root, "build", *arguments)
    assert ran.code == 0, ran.out + ran.err
    return ran


def named() -> Iterator[str]:
    """Every path in the table of formats, braces spelled out; a glob where the README leaves something open."""
    for line in re.findall(r"(?m)^\| `(?:\w+)` \| `(.+?)` \|", README):
        choices = re.search(r"\{(.+?)\}", line)
        for choice in choices[1].split(",") if choices else [""]:
            path = line.replace(choices[0], choice) if choices else line
            yield re.sub(r"<\w+>|…", "*", path)


def test_readme_s_table_names_every_format() -> None:
    assert sorted(re.findall(r"(?m)^\| `(\w+)` \| `", README)) == sorted(FORMATS)


def test_readme_s_declarations_build_what_its_table_names(shop: Path) -> None:
    built(shop)
    assert "warning" not in built(shop, "--no-cache").out
    missing = [path for path in named() if not [*(shop / "build").glob(path.rstrip("/") + ("/*" if path.endswith("/") else ""))]]
    assert missing == []


def test_readme_shows_who_is_told(shop: Path) -> None:
    shown = next(block for block in blocks("") if block.startswith("ShopSlow"))
    assert obskit(shop, "routes", "ShopSlow").out == shown


def test_readme_s_environment_is_built(shop: Path) -> None:
    built(shop, "--env", "prod")
    groups = yaml.safe_load((shop / "build/env/prod/prometheus/rules/limits.yaml").read_text("utf-8"))["groups"]
    (rule,) = groups[0]["rules"]
    assert str(rule["expr"]).endswith("> 0.5")
    assert rule["labels"] == {"severity": "critical", "environment": "prod"}


def test_readme_s_threshold_changes_rule_grafana_s_rule_and_page_together(shop: Path) -> None:
    built(shop)
    limits = (shop / "rules_src/limits.py").read_text("utf-8")
    write(shop, {"rules_src/limits.py": limits.replace('"max_latency", 2,', '"max_latency", 1,')})
    built(shop)
    rules, managed, page = (
        (shop / "build" / path).read_text("utf-8")
        for path in ("prometheus/rules/limits.yaml", "grafana/provisioning/alerting/limits.yaml", "docs/runbooks/ShopLate.md")
    )
    assert "> 1\n" in rules
    assert yaml.safe_load(managed)["groups"][0]["rules"][0]["data"][2]["model"]["conditions"][0]["evaluator"]["params"] == [1]
    assert "| fires | above 1 s, for 5m |" in page


def test_readme_s_settings_of_formats_are_the_defaults(tmp_path: Path) -> None:
    from obskit.settings import load

    shown = next(block for block in blocks("toml") if "[tool.obskit]" in block)
    write(tmp_path, {"pyproject.toml": shown.replace('levels = { panel-description = "off" }', ""), "other/pyproject.toml": ""})
    ours, default = load(tmp_path), load(tmp_path / "other")
    names = [name for name in tomllib.loads(shown)["tool"]["obskit"] if name in ("provisioning", "alerting", "alertmanager")]
    assert len(names) == 3
    assert [name for name in names if getattr(ours, name) != getattr(default, name)] == []


def test_readme_s_first_commands_work_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (commands,) = re.findall(r"(?ms)^<!-- start -->\n```sh\n(.*?)^```$", README)
    monkeypatch.chdir(tmp_path)
    with serving(lambda _: Answer(METRICS)) as site:
        for line in commands.replace("http://localhost:8000", site.url).splitlines():
            words = line.split()
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
                continue
            ran = obskit(None, *words[1:])
            assert (ran.code, "error" in ran.out, "warning" in ran.out) == (0, False, False), ran.out + ran.err
    assert [*Path("build/grafana/dashboards").rglob("*.json")]


def test_readme_names_files_that_are_there() -> None:
    root = Path(__file__).parent.parent
    targets = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert len(targets) > 3
    assert [target for target in targets if not (root / target).exists()] == []


def test_readme_s_word_on_a_stale_build_is_true(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    assert obskit(tmp_path, "build", "--check").code == 1
