"""The words for the members of a panel that have one, and how their values are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from obskit.diff.assumed import ASSUMED, SAVED
from obskit.diff.changes import Edit
from obskit.diff.kinds import OPTIONS, PLACES, UNREAD, differing, filled
from obskit.diff.leaves import ABSENT, Path, edit, leaves
from obskit.diff.placing import UNPLACED
from obskit.diff.texts import number, plain
from obskit.model import Json

_WORDS: Mapping[str, str] = {
    "description": "description",
    "transparent": "transparent",
    "interval": "minimum interval",
    "maxDataPoints": "data points at most",
    "timeFrom": "time range of its own",
    "timeShift": "time shift",
    "hideTimeOverride": "time of its own hidden",
    "repeat": "repeated for each value of variable",
    "repeatDirection": "repeated in direction",
    "maxPerRow": "repeats a row at most",
    "collapsed": "collapsed",
    "libraryPanel.name": "library panel",
    UNPLACED: UNPLACED,
    "fieldConfig.defaults.unit": "unit",
    "fieldConfig.defaults.decimals": "decimals",
    "fieldConfig.defaults.min": "min",
    "fieldConfig.defaults.max": "max",
    "fieldConfig.defaults.noValue": "text without a value",
    "fieldConfig.defaults.displayName": "display name",
    "fieldConfig.defaults.color.mode": "colour mode",
    "fieldConfig.defaults.color.fixedColor": "colour",
    "fieldConfig.defaults.custom.drawStyle": "drawn as",
    "fieldConfig.defaults.custom.lineWidth": "line width",
    "fieldConfig.defaults.custom.lineInterpolation": "line interpolation",
    "fieldConfig.defaults.custom.fillOpacity": "fill opacity",
    "fieldConfig.defaults.custom.stacking.mode": "stacking",
    "fieldConfig.defaults.custom.axisLabel": "axis label",
    "fieldConfig.defaults.custom.axisPlacement": "axis placement",
    "fieldConfig.defaults.custom.scaleDistribution.type": "scale",
    "fieldConfig.defaults.custom.thresholdsStyle.mode": "thresholds drawn as",
    "options.legend.showLegend": "legend shown",
    "options.legend.displayMode": "legend shown as",
    "options.legend.placement": "legend placement",
    "options.legend.calcs": "legend calculations",
    "options.tooltip.mode": "tooltip",
    "options.tooltip.sort": "tooltip sorted",
    "options.reduceOptions.calcs": "calculation",
    "options.colorMode": "coloured",
    "options.graphMode": "graph",
    "options.textMode": "text shown",
    "options.orientation": "orientation",
    "options.content": "text",
}
_MAPPINGS = ("fieldConfig", "defaults", "mappings")
_APART = frozenset({"title", "gridPos", "panels", "targets", "datasource", "links", "transformations", "type", *SAVED})
"""Members of a panel that are compared by others."""


def panel_fields(before: Json, after: Json) -> Iterator[Edit]:
    """The edits of a panel's own members: all but its title, place, queries, datasource and what it holds."""
    if before.get("type") != after.get("type"):
        yield edit(("type",), before.get("type", ABSENT), after.get("type", ABSENT), "shown as")
        yield from _of_another_kind(before, after)
        before, after = (_without_kind(panel) for panel in (before, after))
    first, second = (_frame(panel) for panel in (before, after))
    ones, twos = (_config(panel) for panel in (before, after))
    yield from thresholds(ones.get("thresholds"), twos.get("thresholds"))
    yield from _overrides(*(_list(_record(panel.get("fieldConfig")).get("overrides")) for panel in (before, after)))
    for path, one, two in leaves(first, second, assumed=ASSUMED):
        yield edit(path, one, two, _WORDS.get(".".join(map(str, path)), "") or _mapped(path))


def _mapped(path: Path) -> str:
    """Words for what a value mapping makes of a value: its text, its colour."""
    is_value = len(path) == 7 and path[:3] == _MAPPINGS and path[4] == "options" and path[5] != "result"
    said = {"text": "value {} shown as", "color": "colour of value {}"}.get(str(path[-1]), "") if is_value else ""
    return said.format(plain(str(path[5]))) if said else ""


def source(before: Any, after: Any, within: str = "") -> Iterator[Edit]:
    """The edit of a datasource."""
    one, two = (_source(given) for given in (before, after))
    if one != two:
        yield Edit(what="datasource", before=one or "none", after=two or "none", within=within)


def thresholds(before: Any, after: Any, what: str = "thresholds") -> Iterator[Edit]:
    """The edit of threshold steps: `base green, 0.01 yellow`."""
    one, two = _record(before), _record(after)
    first, second = (_steps(given) for given in (one, two))
    if first != second:
        bare = [[text.partition(" ")[0] for text in steps] for steps in (first, second)]
        colours = [[text.partition(" ")[2] for text in steps] for steps in (first, second)]
        if colours[0] == colours[1] and len(bare[0]) > 1:  # only the numbers
            first, second = (values[1:] if values[0] == "base" else values for values in bare)
        yield Edit(what=what, before=", ".join(first) or None, after=", ".join(second) or None)
    ones, twos = ({**given, "steps": _left(given.get("steps"))} for given in (one, two))
    for path, left, right in leaves(ones, twos, assumed={"mode": ("absolute",)}):
        yield edit(("fieldConfig", "defaults", "thresholds", *path), left, right, f"{what} counted as" if path == ("mode",) else "")


def _left(steps: Any) -> Any:
    """What steps say beside their values and colours."""
    if not isinstance(steps, list):
        return steps
    said = ("color", "value")
    left = [{key: item for key, item in step.items() if key not in said} if isinstance(step, dict) else step for step in steps]
    return left if any(left) else []


def _steps(given: Json) -> list[str]:
    return [_step(step) for step in _list(given.get("steps")) if isinstance(step, dict)]


def _step(step: Json) -> str:
    value, colour = step.get("value"), step.get("color")
    at = "base" if value is None else number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else plain(value)
    return f"{at} {plain(colour)}" if colour is not None else at


def _overrides(before: list[Any], after: list[Any]) -> Iterator[Edit]:
    from obskit.diff.holding import held

    def properties(item: Any) -> Json:
        given = {str(one.get("id")): one.get("value") for one in _list(_record(item).get("properties")) if isinstance(one, dict)}
        return {**given, **{f"({key})": value for key, value in _record(item).items() if key not in ("matcher", "properties")}}

    yield from held(before, after, "override", _matched, properties)


def _matched(item: Any) -> str:
    matcher = _record(_record(item).get("matcher"))
    options = matcher.get("options")
    return options if isinstance(options, str) and matcher.get("id") == "byName" else f"{matcher.get('id')} {plain(options)}"


def _config(panel: Json) -> Json:
    return _record(_record(panel.get("fieldConfig")).get("defaults"))


def _frame(panel: Json) -> Json:
    """The panel without what is compared apart, with the options that its kind takes for granted."""
    config = _record(panel.get("fieldConfig"))
    defaults = {key: value for key, value in _config(panel).items() if key != "thresholds"}
    rest = {key: value for key, value in config.items() if key not in ("defaults", "overrides")}
    kept = {key: value for key, value in panel.items() if key not in _APART}
    assumed = OPTIONS.get(str(panel.get("type") or ""))
    options = {"options": filled(panel.get("options"), assumed)} if assumed is not None else {}
    if str(panel.get("type")) in UNREAD:
        defaults["custom"] = filled(defaults.get("custom"), UNREAD[str(panel.get("type"))])
    return {**kept, **options, "fieldConfig": {**rest, "defaults": defaults}}


def _of_another_kind(before: Json, after: Json) -> Iterator[Edit]:
    """What only the kind of panel knows, told as one."""
    kinds = str(before.get("type") or ""), str(after.get("type") or "")
    for path, assumed in PLACES:
        one, two = differing(_at(before, path), _at(after, path), kinds, assumed)
        if any(True for _ in leaves(one, two, path, ASSUMED)):
            yield edit(path, one or ABSENT, two or ABSENT)


def _without_kind(panel: Json) -> Json:
    config = _record(panel.get("fieldConfig"))
    defaults = {key: value for key, value in _config(panel).items() if key != "custom"}
    return {**panel, "type": "", "options": {}, "fieldConfig": {**config, "defaults": defaults}}


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = _record(value).get(str(key))
    return value


def _source(given: Any) -> str:
    record = _record(given)
    if not record:
        return given if isinstance(given, str) else ""
    return " ".join(plain(record[key]) for key in ("type", "uid", *sorted(record.keys() - {"type", "uid"})) if record.get(key))


def _record(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
