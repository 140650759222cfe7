"""`obskit catalog scrape`: read what a service exposes, and hold it against the catalogue, or make a first one of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from obskit import exposition
from obskit.counted import counted
from obskit.errors import ObskitError
from obskit.exposition import LARGEST, Exposition, Format, format_of
from obskit.finding import Finding, Severity, ordered
from obskit.http import fetch, is_url
from obskit.naming import did_you_mean, module_of
from obskit.origin import Origin
from obskit.scrape import compare, draft, malformed
from obskit.settings import Settings
from obskit.workflow.outcome import Outcome, fails

ACCEPT = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.7,*/*;q=0.1"

_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}(?:/|$)", re.ASCII)
"""How an address without its scheme begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scraped:
    """What was read: `source` is how findings call it, `content_type` what a server said it is."""

    source: str
    body: bytes
    content_type: str = ""


def scraped(place: str) -> Scraped:
    """What stands in a file or at an address. Raises ObskitError when it cannot be read, is not a regular
    file or too large, OutsideError when no server answers well."""
    if is_url(place):
        got = fetch(place, accept=ACCEPT, limit=LARGEST)
        return Scraped(source=got.url, body=got.body, content_type=got.content_type)
    from obskit.source.files import regular_bytes

    try:
        body, size = regular_bytes(Path(place), place, LARGEST)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        hint = "a file with what the service says at /metrics, its address, or - for standard input"
        hint = f"write http://{place}" if _HOST.match(place) else hint
        raise ObskitError(f'"{place}" cannot be read: {reason}', hint=hint) from error
    if size > LARGEST:
        raise ObskitError(f'"{place}" has {size} bytes, more than {LARGEST}', hint="is it what one service says at /metrics?")
    return Scraped(source=Path(place).as_posix(), body=body)


def streamed(stream: BinaryIO) -> Scraped:
    """What standard input holds."""
    return Scraped(source="stdin", body=stream.read(LARGEST + 1))


def scrape(settings: Settings, text: Scraped, *, service: str = "", form: Format | None = None) -> Outcome:
    """Compares what was read with the signals of the project, or only of `service`; without any, only the text itself is judged.

    Raises ObskitError when no signal is of that service, and what loading the project raises.
    """
    from obskit import source

    project = source.load(settings)
    services = {signal.service.name for signal in project.signals}
    if service and service not in services:
        hint = did_you_mean(service, services) or "services with signals: " + (", ".join(sorted(services)) or "none")
        raise ObskitError(f'no signal is of service "{service}"', hint=hint)
    read, findings = _read(text, form)
    no_metrics = not read.families and fails(findings, "error")  # a web page, say: then each signal would be missed
    findings += [finding for finding in project.findings if finding.severity == "error"]
    if no_metrics:
        pass
    elif project.signals:
        findings += compare(project.signals, read, source=text.source, external=settings.lint.external, service=service)
    else:
        hint = "--write rules_src/catalog/NAME.py makes a first catalogue of it"
        message = "no signals are declared to compare with"
        findings.append(Finding(id="scrape-catalogue", severity="info", message=message, origin=Origin(text.source), hint=hint))
    if not read.families and not fails(findings, "error") and not any(finding.id == "scrape-missing" for finding in findings):
        hint = "is it the address of the metrics, and does the service register any?"
        findings.append(Finding(id="exposition", severity="error", message="nothing is exposed", origin=Origin(text.source), hint=hint))
    shown = ordered(findings)
    return _outcome(shown, settings.lint.fail, _about(read, shown), modules=project.modules, exceptions=project.exceptions)


def write_catalogue(text: Scraped, path: str, *, service: str = "", form: Format | None = None) -> Outcome:
    """Makes a catalogue module of what was read; nothing is written when the text is malformed.

    The service is called like the file if no name is given. Raises OutputError when the file exists or cannot be written,
    ObskitError when its name is no module's or there is no metric to declare.
    """
    from obskit.lint.checks.cardinality import is_large
    from obskit.lint.names import faults
    from obskit.store.fresh import write_fresh

    stem = module_of(path)
    if not stem:
        raise ObskitError(f'"{path}" is not the name of a module', hint="as in rules_src/catalog/shop.py")
    read, findings = _read(text, form)
    if fails(findings, "error"):
        return _outcome(ordered(findings), "error", _about(read, ()) + "; nothing was written")
    made = draft(read, service or stem.replace("_", "-"), unusual=faults, large=is_large)
    if not made.signals:
        raise ObskitError(f'"{text.source}" has no metric to declare', hint="is it the text that the service itself exposes?")
    write_fresh(path, made.text)
    declared = f"{counted(made.signals, 'signal')} declared in {Path(path).as_posix()}"
    return _outcome(ordered(findings), "error", f"{_about(read, ())}, {declared}")


def read_metrics(text: Scraped, form: Format | None = None) -> tuple[Exposition, tuple[Finding, ...]]:
    """What a text exposes, and what is wrong with its form."""
    read, findings = _read(text, form)
    return read, ordered(findings)


def _read(text: Scraped, form: Format | None) -> tuple[Exposition, list[Finding]]:
    """The exposition, and what is wrong with its form."""
    findings: list[Finding] = []
    try:
        decoded = text.body.decode()
    except UnicodeDecodeError as error:
        line = text.body.count(b"\n", 0, error.start) + 1
        message = f"byte {error.object[error.start]:#04x} is not UTF-8"
        hint = "an exposition is UTF-8 throughout; is it packed, or in another encoding?"
        findings.append(Finding(id="exposition", severity="error", message=message, origin=Origin(text.source, line), hint=hint))
        decoded = text.body.decode(errors="replace")
    read = exposition.read(decoded, form or format_of(text.content_type))
    findings += malformed(read, text.source)
    return read, findings


def _about(read: Exposition, findings: tuple[Finding, ...]) -> str:
    samples = sum(len(family.samples) for family in read.families)
    families = f"{len(read.families)} {'family' if len(read.families) == 1 else 'families'}"
    counts = [(sum(finding.id == f"scrape-{word}" for finding in findings), word) for word in ("missing", "extra")]
    return ", ".join([families, counted(samples, "sample"), *(f"{count} {word}" for count, word in counts if count)])


def _outcome(
    findings: tuple[Finding, ...], bar: Severity, about: str, *, modules: int = 0, exceptions: tuple[BaseException, ...] = ()
) -> Outcome:
    return Outcome(findings=findings, modules=modules, failed=fails(findings, bar), about=about, exceptions=exceptions)
