from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import obskit
from obskit.artifact import Artifact, Territory
from obskit.errors import OutputError
from obskit.origin import Origin
from obskit.store import Plan, apply, cache, locked, plan

BOARDS = Territory(format="dashboards", folder="grafana/dashboards", suffix=".json")
RULES = Territory(format="rules", folder="prometheus/rules", suffix=".yaml")
BOTH = (BOARDS, RULES)
FOLDER = {"dashboards": BOARDS.folder, "rules": RULES.folder}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(obskit.__file__).parents[1])}

Tree = dict[str, object]


def board(name: str, text: str = "{}\n", origin: Origin | None = None) -> Artifact:
    return Artifact(path=f"grafana/dashboards/{name}", text=text, format="dashboards", origin=origin)


def rule(name: str, text: str = "groups: []\n") -> Artifact:
    return Artifact(path=f"prometheus/rules/{name}", text=text, format="rules")


def build(root: Path, *artifacts: Artifact, territories: tuple[Territory, ...] = BOTH) -> Plan:
    made = plan(root, "build", artifacts, territories)
    apply(made)
    return made


def kinds(made: Plan) -> dict[str, str]:
    return {change.path.rpartition("/")[2]: change.kind for change in made.changes}


def tree(root: Path) -> Tree:
    """Everything below `root`: links by target, files by content, mode and time."""
    found: Tree = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            place = Path(folder, name)
            seen = place.lstat()
            if place.is_symlink():
                found[str(place.relative_to(root))] = os.readlink(place)
            elif place.is_dir():
                found[str(place.relative_to(root))] = "folder"
            elif not place.is_file():
                found[str(place.relative_to(root))] = "special"
            else:
                found[str(place.relative_to(root))] = (place.read_bytes(), seen.st_mode, seen.st_mtime_ns)
    return found


def put(root: Path, path: str, content: str | bytes = "old\n") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return place


# ---------------------------------------------------------------- comparing


def test_plan_of_an_empty_project_adds_everything_in_path_order(tmp_path: Path) -> None:
    made = plan(tmp_path, "build", [rule("a.yaml"), board("b.json"), board("a.json")], BOTH)
    assert [(change.path, change.kind) for change in made.changes] == [
        ("grafana/dashboards/a.json", "added"),
        ("grafana/dashboards/b.json", "added"),
        ("prometheus/rules/a.yaml", "added"),
    ]


def test_plan_writes_nothing(tmp_path: Path) -> None:
    plan(tmp_path, "build", [board("a.json")], BOTH)
    assert tree(tmp_path) == {}


BEFORES: tuple[tuple[str, bytes, str, str | None], ...] = (
    ("equal text", b"new\n", "same", "new\n"),
    ("other text", b"old\n", "changed", "old\n"),
    ("other line ends", b"new\r\n", "changed", "new\r\n"),
    ("a byte order mark", b"\xef\xbb\xbfnew\n", "changed", "\ufeffnew\n"),
    ("no utf-8", b"\xff\xfe", "changed", "\ufffd\ufffd"),
    ("nothing", b"", "changed", ""),
)


@pytest.mark.parametrize(("content", "kind", "before"), [row[1:] for row in BEFORES], ids=[row[0] for row in BEFORES])
def test_plan_compares_bytes(tmp_path: Path, content: bytes, kind: str, before: str | None) -> None:
    put(tmp_path, "build/grafana/dashboards/a.json", content)
    (change,) = plan(tmp_path, "build", [board("a.json", "new\n")], BOTH).changes
    assert (change.kind, change.before, change.after) == (kind, before, "new\n")


def test_plan_carries_the_sources_of_an_artifact(tmp_path: Path) -> None:
    made = Artifact(path="grafana/dashboards/a.json", text="\n", format="dashboards", sources=("dashboards_src/a.py",))
    assert plan(tmp_path, "build", [made], BOTH).changes[0].sources == ("dashboards_src/a.py",)


def test_plan_removes_owned_files_at_any_depth(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/x/y/stale.json")
    assert [(c.path, c.kind, c.before, c.after) for c in plan(tmp_path, "build", [], BOTH).changes] == [
        ("grafana/dashboards/x/y/stale.json", "removed", "old\n", None)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "build/prometheus/rules/kept.yaml",  # owned by a format that this build leaves out
        "build/prometheus/kept.json",
        "build/env/prod/grafana/dashboards/kept.json",
        "build/grafana/dashboards-more/kept.json",
        "build/grafana/dashboards/kept.txt",
        "build/grafana/dashboards/.kept.json",
        "build/grafana/dashboards/.hidden/kept.json",
        "grafana/dashboards/kept.json",
    ],
)
def test_apply_keeps_what_no_given_territory_owns(tmp_path: Path, path: str) -> None:
    kept = put(tmp_path, path)
    build(tmp_path, board("a.json"), territories=(BOARDS,))
    assert kept.read_text() == "old\n"


def test_plan_reports_strangers_but_no_dot_files(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/notes.txt")
    put(tmp_path, "build/grafana/dashboards/.gitkeep")
    put(tmp_path, "elsewhere/x.json")
    (tmp_path / "build/grafana/dashboards/link.json").symlink_to("notes.txt")
    (tmp_path / "build/grafana/dashboards/linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "build/grafana/dashboards/pipe.json")
    made = plan(tmp_path, "build", [], BOTH)
    assert made.strangers == tuple(f"grafana/dashboards/{name}" for name in ("link.json", "linked", "notes.txt", "pipe.json"))


def test_plan_does_not_remove_strangers(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/notes.txt")
    (tmp_path / "build/grafana/dashboards/link.json").symlink_to("notes.txt")
    before = tree(tmp_path)
    build(tmp_path)
    assert tree(tmp_path) == before


def test_plan_lets_a_second_suffix_in_one_folder_be_owned(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/a.svg")
    pictures = Territory(format="pictures", folder="grafana/dashboards", suffix=".svg")
    made = plan(tmp_path, "build", [], (BOARDS, pictures))
    assert (kinds(made), made.strangers) == ({"a.svg": "removed"}, ())


def test_plan_takes_an_output_folder_that_is_a_link_inside_the_project(tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    (tmp_path / "build").symlink_to("generated")
    build(tmp_path, board("a.json"))
    assert (tmp_path / "generated/grafana/dashboards/a.json").read_text() == "{}\n"


def test_apply_replaces_a_link_to_another_output_by_a_file(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/b.json", "{}\n")
    (tmp_path / "build/grafana/dashboards/a.json").symlink_to("b.json")
    made = build(tmp_path, board("a.json"), board("b.json"))
    assert (kinds(made), made.strangers) == ({"a.json": "changed", "b.json": "same"}, ())
    assert not (tmp_path / "build/grafana/dashboards/a.json").is_symlink()


def test_plan_removes_a_file_that_was_renamed_in_case(tmp_path: Path) -> None:
    put(tmp_path, "build/grafana/dashboards/A.json")
    assert kinds(plan(tmp_path, "build", [board("a.json")], BOTH)) == {"A.json": "removed", "a.json": "added"}


def test_plan_does_not_remove_the_made_file_under_its_name_in_another_case(tmp_path: Path) -> None:
    os.link(put(tmp_path, TARGET), tmp_path / "build/grafana/dashboards/A.json")  # what a file system that ignores case shows
    assert kinds(plan(tmp_path, "build", [board("a.json")], BOTH)) == {"a.json": "changed"}


# ---------------------------------------------------------------- refusing

PATHS: tuple[tuple[str, str], ...] = (
    ("/grafana/dashboards/a.json", "is absolute"),
    ("grafana/dashboards/../a.json", 'holds ".."'),
    ("../a.json", 'holds ".."'),
    ("grafana/dashboards//a.json", "has an empty part"),
    ("grafana/dashboards/", "has an empty part"),
    ("", "has an empty part"),
    ("grafana/dashboards/a\\b.json", "holds a backslash"),
    ("grafana/dashboards/a\0.json", "holds a zero byte"),
    ("grafana/dashboards/./a.json", "starts with a dot"),
    ("grafana/dashboards/.a.json", "starts with a dot"),
    ("grafana/dashboards/\ud800.json", "is not text that utf-8 can hold"),
    ("grafana/dashboards/" + "a" * 251 + ".json", "more than 255 bytes"),
    ("grafana/dashboards/" + "é" * 126 + ".json", "more than 255 bytes"),
    ("grafana/a.json", "outside of what format"),
    ("prometheus/rules/a.json", "outside of what format"),
    ("grafana/dashboards/a.yaml", "outside of what format"),
    ("grafana/dashboards-more/a.json", "outside of what format"),
)


@pytest.mark.parametrize(("path", "complaint"), PATHS, ids=[ascii(row[0])[:40] for row in PATHS])
def test_plan_refuses_a_path(tmp_path: Path, path: str, complaint: str) -> None:
    with pytest.raises(OutputError, match=complaint) as refused:
        plan(tmp_path, "build", [Artifact(path=path, text="\n", format="dashboards", origin=Origin("a.py", 3))], BOTH)
    assert (refused.value.exit_code, refused.value.hint != "", refused.value.origin) == (2, True, Origin("a.py", 3))


def test_plan_takes_a_name_of_255_bytes(tmp_path: Path) -> None:
    made = (board("a" * 250 + ".json"), board("b" * 250 + ".json"), board("é" * 125 + ".json"))
    build(tmp_path, *made)
    assert {*kinds(build(tmp_path, *made)).values()} == {"same"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.json", "a.json"),
        ("a.json", "A.json"),
        ("Shop/a.json", "shop/b.json"),
        ("a.json", "a.json/b.json"),
        ("A.json", "a.json/b.json"),
        ("straße.json", "STRASSE.json"),
    ],
)
def test_plan_refuses_artifacts_that_collide(tmp_path: Path, one: str, other: str) -> None:
    made = [board(one, origin=Origin("one.py", 1)), board(other, origin=Origin("two.py", 2))]
    for pair in (made, made[::-1]):
        with pytest.raises(OutputError, match=r"made at (one\.py:1|two\.py:2)") as refused:
            plan(tmp_path, "build", pair, BOTH)
        assert refused.value.origin in (Origin("one.py", 1), Origin("two.py", 2))


def test_plan_refuses_one_artifact_given_twice(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="two artifacts have the path"):
        plan(tmp_path, "build", [board("a.json")] * 2, BOTH)


@pytest.mark.parametrize("folder", ["", "/etc", "../other", "grafana//x", ".git"])
def test_plan_refuses_a_territory_that_is_no_folder_of_the_output(tmp_path: Path, folder: str) -> None:
    with pytest.raises(OutputError):
        plan(tmp_path, "build", [], [Territory(format="x", folder=folder, suffix=".json")])


def test_plan_refuses_text_that_is_no_utf8(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="half a character at offset 1"):
        plan(tmp_path, "build", [board("a.json", "x\ud800\n")], BOTH)


def link(place: str, to: str) -> Callable[[Path, Path], None]:
    def arrange(root: Path, outside: Path) -> None:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(to.format(outside=outside, root=root))

    return arrange


def file(place: str) -> Callable[[Path, Path], None]:
    return lambda root, outside: void(put(root, place))


def folder(place: str) -> Callable[[Path, Path], None]:
    return lambda root, outside: (root / place).mkdir(parents=True)


def pipe(place: str) -> Callable[[Path, Path], None]:
    def arrange(root: Path, outside: Path) -> None:
        (root / place).parent.mkdir(parents=True)
        os.mkfifo(root / place)

    return arrange


def void(value: object) -> None:
    """Drop a value where a statement is wanted."""


TARGET = "build/grafana/dashboards/a.json"
PLACES: tuple[tuple[str, str, Callable[[Path, Path], None], str], ...] = (
    ("out is a link outside", "build", link("build", "{outside}"), "leads outside of the project"),
    ("out is a relative link outside", "build", link("build", "../outside"), "leads outside of the project"),
    ("out is a dangling link outside", "build", link("build", "{outside}/missing"), "leads outside of the project"),
    ("a folder on the way to out", "a/build", link("a", "{outside}"), "leads outside of the project"),
    ("out and back in", "a/b", link("a", "{outside}"), '"a" is a link'),
    ("out above the project", "../build", folder("x"), "outside of the project"),
    ("out is absolute", "/somewhere", folder("x"), "outside of the project"),
    ("out is a file", "build", file("build"), "is not a folder"),
    ("out lies in a file", "a/build", file("a"), '"a" is not a folder'),
    ("out links to itself", "build", link("build", "build"), "is not a folder"),
    ("a folder inside is a link outside", "build", link("build/grafana", "{outside}"), '"grafana" in the output folder is a link'),
    ("a territory is a link outside", "build", link("build/grafana/dashboards", "{outside}"), "is a link"),
    ("an unused territory is a link outside", "build", link("build/prometheus", "{outside}"), '"prometheus" in the output folder is'),
    ("a folder inside is a link inside", "build", link("build/grafana", "{root}/build/prometheus"), "is a link"),
    ("the target is a link outside the project", "build", link(TARGET, "{outside}/a.json"), "leads outside of the output folder"),
    ("the target is a link outside of out", "build", link(TARGET, "{root}/pyproject.toml"), "leads outside of the output folder"),
    ("the target is a dangling link outside", "build", link(TARGET, "/nowhere/a.json"), "leads outside of the output folder"),
    ("the target is a folder", "build", folder(TARGET), "is a folder where a file must go"),
    ("the target is a pipe", "build", pipe(TARGET), "is not a regular file"),
    ("a folder is a file", "build", file("build/grafana/dashboards"), "is a file where a folder must go"),
    ("an upper folder is a file", "build", file("build/grafana"), "is a file where a folder must go"),
    ("a folder is a pipe", "build", pipe("build/grafana"), "is a file where a folder must go"),
)


@pytest.mark.parametrize(("out", "arrange", "complaint"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_plan_refuses_a_place(tmp_path: Path, out: str, arrange: Callable[[Path, Path], None], complaint: str) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    put(outside, "stale.json")
    put(root, "pyproject.toml")
    arrange(root, outside)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=complaint) as refused:
        plan(root, out, [board("a.json")], BOTH)
    assert (refused.value.exit_code, refused.value.hint != "") == (2, True)
    assert tree(tmp_path) == before


def test_plan_takes_a_project_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "project").symlink_to("real")
    build(tmp_path / "project", board("a.json"))
    assert (tmp_path / "real" / TARGET).is_file()


# ---------------------------------------------------------------- applying


def test_apply_writes_replaces_and_deletes(tmp_path: Path) -> None:
    build(tmp_path, board("same.json"), board("changed.json", "1\n"), board("removed.json"))
    made = build(tmp_path, board("same.json"), board("changed.json", "2\n"), board("x/added.json"))
    assert kinds(made) == {"same.json": "same", "changed.json": "changed", "removed.json": "removed", "added.json": "added"}
    assert {path: value[0] for path, value in tree(tmp_path / "build").items() if isinstance(value, tuple)} == {
        "grafana/dashboards/same.json": b"{}\n",
        "grafana/dashboards/changed.json": b"2\n",
        "grafana/dashboards/x/added.json": b"{}\n",
    }


def test_apply_does_not_touch_unchanged_files(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"), board("b.json", "1\n"))
    before = os.stat(tmp_path / TARGET)
    build(tmp_path, board("a.json"), board("b.json", "2\n"))
    after = os.stat(tmp_path / TARGET)
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (before.st_ino, before.st_mtime_ns, before.st_ctime_ns)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o644)])
def test_apply_makes_files_0644_less_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        build(tmp_path, board("a.json"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(tmp_path / TARGET).st_mode) == mode


def test_apply_does_not_write_through_a_second_name(tmp_path: Path) -> None:
    other = put(tmp_path, "mine.json")
    (tmp_path / TARGET).parent.mkdir(parents=True)
    os.link(other, tmp_path / TARGET)
    build(tmp_path, board("a.json"))
    assert other.read_text() == "old\n"


def test_apply_drops_empty_folders_inside_territories_only(tmp_path: Path) -> None:
    build(tmp_path, board("x/y/a.json"), board("z/a.json"))
    (tmp_path / "build/other/empty").mkdir(parents=True)
    put(tmp_path, "build/grafana/dashboards/z/.gitkeep")
    build(tmp_path)
    found = {path for path, value in tree(tmp_path / "build").items() if value == "folder"}
    assert found == {"grafana", "grafana/dashboards", "grafana/dashboards/z", "other", "other/empty"}


def test_apply_deletes_a_leftover_of_a_killed_process(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"))
    left = put(tmp_path, f"build/grafana/dashboards/.a.json.{os.getpid()}.obskit-tmp", "half")
    build(tmp_path, board("a.json", "new\n"))
    assert not left.exists()


def test_apply_deletes_a_leftover_when_nothing_changes(tmp_path: Path) -> None:
    build(tmp_path, board("a.json"))
    left = put(tmp_path, "build/grafana/dashboards/.b.json.1.obskit-tmp", "half")
    build(tmp_path, board("a.json"))
    assert not left.exists()


NAMES = st.sampled_from(["a.json", "b.json", "x/a.json", "x/b.json", "x/y/a.json", "z/a.json"])
TEXTS = st.sampled_from(["", "1\n", "2\n", "é\n"])
TREES = st.dictionaries(NAMES, TEXTS)


@settings(max_examples=40, deadline=None)
@given(first=TREES, second=TREES)
def test_apply_leaves_exactly_the_artifacts_and_then_all_is_same(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, str], second: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("law")
    build(root, *(board(name, text) for name, text in first.items()))
    artifacts = [board(name, text) for name, text in second.items()]
    build(root, *artifacts)
    assert {change.kind for change in plan(root, "build", artifacts, BOTH).changes} <= {"same"}
    files = {path: value[0].decode() for path, value in tree(root / "build").items() if isinstance(value, tuple)}
    assert files == {artifact.path: artifact.text for artifact in artifacts}


# ---------------------------------------------------------------- all or nothing


def started(root: Path) -> tuple[Artifact, ...]:
    """A built project, and artifacts that change, add and remove files in it."""
    build(root, board("a.json", "1\n"), board("m.json", "1\n"), board("n.json", "1\n"), board("z.json", "1\n"), rule("stale.yaml"))
    return (board("a.json", "2\n"), board("m.json", "2\n"), board("new/deep/b.json"), board("z.json", "2\n"))


def planted_folder(root: Path) -> None:
    (root / "build/grafana/dashboards/z.json").unlink()
    put(root, "build/grafana/dashboards/z.json/mine.txt")


def planted_file(root: Path) -> None:
    put(root, "build/grafana/dashboards/new")


def planted_link(root: Path) -> None:
    put(root, "outside/x")
    (root / "build/grafana/dashboards/new").symlink_to(root / "outside")


def swapped_folder(root: Path) -> None:
    (root / "build/prometheus").rename(root / "moved")
    (root / "build/prometheus").symlink_to(root / "moved")


FAULTS: tuple[tuple[Callable[[Path], None], str], ...] = (
    (planted_folder, 'cannot write "build/grafana/dashboards/z.json": a folder stands where a file must go'),
    (planted_file, 'cannot write in "build/grafana/dashboards/new": a part of the path is not a folder'),
    (planted_link, 'cannot write in "build/grafana/dashboards/new": a link stands where none may be'),
    (swapped_folder, 'cannot write in "build/prometheus/rules": a link stands where none may be'),
)


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=[row[0].__name__ for row in FAULTS])
def test_apply_that_fails_leaves_the_tree_as_it_was(tmp_path: Path, fault: Callable[[Path], None], message: str) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    fault(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(OutputError) as failed:
        apply(made)
    assert (failed.value.message, failed.value.hint != "") == (message, True)
    assert tree(tmp_path) == before


def test_apply_that_may_not_write_a_whole_file_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    started(tmp_path)
    before = tree(tmp_path)
    script = """
import resource, sys
from pathlib import Path
from obskit.artifact import Artifact, Territory
from obskit.errors import OutputError
from obskit.store import apply, plan
at = "grafana/dashboards/"
made = [Artifact(path=at + "a.json", text="2", format="d"), Artifact(path=at + "x/b.json", text="x" * 30000, format="d")]
todo = plan(Path(sys.argv[1]), "build", made, [Territory(format="d", folder="grafana/dashboards", suffix=".json")])
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
try:
    apply(todo)
except OutputError as error:
    print(error.message)
"""
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert ran.stdout == 'cannot write "build/grafana/dashboards/x/b.json": the file is larger than this process may write\n'
    assert tree(tmp_path) == before


@pytest.fixture
def immutable() -> Iterator[Callable[[Path], None]]:
    """Make a file or folder immutable, which binds root too."""
    done: list[Path] = []

    def make(place: Path) -> None:
        if not shutil.which("chattr") or subprocess.run(["chattr", "+i", place], capture_output=True).returncode:
            pytest.skip("chattr +i needs root and a file system that knows it")
        done.append(place)

    yield make
    for place in done:
        subprocess.run(["chattr", "-i", place], check=True)


@pytest.mark.parametrize("name", ["z.json", "n.json"], ids=["replaced", "removed"])
def test_apply_that_fails_while_renaming_puts_the_old_files_back(tmp_path: Path, name: str, immutable: Callable[[Path], None]) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    before = tree(tmp_path)
    immutable(tmp_path / "build/grafana/dashboards" / name)
    with pytest.raises(OutputError, match="operation not permitted"):
        apply(made)
    assert tree(tmp_path) == before


def test_apply_refuses_an_unwritable_folder_before_it_stages(tmp_path: Path, immutable: Callable[[Path], None]) -> None:
    made = plan(tmp_path, "build", started(tmp_path), BOTH)
    times = os.stat(tmp_path / "build/grafana/dashboards").st_mtime_ns
    immutable(tmp_path / "build/prometheus/rules")
    with pytest.raises(OutputError, match='cannot write in "build/prometheus/rules": permission denied'):
        apply(made)
    assert os.stat(tmp_path / "build/grafana/dashboards").st_mtime_ns == times


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "obskit-test", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a tmpfs needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_apply_on_a_full_disk_leaves_the_tree_as_it_was(tiny_disk: Path) -> None:
    started(tiny_disk)
    before = tree(tiny_disk)
    made = plan(tiny_disk, "build", [board("a.json", "2\n"), board("x/b.json", "x" * 100_000)], BOTH)
    with pytest.raises(OutputError, match=r'cannot write "build/grafana/dashboards/x/b\.json": no space left on the disk'):
        apply(made)
    assert tree(tiny_disk) == before


def test_apply_on_a_read_only_disk_says_so(tiny_disk: Path) -> None:
    made = plan(tiny_disk, "build", started(tiny_disk), BOTH)
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(OutputError, match='cannot write in "build/grafana/dashboards": the file system is read-only'):
        apply(made)


def test_apply_without_changes_works_on_a_read_only_disk(tiny_disk: Path) -> None:
    build(tiny_disk, board("x/a.json"))
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    assert kinds(build(tiny_disk, board("x/a.json"))) == {"a.json": "same"}


def test_lock_on_a_read_only_disk_is_optional(tiny_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with locked(tiny_disk, optional=True) as held:
        assert not held
    with pytest.raises(OutputError, match="the file system is read-only"), locked(tiny_disk):
        pass


# ---------------------------------------------------------------- the cache

RECORD: cache.Record = {"key": "abc", "files": ["a.py"], "findings": []}


def test_cache_gives_back_what_was_saved(tmp_path: Path) -> None:
    cache.save(tmp_path, "build", RECORD)
    assert cache.load(tmp_path, "build") == RECORD


def test_cache_replaces_a_record_and_leaves_no_temporaries(tmp_path: Path) -> None:
    put(tmp_path, ".obskit/cache/.build.json.1.obskit-tmp", "half")
    cache.save(tmp_path, "build", {"old": 1})
    cache.save(tmp_path, "build", RECORD)
    assert (cache.load(tmp_path, "build"), os.listdir(tmp_path / ".obskit/cache")) == (RECORD, ["build.json"])


def test_cache_ignores_itself_in_git(tmp_path: Path) -> None:
    cache.save(tmp_path, "build", RECORD)
    assert (tmp_path / ".obskit/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"key":"abc"}',
        b'{"format":0,"name":"build","record":{"key":"abc"}}',
        b'{"format":1,"name":"other","record":{"key":"abc"}}',
        b'{"format":1,"name":"build","record":["key"]}',
        b"[" * 100_000,
    ],
    ids=lambda content: content[:40].decode("ascii", "replace"),
)
def test_cache_that_is_damaged_or_foreign_is_none(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, ".obskit/cache/build.json", content)
    assert cache.load(tmp_path, "build") is None


@pytest.mark.parametrize("blocked", [".obskit", ".obskit/cache", ".obskit/cache/build.json/x"])
def test_cache_that_cannot_be_saved_is_silent(tmp_path: Path, blocked: str) -> None:
    put(tmp_path, blocked)
    before = set(tree(tmp_path)) | {".obskit/.gitignore"}
    cache.save(tmp_path, "build", RECORD)
    assert cache.load(tmp_path, "build") is None
    assert set(tree(tmp_path)) <= before


@pytest.mark.parametrize("linked", [".obskit", ".obskit/cache"])
def test_cache_does_not_follow_a_link(tmp_path: Path, linked: str) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    put(outside, "mine")
    (root / linked).parent.mkdir(parents=True)
    (root / linked).symlink_to(outside)
    cache.save(root, "build", RECORD)
    assert os.listdir(outside) == ["mine"]


@pytest.mark.parametrize("name", ["../../x", "a/b", "prod.eu", "", "é", "x" * 300])
def test_cache_takes_any_name(tmp_path: Path, name: str) -> None:
    cache.save(tmp_path, name, RECORD)
    assert cache.load(tmp_path, name) == RECORD
    assert [entry.name for entry in tmp_path.iterdir()] == [".obskit"]


@pytest.mark.parametrize(
    ("until", "today", "found"),
    [
        (None, date(2027, 1, 1), True),
        ("2027-01-02", None, True),
        ("2027-01-02", date(2027, 1, 1), True),
        ("2027-01-02", date(2027, 1, 2), False),
        ("2027-01-02", date(2027, 12, 1), False),
        ("soon", date(2027, 1, 1), False),
        (7, None, False),
    ],
)
def test_cache_is_wrong_from_its_date_on(tmp_path: Path, until: object, today: date | None, found: bool) -> None:
    cache.save(tmp_path, "build", {"until": until})
    assert (cache.load(tmp_path, "build", today=today) is not None) == found


KEYS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("content", lambda root: cache.key([("a", put(root, "a", "2")), ("b", root / "b")], ["x"])),
    ("a label", lambda root: cache.key([("c", root / "a"), ("b", root / "b")], ["x"])),
    ("contents swapped", lambda root: cache.key([("a", root / "b"), ("b", root / "a")], ["x"])),
    ("a file more", lambda root: cache.key([("a", root / "a"), ("b", root / "b"), ("c", root / "c")], ["x"])),
    ("a file gone", lambda root: cache.key([("a", root / "gone"), ("b", root / "b")], ["x"])),
    ("an extra", lambda root: cache.key([("a", root / "a"), ("b", root / "b")], ["y"])),
    ("an extra cut", lambda root: cache.key([("a", root / "a"), ("b", root / "b")], ["x", ""])),
    ("an emptied file", lambda root: cache.key([("a", put(root, "a", "")), ("b", root / "b")], ["x"])),
)


@pytest.mark.parametrize("other", [row[1] for row in KEYS], ids=[row[0] for row in KEYS])
def test_cache_key_changes_with(tmp_path: Path, other: Callable[[Path], str]) -> None:
    put(tmp_path, "a", "1")
    put(tmp_path, "b", "b")
    before = cache.key([("a", tmp_path / "a"), ("b", tmp_path / "b")], ["x"])
    assert other(tmp_path) != before


def test_cache_key_does_not_change_with_order_or_time(tmp_path: Path) -> None:
    files = [("a", put(tmp_path, "a")), ("b", put(tmp_path, "b", "b"))]
    before = cache.key(files, ["x"])
    os.utime(tmp_path / "a", (1, 1))
    assert cache.key(files[::-1], ["x"]) == before


def test_cache_key_tells_a_missing_file_from_an_empty_one(tmp_path: Path) -> None:
    missing = cache.key([("a", tmp_path / "a")])
    put(tmp_path, "a", "")
    assert cache.key([("a", tmp_path / "a")]) != missing


def test_digest_files_is_empty_where_there_is_nothing_to_read(tmp_path: Path) -> None:
    present, missing, pipe_ = put(tmp_path, "a", "x" * 3_000_000), tmp_path / "b", tmp_path / "c"
    os.mkfifo(pipe_)
    digests = cache.digest_files([present, missing, tmp_path, pipe_])
    assert (len(digests[str(present)]), digests[str(missing)], digests[str(tmp_path)]) == (40, "", "")


def test_tree_is_sorted_and_skips_what_is_not_a_source(tmp_path: Path) -> None:
    for path in ("b.py", "a/c.py", "a.txt", "a/__pycache__/c.py", ".venv/d.py", "a/.hidden/e.py", "a/b/f.yaml"):
        put(tmp_path, path)
    assert cache.tree(tmp_path, (".py", ".yaml")) == [str(tmp_path / path) for path in ("a/b/f.yaml", "a/c.py", "b.py")]


def test_tree_follows_links_once(tmp_path: Path) -> None:
    put(tmp_path, "outside/shared/a.py")
    put(tmp_path, "src/b.py")
    (tmp_path / "src/linked").symlink_to("../outside/shared")
    (tmp_path / "src/loop").symlink_to("../src")
    assert cache.tree(tmp_path / "src", (".py",)) == [str(tmp_path / "src/b.py"), str(tmp_path / "src/linked/a.py")]


def test_tree_of_a_missing_folder_is_empty(tmp_path: Path) -> None:
    assert cache.tree(tmp_path / "none", ("",)) == []


def test_store_is_light_to_import() -> None:
    script = "import sys; before = set(sys.modules); import obskit.store; print(*sorted(set(sys.modules) - before), sep='\\n')"
    ran = subprocess.run([sys.executable, "-S", "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    heavy = {"json", "hashlib", "tempfile", "shutil", "difflib", "datetime", "subprocess", "importlib.metadata", "yaml", "pathlib"}
    assert not heavy & set(ran.stdout.split())
