"""JSON and YAML text, the same bytes for the same data; the only place that dumps either."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from obskit.annotation import bare
from obskit.model import Json

WIDTH = 100
"""Text of one line up to this length stays in line in YAML; longer or broken text becomes a block."""

_UNPLAIN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Beyond the control characters that JSON escapes: line breaks to YAML, and what it calls not printable (YAML 1.2.2, 5.1)."""

_BREAKS = frozenset("\r\x85\u2028\u2029")
"""Line breaks to YAML 1.1 that PyYAML reads back as others, unless they are escaped."""

_TAKEN = re.compile(
    r"[yYnN]|[0-9]+(?::[0-9]+)+|[-+]?0[bBoOxX][0-9a-fA-F_]+"
    r"|[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
)
"""Text that PyYAML would write plain and others take for a truth value, a number or a time (YAML 1.2, Go's library): it is quoted."""


def json_text(data: Json) -> str:
    """JSON with two blanks of indent, in the order of the keys, non-ASCII text as it is, a newline at the end."""
    import orjson

    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def json_line(data: Json) -> str:
    """JSON on one line, as short as it gets; characters that YAML has no plain form for are escaped."""
    import orjson

    return _UNPLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", orjson.dumps(data).decode())


def as_read(data: Json) -> Json:
    """The data as a reader of its JSON has it: text and numbers of no class of their own."""
    import orjson

    return dict(orjson.loads(orjson.dumps(data)))


def yaml_text(data: Json, comment: str = "") -> str:
    """YAML in the order of the keys; long and multi-line text as literal blocks. `comment` becomes the first line."""
    import yaml

    body = yaml.dump(data, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=10**9, default_flow_style=False)
    return (f"# {comment}\n" if comment else "") + body


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Indents lists under their key, and never writes anchors."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # PyYAML's signature
            super().increase_indent(flow, False)

        def ignore_aliases(self, _data: Any) -> bool:
            return True

    def text(dumper: Any, value: str) -> Any:
        style = "|" if "\n" in value or len(value) > WIDTH else None
        if _TAKEN.fullmatch(value):
            style = "'"
        if not _BREAKS.isdisjoint(value):
            style = '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    Dumper.add_multi_representer(str, lambda dumper, value: text(dumper, bare(value)))  # members of a StrEnum, and their like
    return Dumper


def yaml_around(data: Json, line: str, comment: str = "") -> str:
    """YAML whose last member is a block that holds `line` and no line break; `data` has an empty text there.

    The line goes in as it is: a dashboard is large, and YAML libraries go through text character by character.
    """
    head, last = yaml_text(data, comment).removesuffix(" ''\n").rsplit("\n", 1)
    indent = " " * (len(last) - len(last.lstrip()) + 2)
    return f"{head}\n{last} |-\n{indent}{line}\n"
