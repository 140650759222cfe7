"""Who is told of which alert: as text, as JSON. Secrets are not known here, and their names are not shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from obskit.cli.show.json import dump, finding_data
from obskit.cli.show.text import lines, say, tell

if TYPE_CHECKING:
    from obskit.analysis.routed import Routed
    from obskit.notify.routing import Quiet, Reached
    from obskit.workflow.routes import Answer

_HIDDEN = ("alertname", "grafana_folder")


def _text(answer: Answer, quiet: bool) -> None:
    for finding in answer.findings:
        for text in lines(finding):
            say(text)
    for one in answer.routed:
        origin = one.alert.origin
        say(f"{one.alert.name}  {origin}" if origin else one.alert.name)
        for text in (_labels(one), *_ends(one), *(_kept_quiet(each) for each in one.quiet)):
            say(f"  {text}")
    if not quiet:
        tell(_counted(answer))


def _json(answer: Answer, _quiet: bool) -> None:
    dump({"alerts": [_data(one) for one in answer.routed], "findings": [finding_data(finding) for finding in answer.findings]})


SHOWN: Mapping[str, Callable[[Answer, bool], None]] = {"text": _text, "json": _json}


def _labels(one: Routed) -> str:
    """The labels of an alert: `job="shop"`, `method=GET|POST` of several values, `path=*` of any; in brackets those it may lack."""
    shown = []
    for name, values in one.alert.carried.values.items():
        if name in _HIDDEN or values == frozenset():
            continue
        what = "*" if values is None else "|".join(sorted(values))
        text = f'{name}="{what}"' if values is not None and len(values) == 1 else f"{name}={what}"
        shown.append(text if name in one.alert.carried.sure else f"[{text}]")
    return ", ".join((*shown, *(("and others",) if one.alert.carried.open else ()))) or "no labels"


def _ends(one: Routed) -> Iterator[str]:
    for end in one.ends:
        word = "" if end.verdict == "surely" else "perhaps "
        receiver = end.receiver.name if end.receiver is not None else "no receiver"
        yield f"{word}told: {receiver} ({_kinds(end) or 'no integration: nobody hears of it'})"
        route = end.path[-1]
        yield f"  by {_way(end)}" + (f"  {route.origin}" if route.origin else "")
        wait, interval, repeat = end.times
        grouped = {(): "all in one group", ("...",): "each alone"}.get(end.group_by, f"grouped by {', '.join(end.group_by)}")
        yield f"  {grouped}; first after {wait}, news after {interval}, again after {repeat}"
        if end.mute:
            yield f"  not told during {', '.join(mute.name for mute in end.mute)}"
        if end.active:
            yield f"  told only during {', '.join(mute.name for mute in end.active)}"
    if one.reaches_nobody:
        yield "reaches nobody"


def _kinds(end: Reached) -> str:
    return ", ".join(dict.fromkeys(each.kind for each in end.receiver.integrations)) if end.receiver is not None else ""


def _way(end: Reached) -> str:
    """The routes from the root down, each by its conditions."""
    return " > ".join(("root", *(route.title if route.conditions else "{}" for route in end.path[1:])))


def _kept_quiet(quiet: Quiet) -> str:
    shown = ", ".join(quiet.sources[:4]) + (f" or {len(quiet.sources) - 4} more" if len(quiet.sources) > 4 else "")
    same = f" with the same {', '.join(quiet.by.equal)}" if quiet.by.equal else ""
    return f"quiet while {shown} fires{same}" + (f"  {quiet.by.origin}" if quiet.by.origin else "")


def _counted(answer: Answer) -> str:
    receivers = {end.receiver.name for one in answer.routed for end in one.ends if end.receiver is not None and end.is_told}
    nobody = sum(one.reaches_nobody for one in answer.routed)
    parts = [_many(len(answer.routed), "alert"), _many(len(receivers), "receiver")]
    return ", ".join([*parts, *([f"{nobody} {'reaches' if nobody == 1 else 'reach'} nobody"] if nobody else [])])


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _data(one: Routed) -> dict[str, Any]:
    origin, carried = one.alert.origin, one.alert.carried
    return {
        "alert": one.alert.name,
        "path": origin.path if origin else None,
        "line": origin.line if origin else None,
        "labels": {
            name: {"values": None if values is None else sorted(values), "always": name in carried.sure}
            for name, values in carried.values.items()
            if values != frozenset()
        },
        "other_labels": carried.open,
        "told": [_end(end) for end in one.ends],
        "quiet": [_quiet_data(quiet) for quiet in one.quiet],
        "reaches_nobody": one.reaches_nobody,
    }


def _end(end: Reached) -> dict[str, Any]:
    route, (wait, interval, repeat) = end.path[-1], end.times
    return {
        "receiver": end.receiver.name if end.receiver is not None else None,
        "integrations": [each.kind for each in end.receiver.integrations] if end.receiver is not None else [],
        "certain": end.verdict == "surely",
        "routes": [[str(condition) for condition in one.conditions] for one in end.path],
        "path": route.origin.path if route.origin else None,
        "line": route.origin.line if route.origin else None,
        "group_by": list(end.group_by),
        "group_wait": wait,
        "group_interval": interval,
        "repeat_interval": repeat,
        "mute": [mute.name for mute in end.mute],
        "active": [mute.name for mute in end.active],
    }


def _quiet_data(quiet: Quiet) -> dict[str, Any]:
    return {
        "sources": list(quiet.sources),
        "equal": list(quiet.by.equal),
        "path": quiet.by.origin.path if quiet.by.origin else None,
        "line": quiet.by.origin.line if quiet.by.origin else None,
    }
