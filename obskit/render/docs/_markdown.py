"""Text that stands in Markdown as itself: GitHub Flavored Markdown, which GitLab, Gitea and Grafana's own pages read alike.

Source of the rules: the GFM specification, 2.4 (backslash escapes), 4.5 (fenced code), 4.10 (tables), 6.1 (code spans).
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]|~#])")
_START = re.compile(r"^(\s*\d*)(?:(?<!\d)([-+=])|(?<=\d)([.)])(?=\s|$))")
_DECIDES = r"\{\{-?\s*(?:if|else|end|with|range|template|define|block)\b"
_WITH = re.compile(r"\{\{\s*with\s+\$labels\.(\w+)\s*\}\}((?:(?!" + _DECIDES + r").)*)\{\{\s*end\s*\}\}", re.DOTALL)
_ADDRESS = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]")


def text(value: str) -> str:
    """Prose on one line; nothing in it is markup."""
    return _escaped(" ".join(value.split()))


def template(value: str) -> str:
    """A templated sentence of an alert: its value and labels stand out by their names. One with conditions is shown as it is.

    What is said only with a label that is there (`{{ with $labels.x }} at {{ . }}{{ end }}`) is said.
    """
    given = _WITH.sub(lambda match: re.sub(r"\{\{\s*\.\s*\}\}", f"{{{{ $labels.{match[1]} }}}}", match[2]), value)
    parts = re.split(r"(\{\{.*?\}\})", given, flags=re.DOTALL)
    told = [_action(part) if index % 2 else _escaped(" ".join(re.split(r"\s+", part))) for index, part in enumerate(parts)]
    return text(value) if None in told else "".join(part for part in told if part is not None).strip()


def _action(action: str) -> str | None:
    """What an action of a template puts in: a label, the value; None when it decides something."""
    label = re.fullmatch(r"\{\{-?\s*\$labels\.(\w+)\s*-?\}\}", action)
    if label:
        return f"*{_escaped(label[1])}*"
    decides = re.match(_DECIDES, action)
    return "*the value*" if "$value" in action and not decides else None


def cell(value: str) -> str:
    """A code span in a table's cell, where a bar would end the cell even inside code."""
    return code(value).replace("|", "\\|")


def code(value: str) -> str:
    """A code span."""
    line = " ".join(value.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def block(value: str, language: str = "") -> str:
    """A block of code."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", value)), default=0) + 1)
    return f"{fence}{language}\n{value.rstrip()}\n{fence}"


def address(value: str) -> str:
    """The target of a link; what could end it is percent-encoded."""
    return _ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), value)


def _escaped(line: str) -> str:
    plain = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _START.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", plain))
