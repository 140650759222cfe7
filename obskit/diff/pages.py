"""What a runbook page says that no rule file holds: the first steps."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from obskit.diff.forms import FileForm

_SECTION = re.compile(r"^### First steps\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\d+\. (.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\(?=[^A-Za-z0-9\s])")


def page(path: str, text: str) -> FileForm:
    """The page as far as it is compared; all else on it is made of the alert and told with it."""
    steps = [html.unescape(_ESCAPED.sub("", step)) for section in _SECTION.findall(text) for step in _STEP.findall(section)]
    return FileForm(path=path, data={"runbooks": [{"name": PurePosixPath(path).stem, "steps": steps}]})
