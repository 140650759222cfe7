"""Pages for people, in Markdown: the signals, the TraceQL queries, and a runbook for every alert.

Form: GitHub Flavored Markdown. The data behind each page is what the schema checks; templates turn it into text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from obskit.analysis import Analysed
from obskit.artifact import Artifact, Territory
from obskit.catalog import units
from obskit.model import Json, RuleView
from obskit.origin import Origin
from obskit.render.docs import _markdown, _runbooks, _signals, _traceql
from obskit.render.docs._usage import usage

if TYPE_CHECKING:
    import jinja2

TERRITORY = Territory(format="docs", folder="docs", suffix=".md")
TERRITORIES = (TERRITORY,)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal that shows a page would obey; Markdown has no use for it."""


def artifacts(analysed: Analysed) -> Iterator[Artifact]:
    """`docs/README.md`, `docs/signals.md`, `docs/traceql.md` and `docs/runbooks/<alert>.md`, each where there is something to say."""
    used = usage(analysed)
    runbooks = list(_runbooks.pages(analysed, used))
    for path, data, modules, rule in runbooks:
        yield _artifact(path, data, modules, rule.origin)
    project = analysed.project
    if project.signals or project.attributes:
        origins = [*(signal.origin for signal in project.signals), *(attribute.origin for attribute in project.attributes)]
        declared = sorted({origin.path for origin in origins if origin is not None})
        yield _artifact("signals.md", _signals.page(analysed, used), tuple(declared))
    if traces := _traceql.shown(analysed):
        yield _artifact("traceql.md", _traceql.page(analysed), tuple(dict.fromkeys(trace.board.module for trace in traces)))
    ruled = (file.module for file in (*project.rule_files, *project.trace_alerts))
    modules = tuple(dict.fromkeys([*(board.module for board in project.boards), *ruled]))
    yield _artifact("README.md", _index(analysed, runbooks), modules)


def _index(analysed: Analysed, runbooks: Sequence[tuple[str, Json, tuple[str, ...], RuleView]]) -> Json:
    alerts = [
        {"name": alert["name"], "path": path, "summary": alert["summary"], "severity": alert["severity"], "services": alert["services"]}
        for path, data, _, _ in runbooks
        for alert in data["alerts"]
    ]
    boards = [
        {"title": board.title, "folder": board.folder, "uid": board.uid, "panels": sum(not panel.is_row for panel in board.panels)}
        for board in analysed.project.boards
    ]
    signals = len(analysed.project.signals) + len(analysed.project.attributes)
    params = [
        {"name": param.name, "value": str(param), "unit": "" if param.unit == units.NONE else param.unit.name, "help": param.help}
        for param in sorted(analysed.project.params, key=lambda param: param.name)
    ]
    return {
        "page": "index",
        "alerts": alerts,
        "boards": boards,
        "params": params,
        "signals": signals,
        "traces": len(_traceql.shown(analysed)),
    }


def _artifact(path: str, data: Json, sources: tuple[str, ...], origin: Origin | None = None) -> Artifact:
    place = origin or (Origin(sources[0]) if sources else None)
    text = _CONTROL.sub("\ufffd", _template(data["page"]).render(data)).strip() + "\n"
    return Artifact(path=f"{TERRITORY.folder}/{path}", text=text, format=TERRITORY.format, origin=place, sources=sources, data=data)


def _template(page: str) -> jinja2.Template:
    return _environment().get_template(f"{page}.md.jinja")


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # Markdown, escaped by the filters below
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "text": _markdown.text,
        "template": _markdown.template,
        "code": _markdown.code,
        "cell": _markdown.cell,
        "block": _markdown.block,
        "address": _markdown.address,
    }
    return made
