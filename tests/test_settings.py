"""Settings: what is read, and what is refused with a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from obskit.errors import SettingsError
from obskit.origin import Origin
from obskit.settings import Settings, load


def read(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "pyproject.toml").write_text(text)
    return load(tmp_path)


def test_settings_have_the_documented_defaults(tmp_path: Path) -> None:
    settings = read(tmp_path, "")
    assert (settings.dashboards, settings.rules, settings.out) == (("dashboards_src",), ("rules_src",), "build")
    assert (settings.formats, settings.folder) == (("dashboards", "rules"), "General")
    assert (settings.lint.fail, settings.lint.external) == ("error", ("up", "scrape_.*", "process_.*"))


def test_settings_are_found_from_a_folder_below(tmp_path: Path) -> None:
    read(tmp_path, '[tool.obskit]\nout = "made"\n')
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert (load(tmp_path / "a" / "b").root, load(tmp_path / "a" / "b").out) == (tmp_path, "made")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[tool.obskit]\ndashboard = []", 'unknown key "dashboard"', 'did you mean "dashboards"?'),
        ("[tool.obskit]\nxyz = 1", 'unknown key "xyz"', "known keys"),
        ("[tool.obskit.lint]\nfial = 'error'", 'unknown key "fial" in [tool.obskit.lint]', 'did you mean "fail"?'),
        ("[tool.obskit.targets]\nloki = '3.0'", 'unknown key "loki"', "known keys"),
        ("[tool.obskit]\nout = 3", "tool.obskit.out must be a string, not 3", ""),
        ("[tool.obskit]\nrules = 'rules_src'", "tool.obskit.rules must be a list of strings", ""),
        ("[tool.obskit]\nrules = ['a', 5]", "tool.obskit.rules must be a list of strings, and [1] is 5", ""),
        ("[tool.obskit]\nlint = 3", "tool.obskit.lint must be a table", ""),
        ("[tool.obskit.lint]\nfail = 'warn'", 'tool.obskit.lint.fail is "warn"', 'did you mean "warning"?'),
        ("[tool.obskit.lint]\nlevels = {x = 'errr'}", 'tool.obskit.lint.levels.x is "errr"', 'did you mean "error"?'),
        ("[tool.obskit.lint]\nexternal = ['(']", "is not a regular expression", ""),
        ("[tool.obskit.targets]\nprometheus = '3'", 'tool.obskit.targets.prometheus is "3"', "major.minor"),
        ("[tool.obskit]\nout = '../x'", '"../x" is not a folder inside the project', "without .."),
        ("[tool.obskit]\nrules = ['/etc']", '"/etc" is not a folder inside the project', "relative"),
        ("[tool.obskit]\nout = 'dashboards_src'", "is also a source folder", "its own"),
        ("[tool.obskit]\nout = 'dashboards_src/out'", "is also a source folder", "its own"),
        ("[tool.obskit]\nout = '.git'", '".git" is a hidden folder', "dot"),
        ("[tool.obskit]\ninputs = ['none.txt']", 'input "none.txt" does not exist', "source modules read"),
        ("[tool.obskit]\nformats = []", "tool.obskit.formats is empty", "dashboards"),
        ("[tool.obskit]\nplugins = ['a-b']", '"a-b" is not the name of a package', "import"),
        ("[tool.obskit.targets]\nprometheus = '³.0'", "tool.obskit.targets.prometheus", "major.minor"),
        ("[tool.obskit]\nrules = []\ndashboards = []", "names no source folder", "dashboards"),
        ("[tool.obskit.env.Prod]", '"Prod" is not the name of an environment', "lower-case"),
        ("[tool.obskit.env.prod.datasources]\nprometheus = 'a b'", '"a b" is not a uid', "at most 40"),
        ("[tool.obskit.env.prod.labels]\n__x = 'a'", '"__x" is not a label name', "no digit first"),
        ("[tool.obskit.env.prod.labels]\nalertname = 'a'", '"alertname" is the name of each alert', "another label"),
        ("[tool.obskit", "pyproject.toml is not TOML", ""),
    ],
)
def test_settings_refuse(tmp_path: Path, text: str, message: str, hint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    assert (message in caught.value.message, hint in caught.value.hint) == (True, True), (caught.value.message, caught.value.hint)


def test_settings_refuse_a_folder_without_a_project(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        load(tmp_path / "missing")


def test_settings_refuse_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff[tool.obskit]\nfolder = 'A'\n").folder == "A"


def test_default_source_folder_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "dashboards_src").mkdir()
    settings = read(tmp_path, "")
    assert (settings.dashboards, settings.rules) == (("dashboards_src",), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool.obskit]\n\nout = 3\n", 3),
        ("[tool.obskit]\n[tool.obskit.lnt]\n", 2),
        ("[tool.obskit.lint]\nunknown = 'off'\nfail = 'never'\n", 3),
        ("[tool.obskit]\nlint = { fail = 'never' }\n", 2),
        ("[tool.obskit.docs]\nurl = 'git.example.com'\n", 2),
        ("[tool.obskit.kubernetes]\n\nlabels = { 'a b' = 'c' }\n", 3),
        ("[tool.obskit.env.prod]\nfolder_prefix = ''\nlabels = { '1x' = 'c' }\n", 3),
        ("[tool.obskit.alertmanager.smtp]\nsmarthost = 'mail:25'\nfrom = 'a@example.com'\nusername = 'a'\n", 4),
        ("[project]\nname = 'x'\n[tool.obskit\n", 3),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path)
    assert caught.value.origin == Origin("pyproject.toml", line)
