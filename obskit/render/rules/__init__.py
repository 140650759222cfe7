"""Prometheus rule files: alerts and recording rules, one file a module.

Form: rule files of Prometheus, as `promtool check rules` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.origin import Origin
from obskit.render.encode import yaml_text
from obskit.render.rule_files import origins, rule_files

TERRITORY = Territory(format="rules", folder="prometheus/rules", suffix=".yaml")
TERRITORIES = (TERRITORY,)


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """One file a module that declares rules: `prometheus/rules/<dotted module path>.yaml`."""
    for file, data in rule_files(analysed):
        yield Artifact(
            path=f"{TERRITORY.folder}/{file.name}{TERRITORY.suffix}",
            text=yaml_text(data, f"Built by obskit from {file.module}. Do not edit."),
            format=TERRITORY.format,
            origin=Origin(file.module),
            sources=(file.module,),
            data=data,
            origins=dict(origins(file)),
        )
