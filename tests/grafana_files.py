"""How Grafana reads a provisioning file of alerting: YAML by a library that is not ours, interpolation field by field.

Written from Grafana's packages `provisioning/values` and `provisioning/alerting`: a text is split at `$$`, environment variables
are replaced in the parts, and the parts are joined by `$`. Annotations are read as they are, or with only `${NAME}` replaced.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

ENVIRONMENT: Mapping[str, str] = {"HOME": "!home!", "labels": "!labels!", "value": "!value!"}
"""Other variables are empty, as they are to Grafana."""
_ANY = re.compile(r"\$(?:__\w+\{[^}]+\}|\{[^}]*\}|[A-Za-z_]\w*|[*#$@!?0-9-]|(?=\{))")
_BRACED = re.compile(r"\$(?:__\w+)?\{([^}]+)\}")
_CONSTANT = re.compile(r'\{\{ ("(?:[^"\\]|\\.)*") \}\}')


def loaded(text: str) -> Any:
    """The file as YAML 1.2."""
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


def interpolated(text: str) -> str:
    """A text as Grafana reads it from most fields."""
    return "$".join(_ANY.sub(lambda found: ENVIRONMENT.get(found[0].strip("${}"), ""), part) for part in text.split("$$"))


def read(rule: Mapping[str, Any], *, braced: bool) -> dict[str, Any]:
    """Title, labels and annotations of a rule as Grafana keeps them; `braced`: as versions do that replace `${NAME}` in annotations."""
    annotations = dict(rule.get("annotations", {}))
    if braced:
        annotations = {name: _BRACED.sub(lambda found: ENVIRONMENT.get(found[1], ""), text) for name, text in annotations.items()}
    return {
        "title": interpolated(rule["title"]),
        "labels": {name: interpolated(text) for name, text in rule.get("labels", {}).items()},
        "annotations": annotations,
        "models": [item["model"] for item in rule["data"]],
    }


def printed(template: str) -> str:
    """What a template prints that has only constants in it."""
    return _CONSTANT.sub(lambda found: str(json.loads(found[1].replace("\\x", "\\u00"))), template)
