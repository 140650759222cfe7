"""`obskit catalog scrape`: what it says, where it reads, how it exits."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, tree, write
from web import Answer, serving

METRICS = """\
# HELP shop_requests_total Requests served.
# TYPE shop_requests_total counter
shop_requests_total{endpoint="/a",status_code="200"} 5
process_open_fds 5
"""
PERCENTILES = """\
# TYPE shop_latency_seconds histogram
shop_latency_seconds_bucket{le="0.5"} 0.12
shop_latency_seconds_bucket{le="0.95"} 0.8
shop_latency_seconds_bucket{le="0.99"} 1.2
shop_latency_seconds_bucket{le="+Inf"} 4000
shop_latency_seconds_sum 812.5
shop_latency_seconds_count 1000
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, SHOP, {"metrics.txt": METRICS})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sound_scrape_is_one_info_and_one_line(shop: Path) -> None:
    said = "metrics.txt: info: 1 of other collectors are not compared: process_ (1) [scrape-external]\n"
    assert obskit(shop, "catalog", "scrape", "metrics.txt") == Ran(0, said, "2 families, 2 samples: 1 info\n")


def test_closing_line_counts_what_is_missing_and_extra(shop: Path) -> None:
    write(shop, {"metrics.txt": "# TYPE other gauge\nother 1\n"})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt")
    assert (ran.code, ran.err) == (0, "1 family, 1 sample, 1 missing, 1 extra: 2 warnings\n")


def test_missing_signal_fails_where_warnings_do(shop: Path) -> None:
    write(shop, {"metrics.txt": "other 1\n", "pyproject.toml": '[tool.obskit.lint]\nfail = "warning"\n'})
    assert obskit(shop, "catalog", "scrape", "metrics.txt").code == 1


def test_malformed_text_is_shown_with_its_line_and_a_caret(shop: Path) -> None:
    write(shop, {"metrics.txt": METRICS + 'shop_requests_total{endpoint="say "hi"",status_code="200"} 5\n'})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt")
    assert ran.code == 1
    assert 'metrics.txt:5: error: the value of label "endpoint" ends at a quote, but more follows [exposition]\n' in ran.out
    assert "\n    " + " " * 34 + "^^^\n" in ran.out


def test_percentiles_exposed_as_buckets_are_found(shop: Path) -> None:
    write(shop, {"metrics.txt": PERCENTILES})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt", "--format", "json")
    found = [(one["line"], one["severity"]) for one in json.loads(ran.out)["findings"] if one["id"] == "exposition"]
    assert (ran.code, found) == (1, [(2, "error"), (7, "error")])


@pytest.mark.parametrize("arguments", [(), ("--service", "shop")])
def test_page_that_is_none_of_metrics_is_one_error(shop: Path, arguments: tuple[str, ...]) -> None:
    write(shop, {"metrics.txt": "<html><body>404</body></html>\n"})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt", *arguments, "--format", "json")
    assert (ran.code, [one["id"] for one in json.loads(ran.out)["findings"]]) == (1, ["exposition"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.txt",), 2, '"nothing.txt" cannot be read'),
        ((".",), 2, '"." cannot be read'),
        (("localhost:8765",), 2, "hint: write http://localhost:8765\n"),
        (("10.0.0.1:9/metrics",), 2, "hint: write http://10.0.0.1:9/metrics\n"),
        (("/dev/zero",), 2, '"/dev/zero" is not a regular file'),
        (("metrics.txt", "--service", "shopp"), 2, 'did you mean "shop"?'),
        (("metrics.txt", "--as", "html"), 2, "html"),
        (("metrics.txt", "--as", "openmetrics"), 1, "1 error, 1 warning"),
        (("metrics.txt", "--service", "shop"), 0, "2 families"),
        (("ftp://host/metrics",), 2, "only http and https"),
        (("http://127.0.0.1:1/metrics",), 3, "cannot be reached"),
        (("metrics.txt", "--write", "metrics.txt"), 2, "not the name of a module"),
        (("metrics.txt", "--write", "rules_src/catalog/shop.py"), 2, "exists already"),
        (("metrics.txt", "--write", "metrics.txt/shop.py"), 2, "cannot be written"),
    ],
)
def test_exit_code(shop: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    before = tree(shop / "rules_src")
    ran = obskit(shop, "catalog", "scrape", *arguments)
    assert (ran.code, said in ran.err) == (code, True), ran
    assert {path: text for path, text in tree(shop / "rules_src").items() if "__pycache__" not in path} == before


def test_text_that_is_not_utf_8_is_read_as_far_as_it_goes(shop: Path) -> None:
    write(shop, {"metrics.txt": b"shop_requests_total 1\na{x=\"\xff\"} 1\n"})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt")
    assert (ran.code, "metrics.txt:2: error: byte 0xff is not UTF-8 [exposition]" in ran.out) == (1, True)
    assert "2 families, 2 samples" in ran.err


def test_standard_input_is_read(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(METRICS.encode() + b"a{\n")))
    ran = obskit(shop, "catalog", "scrape", "-")
    assert (ran.code, "stdin:5: error:" in ran.out) == (1, True)


def test_server_is_asked_for_either_format_and_believed(shop: Path) -> None:
    openmetrics = Answer(b"# TYPE shop_requests counter\n", headers={"Content-Type": "application/openmetrics-text; version=1.0.0"})
    with serving(lambda _: openmetrics) as site:
        ran = obskit(shop, "catalog", "scrape", f"{site.url}/metrics".replace("//", "//me:secret@"))
    assert "application/openmetrics-text" in site.seen[0][1]["Accept"]
    assert (ran.code, f'{site.url}/metrics:1: error: the text does not end in "# EOF" [exposition]' in ran.out) == (1, True)
    assert "secret" not in ran.out + ran.err


def test_page_of_another_kind_is_one_error(shop: Path) -> None:
    with serving(lambda _: Answer(b"<html></html>", headers={"Content-Type": "text/html"})) as site:
        ran = obskit(shop, "catalog", "scrape", site.url)
    assert (ran.code, "this is a web page" in ran.out) == (1, True)


def test_catalogue_is_not_needed(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "rules_src/empty.py": "", "metrics.txt": METRICS})
    ran = obskit(tmp_path, "catalog", "scrape", str(tmp_path / "metrics.txt"))
    assert (ran.code, "no signals are declared" in ran.out) == (0, True)


@pytest.mark.parametrize(("body", "code"), [(b"", 200), (b"", 204), (b"# EOF\n", 200)])
def test_nothing_exposed_is_an_error_where_nothing_is_declared(tmp_path: Path, body: bytes, code: int) -> None:
    write(tmp_path, {"pyproject.toml": "", "rules_src/empty.py": ""})
    with serving(lambda _: Answer(body, code)) as site:
        ran = obskit(tmp_path, "catalog", "scrape", site.url)
    assert (ran.code, "error: nothing is exposed [exposition]" in ran.out) == (1, True)


def test_nothing_exposed_is_told_by_what_is_missing(shop: Path) -> None:
    write(shop, {"metrics.txt": ""})
    ran = obskit(shop, "catalog", "scrape", "metrics.txt")
    assert (ran.code, ran.err) == (0, "0 families, 0 samples, 1 missing: 1 warning\n")


def test_first_catalogue_is_written_and_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"metrics.txt": METRICS})
    monkeypatch.chdir(tmp_path)
    ran = obskit(tmp_path, "catalog", "scrape", "metrics.txt", "--write", "rules_src/catalog/web_shop.py")
    assert ran == Ran(0, "", "2 families, 2 samples, 1 signal declared in rules_src/catalog/web_shop.py\n")
    assert 'Service("web-shop", job="web-shop")' in (tmp_path / "rules_src/catalog/web_shop.py").read_text()
    write(tmp_path, {"pyproject.toml": ""})
    assert obskit(tmp_path, "build").code == 0
    again = obskit(tmp_path, "catalog", "scrape", "metrics.txt", "--service", "web-shop")
    assert again.err == "2 families, 2 samples: 1 info\n"


def test_nothing_is_written_of_a_malformed_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"metrics.txt": PERCENTILES})
    monkeypatch.chdir(tmp_path)
    ran = obskit(tmp_path, "catalog", "scrape", "metrics.txt", "--write", "shop.py")
    assert (ran.code, "nothing was written" in ran.err, (tmp_path / "shop.py").exists()) == (1, True, False)


def test_help_of_the_group_names_its_commands(tmp_path: Path) -> None:
    ran = obskit(tmp_path, "catalog", "--help")
    assert (ran.code, "scrape" in ran.out, "uses" in ran.out) == (0, True, True)
