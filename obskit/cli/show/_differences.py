"""The ways to show a difference; text, markdown for a pull request, JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

from obskit.cli.show import _difference_json, _difference_markdown, _difference_text

SHOWS: dict[str, Callable[..., None]] = {
    "text": _difference_text.show,
    "markdown": _difference_markdown.show,
    "json": _difference_json.show,
}
"""By the name of the format: each takes what came of a comparison, and `quiet`."""
