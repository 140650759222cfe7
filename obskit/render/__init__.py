"""Formats: pure functions from an analysed project to the files that deliver it.

A format is a folder here: `TERRITORIES` are the folders it owns in the output, `artifacts(analysed)` yields its files, and
`schema.json` says what they may hold. `findings(analysed, artifacts)`, where there is one, tells what those who take the files
cannot hold, or have no word for.
"""

from obskit.render.running import disabled, findings, formats, run, territories

__all__ = ["disabled", "findings", "formats", "run", "territories"]
