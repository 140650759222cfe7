"""What amtool says of a configuration: whether it loads, and who is told of an alert.

Debian's amtool is 0.25: keys that are newer (`url_file` of a webhook, `api_secret_file` of WeCom) are replaced by literal dummies in
the copy it reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tools import run_tool

NEWER = (
    (re.compile(r"(?m)^(\s*(?:- )?)url_file: .*$"), r"\1url: http://dummy.example.com/"),
    (re.compile(r"(?m)^(\s*(?:- )?)api_secret_file: .*$"), r"\1api_secret: dummy"),
    (re.compile(r"(?m)^templates:\n(?:  - .*\n)+"), ""),  # it looks for the files
)


def readable(text: str, path: Path) -> Path:
    """The configuration in a file, as this amtool can read it."""
    for newer, dummy in NEWER:
        text = newer.sub(dummy, text)
    path.write_text(text, "utf-8")
    return path


def check(config: Path) -> str:
    return run_tool("amtool", "check-config", str(config))


def told(config: Path, labels: Mapping[str, str]) -> list[str]:
    """The receivers of an alert, in the order of the tree."""
    given = [f"{name}={quoted(value)}" for name, value in labels.items()]
    said = run_tool("amtool", "config", "routes", "test", f"--config.file={config}", *given)
    return [line for line in said.splitlines() if line and not line.startswith("Warning")][-1].split(",")


def quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
