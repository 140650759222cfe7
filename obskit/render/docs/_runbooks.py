"""What a runbook page says: a page an alert's name, a part for each alert of that name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from obskit.analysis import Analysed
from obskit.analysis.asked import Asked
from obskit.analysis.routed import Routed, routed
from obskit.catalog import Label, Service
from obskit.duration import Duration
from obskit.model import GroupView, Json, RuleFile, RuleView
from obskit.naming import runbook_page
from obskit.promql import canonical
from obskit.render.docs._firing import limit
from obskit.render.docs._usage import Usage, reads
from obskit.render.docs._words import COMPARED, amount, number, told
from obskit.render.rule_files import panels
from obskit.semantics import Meaning, Series

MADE = {
    "up": "Whether the target answered the last scrape (1) or not (0).",
    "scrape_duration_seconds": "Time that the last scrape of the target took.",
    "scrape_samples_scraped": "Samples that the target exposed at the last scrape.",
}
"""What Prometheus makes itself of each target (its documentation, "jobs and instances")."""
MOST_PANELS = 6
"""Panels that a page names, its own first."""


def pages(analysed: Analysed, usage: Usage) -> Iterator[tuple[str, Json, tuple[str, ...], RuleView]]:
    """Path below `docs`, what the page says, the modules it comes from, and the first alert on it."""
    asked = {id(one.rule): one for one in analysed.queries if one.rule is not None}
    known, formats = panels(analysed), analysed.project.settings.formats
    ways = {id(one.alert.placed.rule): one for one in routed(analysed)}
    grouped: dict[str, list[tuple[RuleFile, GroupView, RuleView]]] = {}
    for file in (*analysed.project.rule_files, *analysed.project.trace_alerts):
        for group, rule in file.rules():
            if rule.kind == "alert":
                grouped.setdefault(runbook_page(rule.name), []).append((file, group, rule))
    for path, found in grouped.items():
        alerts = [
            {**_alert(file, group, rule, asked.get(id(rule)), usage, analysed, known), **_told(ways.get(id(rule)), formats)}
            for file, group, rule in found
        ]
        names = dict.fromkeys(rule.name for _, _, rule in found)
        data: Json = {"page": "runbook", "name": ", ".join(names), "alerts": alerts}
        yield path, data, tuple(dict.fromkeys(file.module for file, _, _ in found)), found[0][2]


def _alert(
    file: RuleFile,
    group: GroupView,
    rule: RuleView,
    asked: Asked | None,
    usage: Usage,
    analysed: Analysed,
    known: Mapping[str, int],
) -> Json:
    annotations, labels = _texts(rule.json.get("annotations")), {**_texts(group.json.get("labels")), **_texts(rule.json.get("labels"))}
    meaning = asked.meaning if asked is not None else None
    services = _services(asked, usage, analysed) or _of_spans(rule, analysed)
    return {
        "name": rule.name,
        "summary": annotations.get("summary", ""),
        "description": annotations.get("description", ""),
        "severity": labels.get("severity", ""),
        "services": [service.name for service in services],
        "owners": list(dict.fromkeys(service.owner for service in services if service.owner)),
        "module": file.module,
        "group": group.name,
        "interval": str(group.json.get("interval", "")),
        "wait": str(rule.json.get("for", "")),
        "keeps": str(rule.json.get("keep_firing_for", "")),
        "fires": _fires(rule, meaning),
        "language": "promql" if rule.trace is None else "traceql",
        "query": canonical(asked.parsed) if asked is not None and asked.parsed.problem is None else rule.expr,
        "explained": [{"depth": line.depth, "text": line.text} for line in told(meaning.root)] if meaning else [],
        "reads": [_read(series, usage) for series in meaning.series] if meaning else [],
        "labels": [*_static(labels), *(_dynamic(meaning, labels) if meaning else _fields(rule))],
        "others": meaning.value.labels.open if meaning else rule.trace is None,
        "panels": list(_panels(rule, asked, usage, known)),
        "steps": list(rule.steps),
    }


def _told(way: Routed | None, formats: tuple[str, ...]) -> Json:
    """Who is told, and by what it may be kept quiet: in Alertmanager, for Grafana has no inhibition."""
    ends = [
        {
            "receiver": end.receiver.name,
            "by": list(dict.fromkeys(one.kind for one in end.receiver.integrations)),
            "certain": end.verdict == "surely",
            "muted": [mute.name for mute in end.mute],
            "only": [mute.name for mute in end.active],
        }
        for end in (way.ends if way is not None else ())
        if end.receiver is not None and end.is_told
    ]
    quiet = way.quiet if way is not None and "alertmanager" in formats else ()
    return {
        "told": ends,
        "quiet": list(dict.fromkeys(name for one in quiet for name in one.sources)),
        "quiet_in": "Alertmanager" if quiet and "alerting" in formats else "",
    }


def _services(asked: Asked | None, usage: Usage, analysed: Analysed) -> list[Service]:
    """Whose signals the query reads, also through recording rules; else whose job it names."""
    if asked is None or asked.meaning is None:
        return []
    known = analysed.known.series
    found = {id(one): one for name in usage.metrics(reads(asked)) if (one := known[name].service if name in known else None)}
    jobs = asked.meaning.value.labels.names.get("job") or frozenset()
    found = found or {id(service): service for service in analysed.project.services if service.job in jobs}
    return list(found.values())


def _of_spans(rule: RuleView, analysed: Analysed) -> list[Service]:
    """The service whose spans an alert asks about."""
    name = rule.trace.service if rule.trace is not None else ""
    return [service for service in analysed.project.services if service.name == name] if name else []


def _fires(rule: RuleView, meaning: Meaning | None) -> str:
    """When it fires, where its threshold says that plainly."""
    trace = rule.trace
    if trace is not None:
        return f"{COMPARED[trace.operator]} {number(trace.number, None)} over the last {Duration(trace.window)}"
    return limit(meaning.root) if meaning is not None else ""


def _read(series: Series, usage: Usage) -> Json:
    """What a metric is: by its signal, by the rule that records it, or because Prometheus makes it itself."""
    signal = series.signal
    if signal is not None:
        unit = signal.unit.name if series.suffix not in ("_bucket", "_count") else "count"
        return {"name": series.name, "kind": signal.kind, "unit": unit, "help": signal.help, "records": ""}
    unit = amount(series.unit) if series.unit else ""
    recorded = usage.formulas.get(series.name, "") if series.rule is not None else ""
    kind = "recording rule" if series.rule is not None else "gauge" if series.name in MADE else ""
    return {"name": series.name, "kind": kind, "unit": unit, "help": MADE.get(series.name, ""), "records": recorded}


def _static(labels: Mapping[str, str]) -> Iterator[Json]:
    for name, value in labels.items():
        yield {"name": name, "origin": "the alert", "values": value}


def _dynamic(meaning: Meaning, static: Mapping[str, str]) -> Iterator[Json]:
    declared = {label.name: label for series in meaning.series if series.signal is not None for label in series.signal.labels}
    for name, values in meaning.value.labels.names.items():
        if name not in static and name != "__name__":
            yield {"name": name, "origin": "the query", "values": _values(values, declared.get(name))}


def _fields(rule: RuleView) -> Iterator[Json]:
    """The labels of what spans answer: the fields that the query groups by."""
    for name in rule.trace.labels if rule.trace is not None else ():
        yield {"name": name, "origin": "the query", "values": ""}


def _values(values: frozenset[str] | None, label: Label | None) -> str:
    if values is not None:
        return ", ".join(sorted(values))
    if label is None:
        return ""
    return f"as {label.pattern}" if label.pattern else f"up to {label.at_most}" if label.at_most else ""


def _panels(rule: RuleView, asked: Asked | None, usage: Usage, known: Mapping[str, int]) -> Iterator[Json]:
    """The alert's own panel, then those that show the same metrics."""
    uid, number = rule.panel.partition("/")[0], known.get(rule.panel)
    found = usage.showing(reads(asked)) if asked is not None else []
    mine = [usage.places[uid, number]] if number is not None and (uid, number) in usage.places else []
    first = {id(panel) for _, panel in mine}
    for board, panel in (*mine, *(pair for pair in found if id(pair[1]) not in first))[:MOST_PANELS]:
        where = f"/d/{board.uid}?viewPanel={panel.id}"
        yield {"board": board.title, "title": panel.title or panel.name, "path": where, "own": id(panel) in first}


def _texts(given: object) -> dict[str, str]:
    return {name: text for name, text in given.items() if isinstance(text, str)} if isinstance(given, dict) else {}
