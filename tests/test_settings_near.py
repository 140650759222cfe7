"""Whether there is a project near, for commands that need none."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import write

from obskit import settings
from obskit.errors import SettingsError

NEAR = [
    ({"pyproject.toml": "[tool.obskit]\n"}, True),
    ({"pyproject.toml": "[tool.obskit.lint]\n"}, True),
    ({"pyproject.toml": "[tool]\nobskit = { out = 'out', rules = ['r'] }\n", "r/a.py": ""}, True),
    ({"pyproject.toml": "tool.obskit.rules = ['r']\n", "r/a.py": ""}, True),
    ({"pyproject.toml": "[ tool . 'obskit' ]\n"}, True),
    ({"pyproject.toml": "# [tool.obskit]\n"}, False),
    ({"pyproject.toml": "tool = 1\n"}, False),
    ({"pyproject.toml": "[project\n"}, False),
    ({"pyproject.toml": "", "rules_src/a.py": ""}, True),
    ({"pyproject.toml": "[tool.other]\n"}, False),
    ({"other.txt": ""}, False),
]


@pytest.mark.parametrize(("files", "is_near"), NEAR)
def test_project_is_a_pyproject_that_speaks_of_obskit(tmp_path: Path, files: dict[str, str], is_near: bool) -> None:
    write(tmp_path, files)
    assert (settings.near(tmp_path) is not None) is is_near


def test_project_above_is_near(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/a.py": "", "deep/down/x": ""})
    found = settings.near(tmp_path / "deep/down")
    assert found is not None
    assert found.root == tmp_path


@pytest.mark.parametrize("text", ["[tool.obskit\n", "[tool]\nobskit = {\n", "[tool.obskit]\nfolder = '\xff'\n"])
def test_project_whose_settings_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"pyproject.toml": text.encode("latin-1")})
    with pytest.raises(SettingsError):
        settings.near(tmp_path)


def test_project_with_wrong_settings_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\nfolders = 1\n"})
    with pytest.raises(SettingsError):
        settings.near(tmp_path)
