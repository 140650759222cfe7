"""What a build remembers: records, keys, digests and the trees they are made of."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from store_trees import put, tree

from obskit.store import cache

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
