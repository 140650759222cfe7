"""The rooms of a package: its public modules, by name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from author import project

from obskit import rooms


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An installed package with some rooms."""
    files = ["__init__.py", "b_c.py", "import_.py", "_private.py", "pack/__init__.py", "data/x.json", "note.txt"]
    project(tmp_path, {f"plug_in_rooms/{file}": "" for file in files})
    monkeypatch.syspath_prepend(tmp_path)
    yield "plug_in_rooms"
    for name in [name for name in sys.modules if name.startswith("plug_in_rooms")]:
        del sys.modules[name]


def test_room_names_are_ids_of_modules_that_are_not_imported(plug_in: str) -> None:
    assert (rooms.names(plug_in), f"{plug_in}.b_c" in sys.modules) == (("b-c", "import", "pack"), False)


def test_rooms_are_the_public_modules_by_name(plug_in: str) -> None:
    assert [one.__name__ for one in rooms.rooms(plug_in)] == [f"{plug_in}.{name}" for name in ("b_c", "import_", "pack")]
    assert rooms.room(plug_in, "import").__name__ == f"{plug_in}.import_"
