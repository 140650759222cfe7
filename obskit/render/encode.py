"""JSON and YAML text, the same bytes for the same data; the only place that dumps either."""

from __future__ import annotations

import re
from typing import Any

from obskit.model import Json

WIDTH = 100
"""Text of one line up to this length stays in line in YAML; longer or broken text becomes a block."""

_BREAKS = frozenset("\r\x85\u2028\u2029")
"""Line breaks to YAML 1.1 that PyYAML reads back as others, unless they are escaped."""

_GUESSED = re.compile(r"[yYnN]|[0-9]+(?::[0-9]+)+|[-+]?(?:0o[0-7_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)[eE][-+]?[0-9]+)")
"""Texts that other YAML libraries take for a truth value, a number or a time where PyYAML does not (Go's, YAML 1.2): they are quoted."""


def json_text(data: Json) -> str:
    """JSON with two blanks of indent, in the order of the keys, non-ASCII text as it is, a newline at the end."""
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def yaml_text(data: Json, comment: str = "") -> str:
    """YAML in the order of the keys; long and multi-line text as literal blocks. `comment` becomes the first line."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Indents lists under their key, and never writes anchors."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # PyYAML's signature
            super().increase_indent(flow, False)

        def ignore_aliases(self, _data: Any) -> bool:
            return True

    def text(dumper: Any, value: str) -> Any:
        style = "|" if "\n" in value or len(value) > WIDTH else "'" if _GUESSED.fullmatch(value) else None
        if not _BREAKS.isdisjoint(value):
            style = '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    body = yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False)
    return (f"# {comment}\n" if comment else "") + body
