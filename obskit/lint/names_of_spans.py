"""Names of attributes that are not what they seem: arithmetic without spaces, and names of another scope."""

from __future__ import annotations

import re

from obskit.analysis import Analysed
from obskit.traceql import Field

_SIGN = re.compile(r"[-+*/%]")
_OF_RESOURCES = re.compile(
    r"service\.(?:name|namespace|version|instance\.id)|telemetry\.(?:sdk|distro|auto)\..+|deployment\.environment(?:\.name)?"
    r"|(?:k8s|host|cloud|container|os|process\.runtime)\..+"
)


def arithmetic(analysed: Analysed, name: str) -> str:
    """The declared attribute at the beginning of an undeclared name that goes on with an operator; empty where there is none."""
    if name in analysed.attributes:
        return ""
    starts = [name[: sign.start()] for sign in _SIGN.finditer(name)]
    return next((start for start in reversed(starts) if start in analysed.attributes), "")


def of_resource(name: str) -> bool:
    """Whether OpenTelemetry has the attribute on resources."""
    return _OF_RESOURCES.fullmatch(name) is not None


def foreign_scope(analysed: Analysed, field: Field) -> str:
    """The scope a field is of when it is written with another one; empty where it is written right, or nothing is known.

    Of a resource's attributes, only one that is declared as a number of spans is surely none: texts such as a region can be both.
    """
    name = field.name
    if field.scope == "span":
        return "resource" if name not in analysed.attributes and of_resource(name) else ""
    if field.scope == "resource":
        found = analysed.attributes.get(name, ())
        return "span" if found and all(one.type in ("int", "float") for one in found) and not of_resource(name) else ""
    return ""
