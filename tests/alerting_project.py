"""A small project built as Grafana-managed rules, and what is in its files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obskit import analysis, lint, render, source
from obskit.artifact import Artifact
from obskit.finding import Finding
from obskit.render.validate import findings as refused
from obskit.settings import load

PRELUDE = "from obskit.catalog import *\nfrom obskit.rules import *\n"
SETTINGS = """\
[tool.obskit]
formats = ["dashboards", "rules", "alerting"]
[tool.obskit.lint]
unknown = "off"
[tool.obskit.env.prod]
datasources = { prometheus = "prom-uid", tempo = "tempo-uid" }
"""


@dataclass(frozen=True, slots=True)
class Built:
    """`files` are the alerting files by name, `found` what the format says of them, `linted` what the checks say."""

    files: dict[str, Any]
    texts: dict[str, str]
    found: tuple[Finding, ...]
    linted: tuple[Finding, ...]
    artifacts: tuple[Artifact, ...]

    def rules(self) -> Iterator[dict[str, Any]]:
        for file in self.files.values():
            for group in file.get("groups", ()):
                yield from group["rules"]

    @property
    def rule(self) -> dict[str, Any]:
        (one,) = self.rules()
        return one

    def called(self, title: str) -> dict[str, Any]:
        (one,) = (rule for rule in self.rules() if rule["title"] == title)
        return one

    def said(self, severity: str = "") -> list[str]:
        return [finding.message for finding in self.found if not severity or finding.severity == severity]


def built(root: Path, rules: str, *, env: str = "prod", targets: str = "", settings: str = SETTINGS, boards: str = "") -> Built:
    """The project with the module `rules_src/shop.py` of that text; `targets` is the version of Grafana."""
    versions = f'[tool.obskit.targets]\ngrafana = "{targets}"\n' if targets else ""
    for path, text in (("pyproject.toml", settings + versions), ("rules_src/shop.py", PRELUDE + rules), ("dashboards_src/shop.py", boards)):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    loaded = load(root)
    project = source.load(loaded.built_for(env) if env else loaded)
    assert [finding.message for finding in project.findings] == []
    analysed = analysis.run(project)
    formats = render.formats(project.settings)
    artifacts = render.run(analysed, formats)
    assert [finding.message for finding in refused(artifacts)] == []
    mine = [artifact for artifact in artifacts if artifact.format == "alerting"]
    return Built(
        files={Path(artifact.path).stem: artifact.data for artifact in mine},
        texts={Path(artifact.path).stem: artifact.text for artifact in mine},
        found=tuple(render.findings(analysed, formats, artifacts)),
        linted=lint.run(analysed, today=datetime.date(2027, 1, 31)),
        artifacts=artifacts,
    )
