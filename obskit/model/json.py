"""The one alias for JSON on its way in or out, and the key under which a note travels with it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

NOTE = "__obskit_note__"
"""Dicts made from an author's objects carry a `Note` under this key until the board is complete; it never reaches a file."""
