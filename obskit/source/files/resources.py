"""Dashboards of the resource kinds v2alpha1, v2beta1 and v2 as classic ones, as far as checks ask.

Format: `dashboard.grafana.app` of Grafana 13. Panels with their queries, fields and options, variables, annotations, links and
time are read; of layouts, which panel stands in which row or tab.
"""

from __future__ import annotations

from typing import Any

from obskit.artifact import Place
from obskit.model import NOTE, Json, Note
from obskit.model.modern.reading import items, record, records, word
from obskit.source.files.layouts import Layouts
from obskit.source.files.report import Report, short

_VARIABLES = {
    "QueryVariable": "query", "CustomVariable": "custom", "TextVariable": "textbox", "ConstantVariable": "constant",
    "IntervalVariable": "interval", "DatasourceVariable": "datasource", "AdhocVariable": "adhoc", "GroupByVariable": "groupby",
    "SwitchVariable": "switch",
}  # fmt: skip
_ANEW = ("query", "datasource", "hide", "refresh", "sort")
"""Members of variables that are written in another way than the classic ones."""
_TOOLTIPS = {"Off": 0, "Crosshair": 1, "Tooltip": 2}
_SAME = ("title", "description", "tags", "editable", "links", "preload", "liveNow")
_ANNOTATION = ("name", "enable", "hide", "iconColor")
_MANY = 5


def classic(spec: Json, place: Place, report: Report) -> Json:
    """The dashboard `spec`, at `place` in its document, as a classic one with notes of origins; of what is not understood, one finding."""
    reader = _Reader(spec, place, report)
    time = record(spec.get("timeSettings"))
    out: Json = {key: spec[key] for key in _SAME if key in spec}
    out["schemaVersion"] = 42
    out["time"] = {"from": time.get("from") or "now-6h", "to": time.get("to") or "now"}
    out["refresh"], out["timezone"] = time.get("autoRefresh") or "", time.get("timezone") or ""
    out["graphTooltip"] = _TOOLTIPS.get(word(spec.get("cursorSync")), 0)
    out["panels"] = reader.panels()
    out["templating"] = {"list": reader.variables()}
    out["annotations"] = {"list": reader.annotations()}
    out[NOTE] = reader.note("title")
    if reader.strange:
        named = ", ".join(f'"{short(one)}"' for one in sorted(reader.strange)[:_MANY])
        report.say("info", place, f"not checked, for obskit does not know it: {named}")
    return out


class _Reader:
    def __init__(self, spec: Json, place: Place, report: Report) -> None:
        self.spec, self.place, self.report = spec, place, report
        self.strange: set[str] = set()
        self.layouts = Layouts(place, report, self.strange)

    def note(self, *path: str | int) -> Note:
        return Note(origin=self.report.document.origin((*self.place, *path)))

    def panels(self) -> list[Json]:
        """Rows and panels in the order of the layout; elements that it does not name come last."""
        elements = record(self.spec.get("elements"))
        if not isinstance(self.spec.get("elements"), dict):
            self.report.error((*self.place, "elements"), "a dashboard of version 2 has elements, an object of panels")
        out: list[Json] = []
        left = dict.fromkeys(elements)
        for spot in self.layouts.spots(self.spec.get("layout")):
            if spot.row is not None:
                head: Json = {"type": "row", "title": spot.row, "collapsed": False, "panels": [], "repeat": spot.repeat}
                out.append(head | {NOTE: self.note(*spot.path)})
            elif spot.name not in elements:
                self.report.error((*self.place, *spot.path), f'the layout shows "{short(spot.name)}", which is no element')
            else:
                left.pop(spot.name, None)
                panel = self.element(spot.name, elements[spot.name])
                out.append(panel | {key: value for key, value in (("repeat", spot.repeat), ("gridPos", spot.grid)) if value})
        for name in left:
            self.report.warning((*self.place, "elements", name), f'element "{short(name)}" stands in no layout, so nobody sees it')
            out.append(self.element(name, elements[name]))
        return out

    def element(self, name: str, given: Any) -> Json:
        spec, path = record(record(given).get("spec")), ("elements", name, "spec")
        if not isinstance(record(given).get("spec"), dict):
            self.report.error((*self.place, "elements", name), f'element "{short(name)}" has no spec')
        out: Json = {key: spec[key] for key in ("id", "title", "description", "links", "transparent") if key in spec}
        out[NOTE] = self.note(*path, "title")
        kind = record(given).get("kind", "Panel")
        if kind == "LibraryPanel":
            return {**out, "libraryPanel": spec.get("libraryPanel") or {}}
        if kind != "Panel":
            self.strange.add(f"element {kind}")
        drawn = record(spec.get("vizConfig"))
        viz = record(drawn.get("spec"))
        out["type"] = drawn.get("group") if drawn.get("kind") == "VizConfig" else drawn.get("kind")
        out.update({key: viz[key] for key in ("options", "fieldConfig", "pluginVersion") if key in viz})
        data = record(record(spec.get("data")).get("spec"))
        options = record(data.get("queryOptions"))
        out.update({key: options[key] for key in ("interval", "timeFrom", "timeShift", "maxDataPoints") if key in options})
        out["targets"] = self.targets(data.get("queries"), (*path, "data", "spec", "queries"))
        done = ((one.get("kind"), record(one.get("spec"))) for one in records(data.get("transformations")))
        out["transformations"] = [{"id": inner.get("id") or kind, "options": inner.get("options") or {}} for kind, inner in done]
        return out

    def targets(self, given: Any, path: Place) -> list[Json]:
        if given is not None and not isinstance(given, list):
            self.report.error((*self.place, *path), "queries must be a list")
        out = []
        for index, one in enumerate(items(given)):
            spec, at = record(record(one).get("spec")), (*path, index, "spec")
            query = record(spec.get("query"))
            own = {key: value for key, value in record(query.get("spec")).items() if key != NOTE}
            text = next((key for key in ("expr", "query") if key in own), "")
            target: Json = {**own, "refId": spec.get("refId"), "hide": bool(spec.get("hidden"))}
            target["datasource"] = _source(query, spec.get("datasource"))
            target[NOTE] = self.note(*at, "query", "spec", text) if text else self.note(*at)
            out.append(target)
        return out

    def variables(self) -> list[Json]:
        found = [(one, ("variables", index)) for index, one in enumerate(items(self.spec.get("variables")))]
        out = []
        for one, path in [*found, *self.layouts.variables]:
            kind, spec = word(record(one).get("kind")), record(record(one).get("spec"))
            if kind not in _VARIABLES:
                self.strange.add(f"variable {kind}")
            variable: Json = {key: value for key, value in spec.items() if key not in (NOTE, *_ANEW)}
            variable["type"] = _VARIABLES.get(kind, "query" if kind == "" else kind)
            query = spec.get("query")
            if kind == "DatasourceVariable":
                variable["query"] = spec.get("pluginId") or ""
            elif isinstance(query, dict):
                asked = record(query.get("spec"))
                variable["query"] = asked.get("query") or asked.get("__legacyStringValue") or asked.get("expr") or ""
                variable["datasource"] = _source(query, spec.get("datasource"))
            elif query is not None:
                variable["query"] = query
            if kind in ("AdhocVariable", "GroupByVariable"):
                variable["datasource"] = _source(record(one), spec.get("datasource"))
            variable[NOTE] = self.note(*path, "spec", "name")
            out.append(variable)
        return out

    def annotations(self) -> list[Json]:
        out = []
        for one in records(self.spec.get("annotations")):
            spec = record(one.get("spec"))
            query = record(spec.get("query"))
            own = {key: value for key, value in record(query.get("spec")).items() if key != NOTE}
            made: Json = {**record(spec.get("legacyOptions")), **own}
            made.update({key: spec[key] for key in _ANNOTATION if key in spec})
            made["datasource"] = _source(query, spec.get("datasource"))
            out.append(made)
        return out


def _source(query: Json, beside: Any) -> Json | None:
    """The datasource of a query: `group` and `datasource.name` since v2beta1, before that the kind and an object beside it."""
    named = record(query.get("datasource")) if query.get("group") else record(beside)
    kind = query.get("group") or named.get("type") or (query.get("kind") if query.get("kind") != "DataQuery" else None)
    uid = named.get("name") or named.get("uid")
    found: Json = {}
    if isinstance(kind, str) and kind:
        found["type"] = kind
    if isinstance(uid, str) and uid:
        found["uid"] = uid
    return found or None
