"""An outcome as a SARIF log on stdout, for code scanning and editors; the closing line on stderr.

Format: Static Analysis Results Interchange Format 2.1.0, OASIS standard. In messages braces stand doubled (section 3.11.5);
the pages of checks are never filled in, and are given as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from obskit import __version__
from obskit.cli.show._words import closing, everything, from_here, inside, one_line, page_lines
from obskit.cli.show.json import dump
from obskit.finding import Finding, Severity
from obskit.lint import Page, pages
from obskit.settings import Settings
from obskit.workflow.outcome import Outcome

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""What a path in a URI may hold as it is: RFC 3986's unreserved characters and the slash."""


def show(outcome: Outcome, *, quiet: bool) -> None:
    """One run: every check there is as a rule, and a result for each finding, each file that differs and each stranger."""
    findings = tuple(everything(outcome))
    rules = _rules(outcome.settings, findings)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "obskit", "version": __version__, "rules": rules}},
        "invocations": [{"executionSuccessful": True, "exitCode": outcome.exit_code}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that obskit ran in, or the project's."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(findings, index, _Places(outcome)),
    }
    dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})
    if not quiet or outcome.failed:
        click.echo(closing(outcome), err=True)


def _rules(settings: Settings | None, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Every check that is not off; of an id without a page only what its findings say."""
    known = [page for page in pages(*((settings.plugins, settings.lint) if settings else ())) if page.level]
    others = {finding.id: finding.severity for finding in findings} | {page.id: None for page in known}
    bare = [{"id": name, "defaultConfiguration": {"level": _LEVELS[level]}} for name, level in others.items() if level]
    return [*map(_rule, known), *bare]


def _rule(page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "shortDescription": {"text": page.first},
        "fullDescription": {"text": f"{page.first}\n\n{page.prose}".strip()},
        "help": {"text": "\n".join(page_lines(page)), "markdown": _markdown(page)},
        "defaultConfiguration": {"level": _LEVELS[page.level or page.usual]},
    }


def _markdown(page: Page) -> str:
    parts = [f"**{page.first}**", page.prose]
    for title, language, blocks in (("Settings", "toml", page.settings), ("Bad", "python", page.bad), ("Good", "python", page.good)):
        parts += [f"{title}:\n\n```{language}\n{block}\n```" for block in blocks]
    return "\n\n".join(part for part in parts if part)


def _results(findings: Sequence[Finding], index: dict[str, int], places: _Places) -> list[dict[str, Any]]:
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for finding in findings:
        identity = finding.identity()
        results.append(_result(finding, index[finding.id], _print((*identity, str(seen[identity]))), places))
        seen[identity] += 1
    return results


def _result(finding: Finding, rule: int, fingerprint: str, places: _Places) -> dict[str, Any]:
    said = [finding.message, inside(finding), f"hint: {finding.hint}" if finding.hint else ""]
    text = "\n".join(one_line(part) for part in said if part)
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text.replace("{", "{{").replace("}", "}}")},
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if finding.origin:
        location: dict[str, Any] = {"physicalLocation": places.at(finding.origin.path, finding.origin.line)}
        if where := finding.origin.where:
            location["logicalLocations"] = [{"name": where.rpartition(", ")[2], "fullyQualifiedName": where}]
        result["locations"] = [location]
        path, _, line = finding.origin.caller.rpartition(":")
        if line.isdigit():
            result["relatedLocations"] = [{"physicalLocation": places.at(path, int(line)), "message": {"text": "called from here"}}]
    if finding.query:
        result["properties"] = {"query": finding.query, "span": list(finding.span or ())}
    return result


class _Places:
    """The places findings are at, with the source line where there is one; each file is read once."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._lines: dict[str, list[str]] = {}

    def at(self, path: str, line: int) -> dict[str, Any]:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(from_here(path, self._outcome)), "uriBaseId": _ROOT}}
        if line:
            lines = self._of(path)
            snippet = {"snippet": {"text": lines[line - 1]}} if line <= len(lines) else {}
            place["region"] = {"startLine": line, **snippet}
        return place

    def _of(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                data = (self._outcome.settings.root / path).read_bytes() if self._outcome.settings else b""
            except OSError:  # gone meanwhile
                data = b""
            self._lines[path] = [line.rstrip("\r") for line in data.decode(errors="replace").split("\n")] if data else []
        return self._lines[path]


def _uri(path: str) -> str:
    """The path as a relative reference of RFC 3986: bytes of UTF-8 that it may not hold are written `%XX`."""
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8", "surrogatepass"))


def _print(identity: Sequence[str]) -> str:
    import hashlib

    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:32]
