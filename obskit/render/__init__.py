"""Formats: pure functions from an analysed project to the files that deliver it.

A format is a folder here: `TERRITORY` is the folder it owns in the output, `artifacts(analysed)` yields its files, and
`schema.json` says what they may hold.
"""

from obskit.render.running import disabled, formats, run, territories

__all__ = ["disabled", "formats", "run", "territories"]
