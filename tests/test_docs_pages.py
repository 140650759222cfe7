"""The built pages: what a runbook tells, that nothing in a declaration is taken for markup, and the data behind them."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token
from project import SHOP, obskit, write

from obskit import analysis, render, source
from obskit.artifact import Artifact
from obskit.render.docs import _markdown
from obskit.render.validate import findings as refused
from obskit.render.validate import schema_file
from obskit.settings import load

ROOT = Path(__file__).parent.parent
SETTINGS = '[tool.obskit]\nformats = ["dashboards", "rules", "docs"]\n[tool.obskit.docs]\nurl = "https://git.example.com/docs/"\n'
FORMATS = {"pyproject.toml": SETTINGS}
RULES = "rules_src/shop.py"
STEPS = {RULES: SHOP[RULES].replace('severity="critical",', 'severity="critical", steps=("Look at the log.", "Ask."),')}
WORSE = """
worse = Alert(name="ShopHighErrorRate", expr=error_ratio.over("5m") > 0.5, for_="2m", severity="page",
              summary="Worse", description="Worse.")
"""
SCHEMA = json.loads(schema_file("docs").read_text("utf-8"))
AWKWARD = (
    "$x ${X} $$", "{{ $labels.x }}", "a | b", "*not* _em_ **strong** `code`", "<b>bold</b> & &amp; <script>", "[link](http://x) ![i](y)",
    "# head", "- item", "1. item", "+ plus", "> quote", "a\\b \\* \\|", "```", "~~~ tilde ~~", "中文 🚀", "yes", "1e3", "null", "--- rule",
    "line\u2028break", "tab\there", "https://auto.example.com", "x" * 5000, "| a | b |", "=====", "#hash", "\\", "`", "``x`",
)  # fmt: skip


@cache
def pages() -> dict[str, Artifact]:
    """The pages of the shipped project."""
    settings = dataclasses.replace(load(ROOT), formats=("docs",))
    analysed = analysis.run(source.load(settings))
    return {artifact.path: artifact for artifact in render.run(analysed, render.formats(settings))}


def built(root: Path, *layers: dict[str, str]) -> str:
    """The runbook of the small project's alert."""
    done = obskit(write(root, SHOP, FORMATS, *layers), "build")
    assert done.code == 0, done.out
    return (root / "build/docs/runbooks/ShopHighErrorRate.md").read_text("utf-8")


def reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def shown(markdown: str) -> tuple[str, set[str]]:
    """What a reader of rendered Markdown sees, and the kinds of markup in it."""
    tokens: list[Token] = []
    for token in reader().parse(markdown):
        tokens += token.children or [token]
    return "".join(token.content for token in tokens), {token.type for token in tokens}


def test_runbook_tells_when_it_fires_in_the_unit(tmp_path: Path) -> None:
    assert "| fires | above 0.1 (10 %), for 2m |" in built(tmp_path)


def test_runbook_tells_service_and_owner(tmp_path: Path) -> None:
    assert "| service | shop, owned by team-shop |" in built(tmp_path)


def test_runbook_explains_its_query(tmp_path: Path) -> None:
    text = built(tmp_path)
    said = (
        "- only where it is above 0.1 (10 %):\n"
        "  - the first divided by the second:\n"
        "    - the sum per `job` of the per-second rate over 5m of `shop_requests_total`"
        " where `job` is `shop` and `status_code` matches `5..`\n"
        "    - only where it is above 0:\n"
        "      - the sum per `job` of the per-second rate over 5m of `shop_requests_total` where `job` is `shop`\n"
    )
    assert said in text
    assert "| `shop_requests_total` | counter | count | Requests served. |" in text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Over 10 % of requests fail on {{ $labels.job }}", "Over 10 % of requests fail on *job*."),
        ("It fails.", "It fails."),
        ("{{ $labels.job }} fails{{ with $labels.job }} on {{ . }}{{ end }}", "*job* fails on *job*."),
        ("Down{{ with $labels.job }} on {{ . | toUpper }}{{ end }}", "Down{{ with $labels.job }} on {{ . \\| toUpper }}{{ end }}."),
        ("Down{{ with $labels.job }} a{{ else }} b{{ end }}", "Down{{ with $labels.job }} a{{ else }} b{{ end }}."),
    ],
)
def test_summary_is_told_in_words(tmp_path: Path, given: str, shown: str) -> None:
    rules = SHOP[RULES].replace("Over 10 % of requests fail", given)
    assert f"\n{shown}\n" in built(tmp_path, {RULES: rules})


def test_runbook_lists_labels_of_alert_and_query(tmp_path: Path) -> None:
    assert "| `severity` | the alert | critical |\n| `job` | the query | shop |\n" in built(tmp_path)


def test_runbook_names_panels_that_show_the_same(tmp_path: Path) -> None:
    board = json.loads((built(tmp_path) and tmp_path / "build/grafana/dashboards/shop/shop-operations.json").read_text("utf-8"))
    ids = {panel["title"]: panel["id"] for panel in board["panels"]}
    text = built(tmp_path)
    for title in ("Requests", "Error ratio"):
        assert f"- Shop operations: **{title}** (`/d/shop-operations?viewPanel={ids[title]}`)\n" in text


def test_runbook_puts_the_alert_s_own_panel_first(tmp_path: Path) -> None:
    own = {
        RULES: SHOP[RULES].replace('for_="2m",', 'for_="2m", panel="shop-operations/errors",'),
        "dashboards_src/shop.py": SHOP["dashboards_src/shop.py"].replace("thresholds=(0.01,", 'key="errors", thresholds=(0.01,'),
    }
    panels = built(tmp_path, own).partition("### Panels to open")[2].partition("###")[0].strip().splitlines()
    assert panels[0].startswith("- Shop operations: **Error ratio** (")
    assert panels[0].endswith("), the alert's own")


def test_runbook_gives_the_first_steps_that_are_declared(tmp_path: Path) -> None:
    assert "### First steps\n\n1. Look at the log.\n2. Ask.\n" in built(tmp_path, STEPS)


def test_alert_links_to_its_page(tmp_path: Path) -> None:
    plain = {"rules_src/catalog/shop.py": SHOP["rules_src/catalog/shop.py"].replace(', runbook="https://runbooks.example.com/{alert}"', "")}
    built(tmp_path, plain)
    rules = (tmp_path / "build/prometheus/rules/shop.yaml").read_text("utf-8")
    assert "runbook_url: https://git.example.com/docs/runbooks/ShopHighErrorRate.md\n" in rules


def test_alert_with_a_runbook_of_its_own_keeps_it(tmp_path: Path) -> None:
    built(tmp_path)
    rules = (tmp_path / "build/prometheus/rules/shop.yaml").read_text("utf-8")
    assert "runbook_url: https://runbooks.example.com/ShopHighErrorRate\n" in rules


def test_threshold_changes_rule_and_page_together(tmp_path: Path) -> None:
    built(tmp_path)
    changed = {RULES: SHOP[RULES].replace("0.10", "0.25")}
    assert "| fires | above 0.25 (25 %), for 2m |" in built(tmp_path, changed)
    assert "> 0.25" in (tmp_path / "build/prometheus/rules/shop.yaml").read_text("utf-8")


def test_alerts_of_one_name_share_a_page(tmp_path: Path) -> None:
    twice = SHOP[RULES] + WORSE
    text = built(tmp_path, {RULES: twice})
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## 1 of 2: critical", "## 2 of 2: page"]


@pytest.mark.parametrize("name", ["Shop High/..", "ä", "a b", "..", "CON"])
def test_page_of_an_odd_name_is_a_plain_file(tmp_path: Path, name: str) -> None:
    odd = {RULES: SHOP[RULES].replace('"ShopHighErrorRate"', f'"{name}"')}
    done = obskit(write(tmp_path, SHOP, FORMATS, odd), "build")
    assert done.code == 0, done.out
    (page,) = (tmp_path / "build/docs/runbooks").iterdir()
    assert page.stem.replace("-", "").isalnum()
    assert f"](runbooks/{page.name})" in (tmp_path / "build/docs/README.md").read_text("utf-8")


@pytest.mark.parametrize("value", AWKWARD)
def test_text_is_shown_as_itself(value: str) -> None:
    said, kinds = shown(_markdown.text(value))
    assert said == " ".join(value.split())
    assert kinds <= {"text", "paragraph_open", "paragraph_close", "text_special"}


@pytest.mark.parametrize("value", AWKWARD)
def test_text_is_shown_as_itself_in_a_table(value: str) -> None:
    said, kinds = shown(f"| a | b |\n|---|---|\n| {_markdown.text(value)} | {_markdown.cell('end')} |\n")
    assert said == "ab" + " ".join(value.split()) + "end"
    assert not kinds & {"html_inline", "html_block", "em_open", "strong_open", "link_open", "image"}


@pytest.mark.parametrize("value", [value for value in AWKWARD if value != "\\"])
def test_code_is_shown_as_itself(value: str) -> None:
    line = " ".join(value.split())
    assert shown(f"x {_markdown.code(value)} y")[0] == f"x {line} y"
    assert shown(f"| a |\n|---|\n| {_markdown.cell(value.replace(chr(92), ''))} |\n")[0] == "a" + line.replace("\\", "")
    assert shown(_markdown.block(value))[0].rstrip("\n") == value


def test_page_of_hostile_declarations_holds_no_markup_of_theirs(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)> [a](javascript:b) | `x` **y**"
    quoted = json.dumps(evil)
    hostile = SHOP[RULES].replace('"Over 10 % of requests fail"', quoted).replace('for_="2m",', f'for_="2m", steps=({quoted},),')
    said, kinds = shown(built(tmp_path, {RULES: hostile}))
    assert said.count(evil) == 2
    assert not kinds & {"html_inline", "link_open", "image"}


def test_shipped_pages_are_accepted_by_their_schema() -> None:
    assert [finding.message for finding in refused(pages().values())] == []


def test_shipped_alerts_have_a_page_each() -> None:
    project = source.load(load(ROOT))
    names = {rule.name for file in project.rule_files for _, rule in file.rules() if rule.kind == "alert"}
    assert {path.removeprefix("docs/runbooks/").removesuffix(".md") for path in pages() if "/runbooks/" in path} == names


def test_links_of_shipped_pages_lead_to_pages() -> None:
    for artifact in pages().values():
        for token in reader().parse(artifact.text):
            for child in token.children or ():
                target = child.attrs.get("href") if child.type == "link_open" else None
                assert target is None or f"docs/{target}" in pages(), (artifact.path, target)


def test_every_traceql_query_of_the_boards_is_on_its_page() -> None:
    traces = analysis.run(source.load(load(ROOT))).traces
    fences = [token.content.strip() for token in reader().parse(pages()["docs/traceql.md"].text) if token.type == "fence"]
    assert len(fences) == len(traces) > 10


S = 'resource.service.name = "secure-pr-guard"'
QUESTIONS = (
    f"{{ {S} && span.latency.ms > 3000 }} | count_over_time() by (span.operation.type)",
    f"{{ {S} && span.latency.ms < 2000 }} | count_over_time()",
    f"{{ {S} && span.latency.ms != nil }} | count_over_time()",
    f"{{ {S} && span.cost.usd >= 0.003 }} | count_over_time()",
    f"{{ {S} && span.cost.usd != nil }} | count_over_time()",
    f"{{ {S} && span.cost.usd > 0.01 }} | count_over_time() by (span.operation.type)",
    f"{{ {S} && span.operation.type != nil && status = error }} | count_over_time()",
    f"{{ {S} && span.operation.type != nil }} | count_over_time()",
)
"""What is asked of the spans beside the panels of cost and latency: slow and dear operations, both objectives, errors."""


def test_page_of_traceql_holds_every_question_with_its_limits() -> None:
    page = pages()["docs/traceql.md"].text
    told = "one value over the chosen range, in count"
    assert [query for query in QUESTIONS if f"{query}\n```\n\nA: {told}" not in page and f"{query}\n```\n\nB: {told}" not in page] == []
    assert page.count("Exact over the spans that are stored. Needs Tempo 2.4 or later.") == len(QUESTIONS)


def test_page_of_traceql_tells_what_becomes_of_two_answers() -> None:
    assert pages()["docs/traceql.md"].text.count("\n\nE: `$A / $B` of these answers.\n") == 3


def test_schema_is_one_and_both_validators_refuse_a_misspelt_key() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    decide = jsonschema_rs.validator_for(SCHEMA)
    for artifact in pages().values():
        data = json.loads(json.dumps(artifact.data))
        assert decide.is_valid(data)
        assert not decide.is_valid({**data, "extra": 1})
        assert not Draft202012Validator(SCHEMA).is_valid({**data, "extra": 1})
        assert not decide.is_valid({**data, "page": "other"})


@pytest.mark.parametrize("text", ["<!-- hidden", "<script", "<?php", "<![CDATA[", "</details>", "<b>x</b>"])
def test_text_that_begins_as_html_hides_nothing_of_a_page(tmp_path: Path, text: str) -> None:
    page = built(tmp_path, {RULES: SHOP[RULES].replace("{{ $value | humanizePercentage }} of requests", text)})
    html = [token.content.strip() for token in reader().parse(page) if token.type == "html_block"]
    assert html == ["<!-- Built by obskit. Do not edit. -->"]


def test_page_holds_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    page = built(tmp_path, {RULES: SHOP[RULES].replace("of requests to", "\\x1b[31m\\x07\\x9bof\\x00 requests to")})
    assert [character for character in page if ord(character) < 32 and character != "\n"] == []
    assert "\x9b" not in page
