"""The markdown of a difference: read back by a parser, it has the same parts whatever the files hold."""

from __future__ import annotations

import json
from typing import Any

from compared import BOARD, RULES, changed, compared, panel, target
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from obskit.cli.show._difference_markdown import code, document, text
from obskit.finding import Finding
from obskit.origin import Origin
from obskit.workflow.diff import Diffed

HOSTILE = (
    "</details><script>alert(1)</script>", "``` x ```", "`", "``", "# head", "* * *", "[a](https://example.com)", "![a](b)", "<b>",
    "&lt;", "| a | b |", "- [x] done", "1. one", "> quote", "@someone #12", "\\", "\\`", "***bold***", "~~~\nx\n~~~", "\n\n# head\n\n",
    "</summary>", "<!-- x", "]]>", "https://example.com", "$x$", "\t", "    code", "[^1]", ":tada:", "`` ` ``", "a\r\nb",
    "<details>", "é\u2028ü", "\x1b[31m",
)  # fmt: skip
SPECIAL = st.text(st.sampled_from("`*_{}[]()<>#+-.!|~\\&\"'@:/$= \n\t\r0a\u2028é"), min_size=1, max_size=12)
TEXTS = st.sampled_from(HOSTILE) | SPECIAL


def with_text(given: str) -> list[str]:
    """The document of a difference that holds a text wherever one may stand."""

    def board(board: dict[str, Any]) -> None:
        board.update(title=given, description=given, tags=[given], mystery={given: given})
        board["panels"][1].update(title=given, description=given, links=[{"title": given, "url": given}])
        board["panels"][2]["targets"][0].update(expr=given, legendFormat=given, refId="A")
        board["panels"].append(panel(9, given, target(given), target(given, "B")))
        board["templating"]["list"].append({"type": "custom", "name": given, "query": given})

    def rules(rules: dict[str, Any]) -> None:
        rules["groups"][0]["rules"][0].update(alert=given, expr=given, labels={"severity": given, given: given})
        rules["groups"][0]["rules"].append({"alert": given + "2", "expr": given})

    found = compared([BOARD, RULES], [changed(BOARD, board), changed(RULES, rules)], ".json")
    finding = Finding(id="x", severity="error", message=given, origin=Origin(given, 1))
    return list(document(Diffed(difference=found, against=given, findings=(finding,))))


def parsed(lines: list[str]) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse("\n".join(lines))


def skeleton(lines: list[str]) -> list[str]:
    """The parts of a document but its texts."""
    found = []
    for token in parsed(lines):
        found.append(f"{token.type} {token.content.split()[0][:9]}" if token.type == "html_block" else token.type)
        found += [f"  {child.type}" for child in token.children or () if child.type not in ("text", "softbreak")]
    return found


PLAIN = skeleton(with_text("plainly"))


@given(TEXTS)
@example("@x")
def test_no_text_breaks_out(given: str) -> None:
    assert skeleton(with_text(given + "x" if not given.strip() else given)) == PLAIN


def test_raw_html_is_ours_alone() -> None:
    blocks = {token.content.strip().split("<code>")[0] for one in HOSTILE for token in parsed(with_text(one)) if token.type == "html_block"}
    assert blocks == {"<details><summary>", "</details>"}


@given(TEXTS)
def test_text_reads_as_it_is(given: str) -> None:
    (inline,) = [token for token in parsed(["x" + text(given)]) if token.type == "inline"]
    read = "".join(child.content for child in inline.children or ())
    assert [child.type for child in inline.children or ()] in (["text"], [])
    shown = "".join(sign if sign.isprintable() else "�" for sign in " ".join(given.split()))
    assert read.replace("\u200b", "") == "x" + " ".join(shown.split())


@given(TEXTS)
def test_code_reads_as_it_is(given: str) -> None:
    (inline,) = [token for token in parsed(["x " + code(given)]) if token.type == "inline"]
    assert [child.type for child in inline.children or ()] == ["text", "code_inline"]


def test_long_boards_are_folded_and_short_ones_are_not() -> None:
    def change(board: dict[str, Any]) -> None:
        board["panels"] += [panel(20 + number, f"New {number}", target("up"), y=30 + number) for number in range(20)]

    folded = list(document(Diffed(difference=compared(BOARD, changed(BOARD, change)), against="HEAD")))
    short = list(document(Diffed(difference=compared(BOARD, changed(BOARD, lambda board: board.update(refresh="5s"))), against="HEAD")))
    assert folded[2] == "<details><summary><code>board &quot;Shop&quot; (shop)</code></summary>"
    assert short == ["**1 board changed** against `HEAD`", "", '**board "Shop" (shop)**', "", "- refresh `30s` → `5s`"]


def test_empty_difference_is_one_line() -> None:
    assert list(document(Diffed(difference=compared(BOARD, BOARD), against="HEAD"))) == ["**No difference** against `HEAD`"]


def test_document_holds_no_control_character() -> None:
    told = "\n".join(with_text("\x00\x1b[2J\x9b"))
    assert not {sign for sign in told if not sign.isprintable()} - {"\n", "\u200b"}
    assert json.dumps(told)
