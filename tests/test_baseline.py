"""The baseline: what is in it is known, what is not fails; its file reads well in git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project import SHOP, Ran, obskit, tree, write

from obskit.errors import ObskitError, OutputError
from obskit.finding import Finding
from obskit.lint.baseline import compared
from obskit.origin import Origin
from obskit.store.baseline import load, save

PANELS = """\
from obskit.dashboards import dashboard, stat

old = dashboard("Old", uid="old", description="d", panels=[
    stat("A", "sum(a_total)", unit="none", description="d"),
    stat("B", "sum(b_total)", unit="none", description="d"),
])
"""
OLD = "dashboards_src/old.py"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Two errors, both in the baseline."""
    write(tmp_path / "project", SHOP, {OLD: PANELS})
    assert obskit(tmp_path / "project", "lint").code == 1
    assert known(tmp_path / "project", "--write-baseline") == Ran(0, "", "4 modules: 2 in the baseline\n")
    return tmp_path / "project"


ABOUT = ("--select", "unknown-metric,missing-uid")
"""What the stories are about; other checks may find more in them."""


def known(root: Path, *arguments: str) -> Ran:
    about = () if {"--select", "--ignore"} & {*arguments} else ABOUT
    return obskit(root, "lint", "--baseline", str(root.parent / "known.json"), *about, *arguments)


def ids(ran: Ran) -> list[str]:
    return [finding["id"] for finding in json.loads(ran.out)["findings"]]


def test_findings_of_the_baseline_are_counted_not_shown(shop: Path) -> None:
    assert known(shop) == Ran(0, "", "4 modules: 2 in the baseline\n")


def test_only_the_baseline_is_written(tmp_path: Path) -> None:
    root = write(tmp_path / "project", SHOP, {OLD: PANELS})
    before = tree(root)
    known(root, "--write-baseline")
    assert tree(root) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known.json", "project"]


def test_file_has_one_finding_a_line_sorted_and_without_lines_of_code(shop: Path) -> None:
    text = (shop.parent / "known.json").read_text()
    row = '  {{"id": "unknown-metric", "path": "dashboards_src/old.py", "where": "panel \\"{0}\\", query A", '
    row += '"message": "metric \\"{1}_total\\" is not in the catalogue", "count": 1}}'
    assert text == '{"version": 1, "findings": [\n' + row.format("A", "a") + ",\n" + row.format("B", "b") + "\n]}\n"
    json.loads(text)


def test_code_that_moves_stays_known(shop: Path) -> None:
    write(shop, {OLD: "\n\n\n" + PANELS})
    assert known(shop).code == 0


def test_new_finding_fails_and_is_the_only_one_shown(shop: Path) -> None:
    write(shop, {"dashboards_src/new.py": PANELS.replace('"old"', '"new"').replace("a_total", "c_total").replace("b_total", "up")})
    ran = known(shop)
    assert (ran.code, ran.err) == (1, "5 modules: 1 error; 2 in the baseline\n")
    assert ran.out.count("error: ") == 1
    assert 'metric "c_total"' in ran.out


def test_second_one_of_a_kind_is_new(shop: Path) -> None:
    write(shop, {OLD: PANELS.replace("sum(a_total)", "sum(a_total) + sum(a_total)")})
    ran = known(shop, "--format", "json")
    assert (ran.code, len(ids(ran)), json.loads(ran.out)["known"]) == (1, 1, 2)


def test_what_is_mended_is_reported(shop: Path) -> None:
    write(shop, {OLD: PANELS.replace("sum(a_total)", "sum(up)")})
    ran = known(shop)
    assert (ran.code, ran.err) == (0, "4 modules: 1 info; 1 in the baseline\n")
    assert "info: 1 finding of the baseline is fixed [baseline]" in ran.out
    assert "hint: write the baseline again: obskit lint --baseline " in ran.out


@pytest.mark.parametrize("arguments", [("--select", "panel-unit"), ("--ignore", "unknown-metric"), ("--ignore", "baseline")])
def test_what_did_not_run_is_not_mended(shop: Path, arguments: tuple[str, ...]) -> None:
    write(shop, {OLD: PANELS.replace("sum(a_total)", "sum(up)")})
    assert "[baseline]" in known(shop).out
    assert "[baseline]" not in known(shop, *arguments).out


def test_writing_again_forgets_what_is_mended(shop: Path) -> None:
    write(shop, {OLD: PANELS.replace("sum(a_total)", "sum(up)")})
    known(shop, "--write-baseline")
    assert known(shop) == Ran(0, "", "4 modules: 1 in the baseline\n")


def test_writing_a_selection_keeps_the_rest(shop: Path) -> None:
    write(shop, {"dashboards_src/new.py": "from obskit.dashboards import dashboard\nb = dashboard('B', panels=[])\n"})
    known(shop, "--select", "missing-uid", "--write-baseline")
    assert known(shop).err == "5 modules: 3 in the baseline\n"


def test_module_that_cannot_be_loaded_is_never_known(shop: Path) -> None:
    write(shop, {"dashboards_src/broken.py": "raise ValueError\n"})
    before = (shop.parent / "known.json").read_bytes()
    ran = known(shop, "--write-baseline")
    assert (ran.code, "[module-error]" in ran.out) == (1, True)
    assert "(the baseline was not written: a module could not be loaded)" in ran.err
    assert (shop.parent / "known.json").read_bytes() == before


def test_module_that_cannot_be_loaded_mends_nothing(shop: Path) -> None:
    write(shop, {OLD: PANELS + "raise ValueError\n"})
    assert "[baseline]" not in known(shop).out


def test_module_error_in_a_baseline_is_not_believed() -> None:
    finding = Finding(id="module-error", severity="error", message="no", origin=Origin("a.py", 3))
    assert compared([finding], {finding.identity(): 1}, lambda _: True).new == (finding,)


def test_missing_baseline_is_an_error_with_a_hint(tmp_path: Path) -> None:
    ran = obskit(write(tmp_path, SHOP), "lint", "--baseline", "none.json")
    hint = "    hint: write it: obskit lint --baseline none.json --write-baseline\n"
    assert ran == Ran(2, "", f'obskit: error: baseline "none.json" does not exist\n{hint}')


BROKEN = [
    "",
    "[]",
    "{}",
    '{"version": 2, "findings": []}',
    '{"version": 1, "findings": {}}',
    '{"version": 1, "findings": [3]}',
    '{"version": 1, "findings": [{"id": "a", "path": "b", "where": "", "message": "c"}]}',
    '{"version": 1, "findings": [{"id": "a", "path": "b", "where": "", "message": "c", "count": 0}]}',
    '{"version": 1, "findings": [{"id": "a", "path": "b", "where": "", "message": "c", "count": true}]}',
    '{"version": 1, "findings": [{"id": 3, "path": "b", "where": "", "message": "c", "count": 1}]}',
    "[" * 100_000,
    b"\xff\x00",
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
@pytest.mark.parametrize("arguments", [(), ("--write-baseline",)], ids=("read", "written"))
def test_file_that_is_no_baseline_is_refused_and_left_as_it_is(shop: Path, text: str | bytes, arguments: tuple[str, ...]) -> None:
    write(shop.parent, {"known.json": text})
    ran = obskit(shop, "lint", "--baseline", str(shop.parent / "known.json"), *arguments)
    assert (ran.code, 'known.json" is no baseline of obskit' in ran.err) == (2, True)
    assert (shop.parent / "known.json").read_bytes() == (text if isinstance(text, bytes) else text.encode())


def test_source_is_never_overwritten_by_a_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, SHOP))
    ran = obskit(None, "lint", "--baseline", "rules_src/shop.py", "--write-baseline")
    assert (ran.code, ran.err.splitlines()[0]) == (2, 'obskit: error: "rules_src/shop.py" is no baseline of obskit')
    assert (tmp_path / "rules_src/shop.py").read_text() == SHOP["rules_src/shop.py"]


def test_folder_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, SHOP))
    ran = obskit(None, "lint", "--baseline", "none/known.json", "--write-baseline")
    said = 'obskit: error: cannot write the baseline "none/known.json": there is no folder "none"\n    hint: make the folder\n'
    assert ran == Ran(2, "", said)


def test_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(ObskitError, match="cannot be read"):
        load(tmp_path)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    kept = {("a", "b.py", 'panel "x", query A', "m\n\u2028é"): 2, ("a", "b.py", "", "m"): 1}
    save(tmp_path / "known.json", kept)
    assert load(tmp_path / "known.json") == kept


def test_order_of_what_is_saved_is_its_own(tmp_path: Path) -> None:
    rows = [("b", "a.py", "", "m"), ("a", "b.py", "", "m"), ("a", "a.py", "", "n"), ("a", "a.py", "", "m")]
    texts = set()
    for order in (rows, rows[::-1]):
        save(tmp_path / "known.json", dict.fromkeys(order, 1))
        texts.add((tmp_path / "known.json").read_text())
    assert [list(one.values())[:4] for one in json.loads(texts.pop())["findings"]] == [list(row) for row in sorted(rows)]
    assert texts == set()


def test_nothing_known_is_a_file_too(tmp_path: Path) -> None:
    save(tmp_path / "known.json", {})
    assert load(tmp_path / "known.json") == {}


def test_link_is_followed(tmp_path: Path) -> None:
    save(tmp_path / "real.json", {})
    (tmp_path / "known.json").symlink_to(tmp_path / "real.json")
    save(tmp_path / "known.json", {("a", "b", "c", "d"): 1})
    assert load(tmp_path / "real.json") == {("a", "b", "c", "d"): 1}


def test_file_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write the baseline"):
        save(tmp_path / "none" / "known.json", {})
    (tmp_path / "known.json").mkdir()
    with pytest.raises(OutputError, match="a folder stands where a file must go"):
        save(tmp_path / "known.json", {})
    assert [path.name for path in tmp_path.iterdir()] == ["known.json"]
