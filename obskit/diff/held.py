"""What a file that delivers holds, as a flat list of named things: receivers, routes, mute times, datasources, rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from obskit.diff.changes import Edit, Part
from obskit.diff.pairs import Pairs, in_order
from obskit.diff.texts import short, words

RULE_KINDS = ("alert", "record", "group")
_LISTS = {
    "receivers": "receiver", "contactPoints": "contact point", "time_intervals": "mute time", "mute_time_intervals": "mute time",
    "muteTimes": "mute time", "datasources": "datasource", "providers": "folder", "runbooks": "runbook",
}  # fmt: skip
_TREES = {"route": "route", "policies": "route"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A thing in a file; `place` is what it stands in, `also` what else it may be known by, `data` what is compared.

    One that is `part` of another is not counted with those of its kind.
    """

    kind: str
    name: str
    data: Any
    place: str = ""
    also: str = ""
    ordered: bool = False
    part: bool = False


def held(data: Any) -> Iterator[Held]:
    """Everything in the document, what has no name as its `settings`."""
    rest = {}
    for key, value in data.items():
        items = value if isinstance(value, list) else [value]
        if key in ("receivers", "contactPoints") and isinstance(value, list):
            for item in items:
                yield from _receiver(_LISTS[key], item)
        elif key in _LISTS and isinstance(value, list):
            yield from (_named(_LISTS[key], item) for item in items)
        elif key in _TREES:
            for item in items:
                yield from _routes(item, "")
        elif key == "inhibit_rules":
            yield from (Held(kind="inhibition", name=_inhibition(item), data=item) for item in items)
        elif key == "groups":
            for item in items:
                yield from _group(item)
        else:
            rest[key] = value
    if rest:
        yield Held(kind="settings", name="", data=rest)


def orders(olds: Sequence[Held], news: Sequence[Held], pairs: Pairs) -> Iterator[Part]:
    """Of routes the first that fits is taken: another order is another answer."""
    for place in dict.fromkeys(one.place for one in news if one.ordered):
        both = [(one, two) for one, two in pairs.both if news[two].ordered and olds[one].place == news[two].place == place]
        if len(in_order(both)) != len(both):
            sides = [[one.name.removeprefix(f"{place} > ") for one in side if one.ordered and one.place == place] for side in (olds, news)]
            names = [short(", ".join(side)) for side in sides]
            yield Part(kind="routes", name=place, state="changed", edits=(Edit(what="order", before=names[0], after=names[1]),))


def _named(kind: str, item: Any, place: str = "") -> Held:
    if not isinstance(item, dict):
        return Held(kind=kind, name=words(item), data={})
    name = item.get("title") or item.get("name") or item.get("uid") or ""
    kept = {key: value for key, value in item.items() if key != "uid" or kind == "datasource"}
    return Held(kind=kind, name=str(name), data=kept, place=place, also=str(item.get("uid") or "") if kind == "datasource" else "")


def _receiver(kind: str, item: Any) -> Iterator[Held]:
    """A receiver, and each way by which it tells: the first, the second of a kind."""
    whole = _named(kind, item)
    own = {}
    seen: Counter[str] = Counter()
    ways = []
    for key, value in (whole.data or {}).items():
        if isinstance(value, list) and (key.endswith("_configs") or key == "receivers"):
            for one in value:
                how = str(one.get("type", "")) if key == "receivers" and isinstance(one, dict) else key.removesuffix("_configs")
                seen[how] += 1
                number = f" {seen[how]}" if seen[how] > 1 else ""
                data = {name: inner for name, inner in one.items() if name not in ("uid", "type")} if isinstance(one, dict) else one
                ways.append(Held(kind=kind, name=f"{whole.name} by {how}{number}", data=data, part=True))
        else:
            own[key] = value
    yield replace(whole, data=own)
    yield from ways


def _group(item: Any) -> Iterator[Held]:
    if not isinstance(item, dict):
        return
    rules = item.get("rules")
    yield Held(kind="group", name=str(item.get("name", "")), data={key: value for key, value in item.items() if key != "rules"})
    for rule in rules if isinstance(rules, list) else []:
        record = isinstance(rule, dict) and "record" in rule
        yield _named("record" if record else "alert", rule, str(item.get("name", "")))


def _routes(item: Any, above: str) -> Iterator[Held]:
    if not isinstance(item, dict):
        return
    conditions = _conditions(item)
    name = f"{above} > {{{conditions}}}" if above else "root"
    kept = {key: value for key, value in item.items() if key not in ("routes", *_CONDITIONS)}
    yield Held(kind="route", name=name, data=kept, place=above, also=str(item.get("receiver") or ""), ordered=bool(above))
    for inner in item.get("routes") or ():
        yield from _routes(inner, name)


_CONDITIONS = ("matchers", "object_matchers", "match", "match_re")


def _conditions(item: Any) -> str:
    found = []
    for key in _CONDITIONS:
        given = item.get(key)
        if isinstance(given, dict):
            found += [f"{name}{'=~' if key == 'match_re' else '='}{words(value)}" for name, value in given.items()]
        for one in given if isinstance(given, list) else []:
            found.append(f"{one[0]}{one[1]}{words(one[2])}" if isinstance(one, list) and len(one) == 3 else str(one))
    return _bare(", ".join(found))


def _inhibition(item: Any) -> str:
    if not isinstance(item, dict):
        return words(item)
    source, target = (", ".join(map(str, item.get(f"{side}_matchers") or ())) or words(item.get(f"{side}_match")) for side in _SIDES)
    return _bare(f"{target} while {source}")


def _bare(text: str) -> str:
    """Plain words without quotes: they stand in a name, which is quoted."""
    return _QUOTED.sub(r"\1", text)


_SIDES = ("source", "target")
_QUOTED = re.compile(r'"([\w.:|-]+)"')
