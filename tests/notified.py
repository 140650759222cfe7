"""A project that declares notifications, loaded and understood; and Grafana's own way to read what it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from project import write

from obskit import analysis, settings, source
from obskit.analysis import Analysed

HEAD = """\
from obskit.catalog import not_, one_of, regex
from obskit.notify import *
"""
SMTP = '[tool.obskit.alertmanager.smtp]\nsmarthost = "mail.example.com:587"\nfrom = "alerts@example.com"\n'
AWKWARD = (
    "$", "$$", "$$$", "${X}", "$X", "a$", "$ a", "$__x", "{{ $labels.x }}", '"quoted"', "it's", "back\\slash", "\\n", "two\nlines\n",
    "  indented\nand not", "a\ttab", "价格告警", "😀", "line\u2028break", "\u0085next", "\ufefffirst", "100 %",
    "# comment", "a # comment", "- dash",
    "!bang", "*star", "@at", "&and", "yes", "y", "N", "1e3", "0o7", "0x1f", "1_000", "null", "~", "", "key: value", "{a}", "[a]",
    "trailing ", " leading", "`", "|", ">", "%", "?", "x" * 2000, "12:30:45", "2027-01-01", "=", "<<", ".inf", "\r\n",
)  # fmt: skip
"""Texts that formats may read as something else."""


def notified(root: Path, declarations: str, toml: str = "", environment: str = "") -> Analysed:
    """The project that declares this."""
    write(root, {"pyproject.toml": "[tool.obskit]\n" + toml, "rules_src/notifications.py": HEAD + declarations})
    chosen = settings.load(root)
    return analysis.run(source.load(chosen.built_for(environment) if environment else chosen))


def interpolated(value: Any, environment: Mapping[str, str]) -> Any:
    """What Grafana's provisioning makes of a value that it interpolates: every text in it, no key, no number."""
    if isinstance(value, str):
        return "$".join(_expanded(part, environment) for part in value.split("$$"))
    if isinstance(value, dict):
        return {key: interpolated(item, environment) for key, item in value.items()}
    return [interpolated(item, environment) for item in value] if isinstance(value, list) else value


def _expanded(text: str, environment: Mapping[str, str]) -> str:
    """Go's `os.ExpandEnv` after Grafana's own `$__env{X}` and `$__file{/p}`."""
    own = re.sub(r"\$__env\{([^}]+)\}", lambda found: environment.get(found[1], ""), text)
    own = re.sub(r"\$__file\{([^}]+)\}", lambda found: environment.get(found[1], ""), own)
    pattern = r"\$(?:\{([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*)|([*#$@!?0-9-]))"
    return re.sub(pattern, lambda found: environment.get(found[1] or found[2] or found[3] or "", ""), own)
