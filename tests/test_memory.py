"""The no-change record: it saves work and never changes an answer.

The project's board notes in a file outside of the project that it was loaded: that is how a full build shows.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import BUILT, REPOSITORY, SHOP, Files, Ran, obskit, process, tree, write

from obskit import settings
from obskit.workflow import Outcome, build, memory

RECORD = ".obskit/cache/build.json"
TODAY = datetime.date(2026, 5, 1)
WAIVED = """\
from obskit.catalog import Waive
from obskit.dashboards import dashboard, timeseries

theirs = dashboard("Theirs", uid="theirs", description="Waived.", tags=("shop",), panels=[
    timeseries("Requests", "sum(rate(theirs_total[$__rate_interval]))", unit="reqps", description="Not ours.",
               waive=(Waive("unknown-metric", "it comes in May", until="2026-05-10"),))
])
"""
WARNING = """\
from obskit.dashboards import dashboard, timeseries

bare = dashboard("Bare", uid="bare", panels=[timeseries("Requests", "sum(rate(shop_requests_total[5m]))")])
"""


@dataclasses.dataclass(frozen=True)
class Noted:
    """A project, and how often its board was loaded."""

    root: Path
    notes: Path

    def loads(self) -> int:
        return len(self.notes.read_text())


@pytest.fixture
def noted(tmp_path: Path) -> Noted:
    notes = tmp_path / "notes"
    text = f"with open({str(notes)!r}, 'a') as file: file.write('x')\nimport other\n{SHOP['dashboards_src/shop.py']}"
    files: Files = {
        "pyproject.toml": '[tool.obskit]\ninputs = ["data", "more.txt"]\n',
        "dashboards_src/shop.py": text,
        "dashboards_src/_private.py": "",
        "data/endpoints.txt": "a\n",
        "more.txt": "b\n",
        "other.py": "here = 1\n",
        "tests/test_shop.py": "",
    }
    root = write(tmp_path / "project", SHOP, files)
    assert obskit(root, "build") == Ran(0, "", "2 files, 2 changed\n")
    return Noted(root, notes)


def put(path: str, text: str | None = "changed = 1\n") -> Callable[[Path], object]:
    def change(root: Path) -> object:
        return write(root, {path: text})

    change.__name__ = f"{'put' if text is not None else 'drop'} {path}"
    return change


def lead_out(root: Path) -> None:
    (root / BUILT[1]).rename(root.parent / "shop.yaml")
    (root / BUILT[1]).symlink_to(root.parent / "shop.yaml")


def lead_folder_out(root: Path) -> None:
    (root / "build/grafana").rename(root.parent / "grafana")
    (root / "build/grafana").symlink_to(root.parent / "grafana")


def drop_the_build(root: Path) -> None:
    shutil.rmtree(root / "build")


CHANGES: list[Callable[[Path], object]] = [
    put("rules_src/catalog/shop.py", str(SHOP["rules_src/catalog/shop.py"]).replace("Requests served", "Requests")),
    put("dashboards_src/_private.py"),
    put("dashboards_src/new.py"),
    put("dashboards_src/new/new.py"),
    put("rules_src/shop.py", None),
    put("data/endpoints.txt"),
    put("data/new.txt"),
    put("other.py"),
    put("pyproject.toml", '[tool.obskit]\nfolder = "Other"\n'),
    put(BUILT[0]),
    put(BUILT[1], None),
    put("build/prometheus/rules/new.yaml"),
    put("build/grafana/dashboards/new.txt"),
    drop_the_build,
    lead_out,
    lead_folder_out,
]


@pytest.mark.parametrize("again", [("build",), ("build", "--check"), ("build", "--format", "json")], ids=" ".join)
def test_nothing_changed_loads_nothing(noted: Noted, again: tuple[str, ...]) -> None:
    assert obskit(noted.root, *again).code == 0
    assert noted.loads() == 1


def test_new_times_load_nothing(noted: Noted) -> None:
    for place in noted.root.rglob("*.*"):
        os.utime(place, (1_000_000_000, 1_000_000_000))
    obskit(noted.root, "build")
    assert noted.loads() == 1


def test_what_no_build_reads_loads_nothing(noted: Noted) -> None:
    write(noted.root, {"README.md": "new\n", "build/notes.txt": "new\n", "tests/test_shop.py": "new = 1\n", "docs/deep/new.txt": ""})
    obskit(noted.root, "build")
    assert noted.loads() == 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_change_is_seen_and_answered_in_full(noted: Noted, change: Callable[[Path], object]) -> None:
    change(noted.root)
    said = obskit(noted.root, "build", "--check", "--format", "json")
    assert noted.loads() == 2
    assert said == obskit(noted.root, "build", "--check", "--format", "json", "--no-cache")


def test_no_cache_loads_everything(noted: Noted) -> None:
    assert obskit(noted.root, "build", "--no-cache") == Ran(0, "", "2 files, 0 changed\n")
    assert noted.loads() == 2


def test_one_format_has_a_record_of_its_own(noted: Noted) -> None:
    assert obskit(noted.root, "build", "--only", "rules").err == "1 file, 0 changed\n"
    assert obskit(noted.root, "build", "--only", "rules").err == "1 file, 0 changed\n"
    assert obskit(noted.root, "build").err == "2 files, 0 changed\n"
    assert noted.loads() == 2


def test_environment_has_a_record_of_its_own(noted: Noted) -> None:
    write(noted.root, {"pyproject.toml": "[tool.obskit.env.prod]\nfolder_prefix = 'Prod '\n"})
    ways = (("build",), ("build", "--env", "prod"))
    assert [obskit(noted.root, *way).code for way in ways] == [0, 0]
    loads = noted.loads()
    assert [obskit(noted.root, *way).err for way in ways] == ["2 files, 0 changed\n"] * 2
    assert noted.loads() == loads


MEETING = [
    # (what is built first, another way to build whose words are alike)
    (("--env", "prod", "--only", "alertmanager"), ("--env", "prod-alertmanager")),
    (("--env", "prod", "--only", "dashboards", "--only", "rules"), ("--env", "prod-dashboards", "--only", "rules")),
    (("--env", "prod"), ("--env", "only")),
]


@pytest.mark.parametrize(("first", "other"), MEETING, ids=lambda words: " ".join(words))
def test_ways_to_build_whose_names_are_alike_share_no_record(tmp_path: Path, first: tuple[str, ...], other: tuple[str, ...]) -> None:
    envs = "".join(f"[tool.obskit.env.{name}]\n" for name in ("prod", "prod-alertmanager", "prod-dashboards", "only"))
    root = write(tmp_path, SHOP, {"pyproject.toml": f'[tool.obskit]\nformats = ["dashboards", "rules", "alertmanager"]\n{envs}'})
    assert obskit(root, "build", *first).code == 0
    assert obskit(root, "build", *other, "--check").code == 1, "nothing of it is there"
    assert obskit(root, "build", *other).code == 0
    assert obskit(root, "build", *other, "--check", "--no-cache").code == 0


@pytest.mark.parametrize("suffix", [".py", ".json", ".jinja"])
def test_obskit_that_changed_on_disk_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    part = tmp_path / f"part{suffix}"
    part.write_text("before")
    monkeypatch.setattr(memory, "_OWN", str(tmp_path))
    libraries = memory.Libraries()
    assert not libraries.changed()
    part.write_text("and after")
    assert libraries.changed()


def test_failed_build_is_not_remembered(noted: Noted) -> None:
    write(noted.root, {"dashboards_src/new.py": "raise ValueError\n"})
    assert [obskit(noted.root, "build").code for _ in range(2)] == [1, 1]
    assert noted.loads() == 3


def test_stale_check_is_not_remembered(noted: Noted) -> None:
    write(noted.root, {BUILT[1]: None})
    assert [obskit(noted.root, "build", "--check").code for _ in range(2)] == [1, 1]


BROKEN: dict[str, Callable[[Path], object]] = {
    "empty": lambda record: record.write_bytes(b""),
    "cut": lambda record: record.write_bytes(record.read_bytes()[:-20]),
    "no JSON": lambda record: record.write_bytes(b"\xff\x00{"),
    "a list": lambda record: record.write_text("[]"),
    "no keys": lambda record: record.write_text('{"format": 1, "name": "build", "record": {}}'),
    "other kinds": lambda record: record.write_text(record.read_text().replace('"findings":[]', '"findings":3')),
    "other findings": lambda record: record.write_text(record.read_text().replace('"findings":[]', '"findings":[{"new": 1}]')),
    "no files": lambda record: record.write_text(record.read_text().replace('"files":[[', '"files":[3,[')),
    "deep": lambda record: record.write_text("[" * 100_000),
    "a folder": lambda record: (record.unlink(), record.mkdir()),
    "a link to itself": lambda record: (record.unlink(), record.symlink_to(record)),
    "gone": lambda record: record.unlink(),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_record_changes_no_answer(noted: Noted, kind: str) -> None:
    BROKEN[kind](noted.root / RECORD)
    assert obskit(noted.root, "build") == Ran(0, "", "2 files, 0 changed\n")
    assert noted.loads() == 2


def test_state_that_is_a_file_changes_no_answer(noted: Noted) -> None:
    shutil.rmtree(noted.root / ".obskit")
    assert obskit(noted.root, "build", "--check") == Ran(0, "", "2 files, 0 changed\n")


def asked(root: Path, today: datetime.date, *, use_cache: bool = True) -> Outcome:
    return build(settings.load(root), today=today, use_cache=use_cache)


@pytest.mark.parametrize(("days", "said"), [(0, []), (9, []), (10, ["expired-waiver", "unknown-metric"])])
def test_waiver_ends_although_nothing_changed(tmp_path: Path, days: int, said: list[str]) -> None:
    root = write(tmp_path, SHOP, {"dashboards_src/theirs.py": WAIVED})
    assert asked(root, TODAY).findings == ()
    assert {finding.id for finding in asked(root, TODAY + datetime.timedelta(days)).findings} == set(said)


def test_findings_are_replayed_as_they_were(tmp_path: Path) -> None:
    root = write(tmp_path, SHOP, {"dashboards_src/bare.py": WARNING, "dashboards_src/old.alertgroup.py": ""})
    first = asked(root, TODAY)
    again, full = asked(root, TODAY), asked(root, TODAY, use_cache=False)
    assert len(first.findings) >= 2
    assert again.findings == full.findings == first.findings
    assert (again.modules, again.strangers, again.written, again.exit_code) == (full.modules, full.strangers, full.written, full.exit_code)


def test_warnings_are_shown_again(tmp_path: Path) -> None:
    root = write(tmp_path, SHOP, {"dashboards_src/bare.py": WARNING, "build/prometheus/rules/mine.txt": ""})
    said = obskit(root, "build")
    assert "[stranger]" in said.out
    assert obskit(root, "build").out == said.out


def test_record_stays_out_of_the_output(noted: Noted) -> None:
    assert sorted(f"build/{path}" for path in tree(noted.root / "build")) == sorted(BUILT)
    assert (noted.root / ".obskit/.gitignore").read_text() == "*\n"


def test_change_of_an_installed_module_that_a_source_imports_is_seen(tmp_path: Path) -> None:
    packages = write(tmp_path / "site-packages", {"company_panels.py": 'TITLE = "Old"\n'})
    board = "from company_panels import TITLE\nfrom obskit.dashboards import dashboard\nb = dashboard(TITLE, uid='b', panels=[])\n"
    root = write(tmp_path / "project", {"pyproject.toml": "", "dashboards_src/b.py": board})
    installed = {"PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(packages)])}
    first = [process(root, "build", *how, environment=installed).code for how in ((), ("--check",))]
    write(packages, {"company_panels.py": 'TITLE = "Changed"\n'})
    assert (first, process(root, "build", "--check", environment=installed).code) == ([0, 0], 1)


def test_source_that_is_edited_while_it_is_built_is_built_again(tmp_path: Path) -> None:
    editing = (
        "from pathlib import Path\n"
        "place = Path(__file__).with_name('z.py')\n"
        "from obskit.dashboards import dashboard\n"
        "from dashboards_src.z import TITLE\n"
        "b = dashboard(TITLE, uid='b', panels=[])\n"
        "place.write_text('TITLE = \"New\"\\n')\n"
    )
    root = write(tmp_path, {"pyproject.toml": "", "dashboards_src/a.py": editing, "dashboards_src/z.py": 'TITLE = "Old"\n'})
    assert [obskit(root, "build").code, obskit(root, "build", "--check").code, obskit(root, "build").code] == [0, 1, 0]
    assert obskit(root, "build", "--check").code == 0


def test_module_beside_the_sources_that_is_edited_during_a_build_is_seen(tmp_path: Path) -> None:
    """It was read before: what it holds when the build ends is not what was built."""
    edit = "import pathlib, other\nif other.title == 'Old': pathlib.Path(other.__file__).write_text(\"title = 'New'\\n\")\n"
    board = str(SHOP["dashboards_src/shop.py"]).replace('dashboard("Shop operations"', "dashboard(other.title")
    write(tmp_path, SHOP, {"dashboards_src/shop.py": edit + board, "other.py": "title = 'Old'\n"})
    assert obskit(tmp_path, "build").code == 0
    assert obskit(tmp_path, "build", "--check").code == 1
    assert obskit(tmp_path, "build") == Ran(0, "", "2 files, 1 changed\n")
