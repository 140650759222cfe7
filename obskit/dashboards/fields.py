"""Field options that panels share: thresholds, value mappings, overrides, links.

Shapes: `fieldConfig` of Grafana's classic dashboard model, schemaVersion 42.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from obskit.catalog import Param, Quantity, Unit
from obskit.errors import DeclarationError
from obskit.model import Json
from obskit.naming import panel_id

Plain = str | int | float | bool | dict[str, Any] | list[Any] | None
"""What JSON has a form for."""
Steps = Iterable["float | Param[float] | tuple[float | Param[float], str]"]
_HOLDS = {
    "mappings": ("type",), "overrides": ("matcher", "properties"), "links": ("title",), "transformations": ("id", "options"),
    "annotations": ("name",),
}  # fmt: skip
"""What each part of an option holds at least."""
MADE_BY = {
    "mappings": '[value_mapping({"0": "Down", "1": "Up"})]',
    "overrides": '[override("series", color="red")]',
    "links": '[link("Runbook", "https://…")]',
    "transformations": '[{"id": "…", "options": {…}}]',
    "annotations": '[annotation("Deploys", "…")]',
}
"""How the parts of an option are made."""
Parts = Json | Iterable[Json]
_RISING = ("green", "yellow", "red")
_FALLING = ("red", "yellow", "green")


def steps(thresholds: Steps, *, high_is_good: bool = False, base: str = "") -> list[Json]:
    """Threshold steps: green, then yellow and red from the given values on; the other way round where high is good.

    A value may bring its colour: `(0.9, "orange")`. `base` is the colour below the first. Values ascend.
    Raises DeclarationError when they do not, or when more than two come without colours.
    """
    pairs = [step if isinstance(step, tuple) else (step, "") for step in thresholds]
    given = [(value.value if isinstance(value, Param) else value, colour) for value, colour in pairs]
    for value, _ in given:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DeclarationError(f"threshold {value!r} is not a number", hint="thresholds=(0.01, 0.05)")
    values = [value for value, _ in given]
    if values != sorted(set(values)):
        raise DeclarationError(f"thresholds {tuple(values)} do not ascend", hint="smallest first; high_is_good turns the colours round")
    palette = _FALLING if high_is_good else _RISING
    colours = [palette[0], palette[-1]] if len(given) == 1 else list(palette)
    if len(given) > 2 and not all(colour for _, colour in given):
        raise DeclarationError("more than two thresholds need their colours", hint='thresholds=((1, "yellow"), (2, "orange"), (3, "red"))')
    first: Json = {"color": base or (colours[0] if given else "green"), "value": None}
    return [first, *({"color": colour or colours[index + 1], "value": value} for index, (value, colour) in enumerate(given))]


def parts(option: str, given: Parts, what: str) -> list[Json]:
    """The parts that an option of `what` is given, also where there is only one. Raises DeclarationError on what Grafana would not read."""
    found: list[Any] = [given] if isinstance(given, dict) else list(given)
    for part in found:
        wrong = "" if isinstance(part, dict) and all(key in part for key in _HOLDS[option]) else _short(part)
        if not wrong and option == "mappings" and part["type"] == "value" and not all(_is_shown(text) for text in part["options"].values()):
            wrong = "a value without text"
        if wrong:
            raise DeclarationError(f"{option} of {what} hold {wrong}", hint=f"{option}={MADE_BY[option]}")
    return found


def _is_shown(text: object) -> bool:
    return isinstance(text, dict) and ("text" in text or "color" in text)


def _short(part: object) -> str:
    text = repr(part)
    return text if len(text) <= 60 else f"a value of type {type(part).__name__}"


def unit_id(unit: str | Unit | Quantity | None, what: str) -> str:
    """The Grafana unit id of a unit. Raises DeclarationError when it is none of the accepted types."""
    if unit is None:
        return ""
    if isinstance(unit, (Unit, Quantity)):
        return unit.grafana
    if isinstance(unit, str):
        return unit
    raise DeclarationError(f"unit of {what} must be a Grafana unit id or a Unit, not {unit!r}", hint='unit="s", or unit=units.SECONDS')


def value_mapping(texts: Mapping[str | float, str | tuple[str, str]]) -> Json:
    """A mapping of values to texts, for `mappings=`: value to text, or to (text, colour)."""
    options = {}
    for index, (value, shown) in enumerate(texts.items()):
        text, colour = shown if isinstance(shown, tuple) else (shown, "")
        options[str(value)] = {"index": index, "text": text, **({"color": colour} if colour else {})}
    return {"type": "value", "options": options}


def no_value(text: str, colour: str = "") -> Json:
    """A mapping of null and NaN to a text."""
    return {"type": "special", "options": {"match": "null+nan", "result": {"text": text, **({"color": colour} if colour else {})}}}


def override(name: str, *, regex: bool = False, **properties: Plain) -> Json:
    """An override of the fields called `name` (or matching it): `color="red"`, `unit="s"`, or any property id.

    A property id with dots is written with `__`: `custom__lineWidth=2`. `color` is a fixed colour.
    """
    items = []
    for key, value in properties.items():
        fixed = key == "color" and isinstance(value, str)
        items.append({"id": key.replace("__", "."), "value": {"mode": "fixed", "fixedColor": value} if fixed else value})
    return {"matcher": {"id": "byRegexp" if regex else "byName", "options": name}, "properties": items}


def link(title: str, url: str, *, new_tab: bool = True) -> Json:
    """A link to an address, on a panel or (see `dashboard`) on a board."""
    if not title or not url:
        raise DeclarationError("a link has a title and an address", hint='link("Runbook", "https://…")')
    return {"title": title, "url": url, "targetBlank": new_tab}


def board_link(title: str, uid: str, *, panel: str = "") -> Json:
    """A link to another board of this Grafana by its uid, keeping the time range and the variables.

    `panel` is the `key=` of a panel there: the link opens it alone.
    """
    alone = f"viewPanel={panel_id('key', panel)}&" if panel else ""
    return link(title, f"/d/{uid}?{alone}${{__url_time_range}}&${{__all_variables}}", new_tab=False)
