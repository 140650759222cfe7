"""One panel of any age to today's shape of its kind, with a note where the author should know."""

from __future__ import annotations

from obskit.model.json import Json
from obskit.model.modern.field import field_config
from obskit.model.modern.frame import frame, identify
from obskit.model.modern.kinds import reshape
from obskit.model.modern.options import panel_options
from obskit.model.modern.reading import word
from obskit.model.modern.sources import Sources, panel_source
from obskit.model.modern.targets import targets

CORE = frozenset(
    [
        "alertlist",
        "annolist",
        "barchart",
        "bargauge",
        "candlestick",
        "canvas",
        "dashlist",
        "datagrid",
        "debug",
        "flamegraph",
        "gauge",
        "geomap",
        "gettingstarted",
        "heatmap",
        "histogram",
        "live",
        "logs",
        "news",
        "nodeGraph",
        "piechart",
        "stat",
        "state-timeline",
        "status-history",
        "table",
        "text",
        "timeseries",
        "traces",
        "trend",
        "welcome",
        "xychart",
    ]
)
"""The panels that come with Grafana 13."""

QUERYLESS = frozenset({"alertlist", "annolist", "dashlist", "gettingstarted", "news", "text", "welcome"})
"""Kinds that ask no datasource."""

Note = tuple[str, str]


def panel(raw: Json, sources: Sources, notes: list[Note]) -> Json:
    """The panel; what its author should know is added to `notes`."""
    if isinstance(raw.get("libraryPanel"), dict) and not raw.get("type"):
        return _reference(raw)
    written = word(raw.get("type"))
    shaped, old = reshape(raw)
    kind = word(shaped.get("type"))
    known = kind in CORE
    if old:
        notes.append(("legacy-panel", _converted(raw, written, kind)))
    if not known:
        notes.append(("unknown-panel", f'{_name(raw)}: panels of type "{kind}" are passed through unchecked'))
    out = frame(shaped, known=known)
    if old:
        out.pop("pluginVersion", None)
    _ask(shaped, kind, out, sources)
    if known or shaped.get("fieldConfig"):
        out["fieldConfig"] = field_config(shaped.get("fieldConfig"), kind)
    options = panel_options(shaped.get("options"), kind)
    if known or options:
        out["options"] = options
    return out


def _ask(shaped: Json, kind: str, out: Json, sources: Sources) -> None:
    if kind in QUERYLESS:
        return
    source = panel_source(shaped, kind, sources)
    asked = targets(shaped, kind, source, sources)
    if source:
        out["datasource"] = source
    if asked:
        out["targets"] = asked


def _reference(raw: Json) -> Json:
    """The place of a library panel, which says everything else."""
    out: Json = {"libraryPanel": {key: value for key, value in raw["libraryPanel"].items() if key in ("name", "uid")}}
    for key in ("title", "repeat", "repeatDirection", "maxPerRow"):
        if raw.get(key):
            out[key] = raw[key]
    identify(raw, out)
    return out


def _converted(raw: Json, written: str, kind: str) -> str:
    change = f'the old "{written}" becomes "{kind}"' if written != kind else f'the old form of "{kind}" becomes today\'s form'
    lost = "; its alert is left out, for Grafana has no alerts in panels any more" if raw.get("alert") else ""
    return f"{_name(raw)}: {change}{lost}"


def _name(raw: Json) -> str:
    return f'panel "{raw["title"]}"' if raw.get("title") else "a panel without a title"
