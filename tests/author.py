"""An author's modules on disk, and what loading them gives."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from obskit.finding import Finding
from obskit.source.modules import Loaded, load

Files = dict[str, str]


def project(root: Path, files: Files) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def loaded(root: Path, files: Files, *folders: str) -> Loaded:
    return load(project(root, files), folders or ("src",))


def only(result: Loaded) -> Finding:
    assert len(result.findings) == 1, result.findings
    return result.findings[0]


def names(result: Loaded) -> list[str]:
    assert result.findings == ()
    return [one.file.module for one in result.modules]


def module(result: Loaded, name: str) -> ModuleType:
    assert result.findings == ()
    return next(one.module for one in result.modules if one.file.module == name)
