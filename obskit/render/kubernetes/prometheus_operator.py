"""Rule files as PrometheusRule objects of the Prometheus operator.

Form: `monitoring.coreos.com/v1`; its `spec` is what the rules format writes as a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.artifact import Artifact
from obskit.naming import object_name
from obskit.origin import Origin
from obskit.render.encode import yaml_text
from obskit.render.kubernetes.objects import TERRITORY, comment, metadata
from obskit.render.rule_files import origins, rule_files


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`prometheus-operator/<rule file>.yaml`, one a rule file."""
    for file, data in rule_files(analysed):
        made = {
            "apiVersion": "monitoring.coreos.com/v1",
            "kind": "PrometheusRule",
            "metadata": metadata(name(file.name), analysed.project.settings.kubernetes),
            "spec": data,
        }
        yield Artifact(
            path=f"{TERRITORY.folder}/prometheus-operator/{file.name}{TERRITORY.suffix}",
            text=yaml_text(made, comment(file.module)),
            format=TERRITORY.format,
            origin=Origin(file.module),
            sources=(file.module,),
            data=made,
            origins={("spec", *place): origin for place, origin in origins(file)},
        )


def name(rule_file: str) -> str:
    """The object's name: that of the rule file, a module's, with `-` (which no module has) for `_`."""
    return object_name(rule_file.replace("_", "-"))
