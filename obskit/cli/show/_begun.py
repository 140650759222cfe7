"""What `obskit init` made, and what comes next: for people, on stderr."""

from __future__ import annotations

from obskit.cli.show._words import printable
from obskit.cli.show.text import show, tell
from obskit.workflow.init import Begun


def as_text(begun: Begun, folder: str, *, quiet: bool) -> None:
    """Findings, the files that were written, those that were left alone with what they may get, and the next steps."""
    if not begun.files:
        show(begun.outcome, quiet=quiet)
        return
    if quiet:
        return
    tell(printable(f"{len(begun.files)} files written in {folder}:"))
    for path in begun.files:
        tell(printable(f"  {path}"))
    for path, lines in begun.kept:
        tell(printable(f"{path} is there already and was left as it is; if you like, add:"))
        for line in lines:
            tell(printable(f"  {line}".rstrip()))
    for note in begun.notes:
        tell(printable(f"note: {note}"))
    tell("next:")
    for step in begun.next:
        tell(printable(f"  {step}"))
