"""An outcome as a SARIF log on stdout, for code scanning and editors; the closing line on stderr.

Format: Static Analysis Results Interchange Format 2.1.0, OASIS standard. In messages braces stand doubled (section 3.11.5);
the pages of checks are never filled in, and are given as they are. On top of it, what "SARIF support for code scanning" in
GitHub's documentation asks for: help for every rule, a place for every result, lengths and numbers. No rule has a
`security-severity`: GitHub would take its results for security alerts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from obskit import __version__
from obskit.cli.show._places import Places, Region
from obskit.cli.show._words import closing, everything, inside, level_lines, one_line, page_lines
from obskit.cli.show.json import dump
from obskit.finding import SEVERITIES, Finding, Severity
from obskit.lint import Page, pages
from obskit.settings import FILE, Settings
from obskit.workflow.outcome import Outcome

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_TAGS: dict[Severity, str] = {"error": "correctness", "warning": "reliability", "info": "maintainability"}
_ROOT = "%SRCROOT%"
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""What a path in a URI may hold as it is: RFC 3986's unreserved characters and the slash."""
_DESCRIPTION = 1024
"""Characters of a description that code scanning takes."""
MOST = 25_000
"""Results of a run that code scanning takes; a file with more of them is refused whole."""


def show(outcome: Outcome, *, quiet: bool) -> None:
    """One run: every check there is as a rule, and a result for each finding, each file that differs and each stranger."""
    found = tuple(everything(outcome))
    findings = _most(found)
    rules = _rules(outcome.settings, findings)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    invocation: dict[str, Any] = {"executionSuccessful": True, "exitCode": outcome.exit_code}
    if len(findings) < len(found):
        text = f"{len(found) - len(findings)} of {len(found)} findings are left out, the gravest are here: more than {MOST} are refused"
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    run = {
        "tool": {"driver": {"name": "obskit", "version": __version__, "rules": rules}},
        "invocations": [invocation],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository, or the folder that obskit ran in."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(findings, index, Places(outcome), FILE if outcome.settings else ""),
    }
    dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})
    if not quiet or outcome.failed:
        click.echo(closing(outcome), err=True)


def _most(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings in their order, of too many the gravest."""
    if len(findings) <= MOST:
        return findings
    gravest = sorted(range(len(findings)), key=lambda number: (SEVERITIES.index(findings[number].severity), number))[:MOST]
    return tuple(findings[number] for number in sorted(gravest))


def _rules(settings: Settings | None, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Every check that is not off; of an id without a page only what its findings say."""
    known = [page for page in pages(*((settings.plugins, settings.lint) if settings else ())) if page.level]
    pageless = {finding.id: finding.severity for finding in findings if finding.id not in {page.id for page in known}}
    return [*map(_rule, known), *(_bare(name, severity) for name, severity in pageless.items())]


def _rule(page: Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "name": _name(page.id),
        "shortDescription": {"text": _cut(page.first or page.id)},
        "fullDescription": {"text": _cut(f"{page.first}\n\n{page.prose}".strip() or page.id)},
        "help": {"text": "\n".join(page_lines(page)), "markdown": _markdown(page)},
        "defaultConfiguration": {"level": _LEVELS[page.level or page.usual]},
        "properties": _properties(page.level or page.usual),
    }


def _bare(name: str, severity: Severity) -> dict[str, Any]:
    said = {"text": f"A finding of the kind {name}, which has no page."}
    return {
        "id": name,
        "name": _name(name),
        **dict.fromkeys(("shortDescription", "fullDescription", "help"), said),
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": _properties(severity),
    }


def _properties(severity: Severity) -> dict[str, Any]:
    """What code scanning sorts and filters by; checks report only what is certain, hence the precision."""
    return {"tags": ["observability", _TAGS[severity]], "precision": "high", "problem.severity": _PROBLEMS[severity]}


def _name(check: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", check)) or "Check"


def _cut(text: str) -> str:
    return text if len(text) <= _DESCRIPTION else text[: _DESCRIPTION - 1] + "…"


def _markdown(page: Page) -> str:
    parts = [f"**{page.first}**", page.prose]
    for title, language, blocks in (("Settings", "toml", page.settings), ("Bad", "python", page.bad), ("Good", "python", page.good)):
        parts += [f"{title}:\n\n```{language}\n{block}\n```" for block in blocks]
    parts.append("```text\n" + "\n".join(level_lines(page)) + "\n```")
    return "\n\n".join(part for part in parts if part)


def _results(findings: Sequence[Finding], index: dict[str, int], places: Places, otherwise: str) -> list[dict[str, Any]]:
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for finding in findings:
        identity = finding.identity()
        fingerprint = _print((*identity, str(seen[identity])))
        results.append(_result(finding, index[finding.id], fingerprint) | _locations(finding, places, otherwise))
        seen[identity] += 1
    return results


def _result(finding: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    said = [finding.message or finding.id, inside(finding), f"hint: {finding.hint}" if finding.hint else ""]
    text = "\n".join(one_line(part) for part in said if part)
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text.replace("{", "{{").replace("}", "}}")},
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if finding.query:
        result["properties"] = {"query": finding.query, "span": list(finding.span or ())}
    return result


def _locations(finding: Finding, places: Places, otherwise: str) -> dict[str, Any]:
    """Where a result is shown, for one without a place the file `otherwise`, as a result needs one to be shown at all."""
    if finding.origin is None:
        return {"locations": [{"physicalLocation": _place(places, otherwise, None)}]} if otherwise else {}
    found: dict[str, Any] = {}
    location: dict[str, Any] = {"physicalLocation": _place(places, finding.origin.path, places.of(finding))}
    if where := finding.origin.where:
        location["logicalLocations"] = [{"name": where.rpartition(", ")[2], "fullyQualifiedName": where}]
    found["locations"] = [location]
    path, _, line = finding.origin.caller.rpartition(":")
    if line.isdigit():
        place = _place(places, path, places.region(path, int(line)))
        found["relatedLocations"] = [{"physicalLocation": place, "message": {"text": "called from here"}}]
    return found


def _place(places: Places, path: str, region: Region | None) -> dict[str, Any]:
    """A part of a file; of what is said of a whole file the first line, as code scanning asks for a line."""
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(places.path(path)), "uriBaseId": _ROOT}}
    if region := region or places.region(path, 1):
        columns = {"startColumn": region.start, "endLine": region.line, "endColumn": region.end} if region.start else {}
        snippet = {"snippet": {"text": region.text}} if region.text is not None else {}
        place["region"] = {"startLine": region.line, **columns, **snippet}
    return place


def _uri(path: str) -> str:
    """The path as a relative reference of RFC 3986: bytes of UTF-8 that it may not hold are written `%XX`."""
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8", "surrogatepass"))


def _print(identity: Sequence[str]) -> str:
    import hashlib

    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:32]
