"""An outcome as one JSON object on stdout, for programs."""

from __future__ import annotations

import json
from typing import Any

import click

from obskit.finding import Finding
from obskit.workflow.outcome import Outcome


def show(outcome: Outcome, *, quiet: bool) -> None:  # noqa: ARG001  # the same call for every way to show
    """Findings, files that differ, and the exit code."""
    data = {
        "findings": [_finding(finding) for finding in outcome.findings],
        "changes": [
            {"path": f"{outcome.out}/{change.path}", "kind": change.kind, "sources": list(change.sources)} for change in outcome.differing
        ],
        "files": len(outcome.changes),
        "written": outcome.written,
        "exit_code": outcome.exit_code,
    }
    click.echo(json.dumps(data, indent=2))  # ASCII: safe on any terminal, whatever a title holds


def _finding(finding: Finding) -> dict[str, Any]:
    origin = finding.origin
    return {
        "id": finding.id,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "path": origin.path if origin else None,
        "line": origin.line or None if origin else None,
        "where": origin.where if origin else "",
        "caller": origin.caller if origin else "",
        "query": finding.query,
        "span": list(finding.span) if finding.span else None,
    }
