"""What differs where a project is delivered: `[tool.obskit.env.<name>]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from obskit.naming import is_label_name, is_uid
from obskit.settings.delivery import docs_address
from obskit.settings.table import Table, line_of

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """One environment, for example `prod`.

    `datasources`: kind of datasource (`prometheus`, `tempo`, `loki`) or name of a datasource variable to the uid it has there.
    `labels` are added to every alert that does not set them. `folder_prefix` stands before the title of every Grafana folder.
    `receivers`: name of a receiver to the one that is told instead, `"*"` for all others. `docs_url` is the address under which
    its own pages can be read, if not beside those of the portable build. `params`: values of declared parameters by name.
    `lines`, `receiver_lines` and `source_lines` are the lines of pyproject.toml where params, receivers and datasources stand.
    """

    name: str
    datasources: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    folder_prefix: str = ""
    receivers: Mapping[str, str] = field(default_factory=dict)
    docs_url: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    receiver_lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    source_lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)


def environments(outer: Table, text: str) -> dict[str, Environment]:
    """The environments of the table `[tool.obskit.env]`; `text` is the file they stand in."""
    found = {}
    for name in outer.given:
        if not _NAME.fullmatch(name):
            hint = "lower-case letters, digits, - and _: it becomes a folder"
            raise outer.wrong(name, f'"{name}" is not the name of an environment', hint)
        table = outer.table(name)
        datasources, labels = table.texts("datasources"), table.texts("labels")
        for kind, uid in datasources.items():
            if not is_uid(uid):
                hint = "at most 40 letters, digits, - and _"
                raise table.wrong("datasources", f'{table.name}.datasources.{kind}: "{uid}" is not a uid', hint)
        for label in labels:
            if not is_label_name(label):
                raise table.wrong("labels", f'{table.name}.labels: "{label}" is not a label name', "letters, digits and _, no digit first")
            if label == "alertname":
                hint = "Prometheus puts it in its place: another label"
                raise table.wrong("labels", f'{table.name}.labels: "{label}" is the name of each alert', hint)
        params, receivers = table.table("params"), table.texts("receivers")
        found[name] = Environment(
            name=name,
            datasources=datasources,
            labels=labels,
            folder_prefix=table.string("folder_prefix", ""),
            receivers=receivers,
            docs_url=docs_address(table, "docs_url"),
            params=dict(params.given),
            lines={param: line for param in params.given if (line := line_of(text, params.name, param))},
            receiver_lines={one: line for one in receivers if (line := line_of(text, f"{table.name}.receivers", one))},
            source_lines={one: line for one in datasources if (line := line_of(text, f"{table.name}.datasources", one))},
        )
        table.finish()
    return found
