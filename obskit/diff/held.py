"""What a file that delivers holds, as a flat list of named things: receivers, routes, mute times, datasources, rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from obskit.diff.changes import Edit, Part
from obskit.diff.pairs import Pairs, in_order
from obskit.diff.texts import short, words
from obskit.model import Json

RULE_KINDS = ("alert", "record", "group")
_LISTS = {
    "receivers": "receiver", "contactPoints": "contact point", "time_intervals": "mute time", "mute_time_intervals": "mute time",
    "muteTimes": "mute time", "datasources": "datasource", "providers": "folder", "runbooks": "runbook",
}  # fmt: skip
_TREES = ("route", "policies")
_MADE = frozenset(("alert", "record", "contact point"))
"""Whose uid is made of their name."""


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
    """Everything in the document, what has no name as its `settings`; so what is of another kind than it should be."""
    rest: Json = {}
    for key, value in data.items():
        items = value if isinstance(value, list) else [value]
        if key in _TREES:
            for item in items:
                yield from _routes(item, "") if isinstance(item, dict) else ()
            strange = [item for item in items if not isinstance(item, dict)]
            rest |= {key: strange} if any(strange) else {}
        elif not isinstance(value, list):
            rest[key] = value
        elif key in ("receivers", "contactPoints"):
            for item in items:
                yield from _receiver(_LISTS[key], item)
        elif key in _LISTS:
            yield from (_named(_LISTS[key], item) for item in items)
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
    kept = {key: value for key, value in item.items() if key != "uid" or kind not in _MADE}
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
                kind_of = one.get("type") if key == "receivers" and isinstance(one, dict) else None
                how = kind_of if isinstance(kind_of, str) else key.removesuffix("_configs")
                apart = {"uid", "type"} if how is kind_of else set()
                seen[how] += 1
                number = f" {seen[how]}" if seen[how] > 1 else ""
                data = {name: inner for name, inner in one.items() if name not in apart} if isinstance(one, dict) else one
                ways.append(Held(kind=kind, name=f"{whole.name} by {how}{number}", data=data, part=True))
        else:
            own[key] = value
    yield replace(whole, data=own)
    yield from ways


def _group(item: Any) -> Iterator[Held]:
    if not isinstance(item, dict):
        yield _named("group", item)
        return
    rules = item.get("rules")
    own = {key: value for key, value in item.items() if key != "rules" or not isinstance(rules, list)}
    yield Held(kind="group", name=str(item.get("name", "")), data=own)
    for rule in rules if isinstance(rules, list) else []:
        record = isinstance(rule, dict) and "record" in rule
        yield _named("record" if record else "alert", rule, str(item.get("name", "")))


def _routes(item: Json, above: str) -> Iterator[Held]:
    conditions = _conditions(item)
    name = f"{above} > {{{conditions}}}" if above else "root"
    said = frozenset(key for key, is_one in _CONDITIONS.items() if is_one(item.get(key)))
    if not above:  # whose name says nothing
        said = frozenset()
    kept = {key: value for key, value in item.items() if key != "routes" and key not in said}
    inside = item.get("routes")
    strange = [one for one in inside if not isinstance(one, dict)] if isinstance(inside, list) else inside
    if strange:
        kept["routes"] = strange
    yield Held(kind="route", name=name, data=kept, place=above, also=str(item.get("receiver") or ""), ordered=bool(above))
    for inner in inside if isinstance(inside, list) else ():
        yield from _routes(inner, name) if isinstance(inner, dict) else ()


def _texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _text_by_name(given: Any) -> bool:
    return isinstance(given, dict) and all(isinstance(one, str) for one in given.values())


_CONDITIONS: Mapping[str, Callable[[Any], bool]] = {
    "matchers": _texts,
    "object_matchers": lambda given: isinstance(given, list) and all(_texts(one) and len(one) == 3 for one in given),
    "match": _text_by_name,
    "match_re": _text_by_name,
}
"""What a route fits, and whether that is written as it should be: then the route's name says it."""


def _conditions(item: Any) -> str:
    found = []
    for key, is_one in _CONDITIONS.items():
        given = item.get(key)
        if not is_one(given):
            continue
        if isinstance(given, dict):
            found += [f"{name}{'=~' if key == 'match_re' else '='}{words(value)}" for name, value in given.items()]
        for one in given if isinstance(given, list) else []:
            found.append(f"{one[0]}{one[1]}{words(one[2])}" if isinstance(one, list) and len(one) == 3 else str(one))
    return _bare(", ".join(found))


def _inhibition(item: Any) -> str:
    if not isinstance(item, dict):
        return words(item)
    source, target = (_side(item.get(f"{side}_matchers") or item.get(f"{side}_match")) for side in _SIDES)
    return _bare(f"{target} while {source}")


def _side(given: Any) -> str:
    return ", ".join(given) if _texts(given) else given if isinstance(given, str) else words(given)


def _bare(text: str) -> str:
    """Plain words without quotes: they stand in a name, which is quoted."""
    return _QUOTED.sub(r"\1", text)


_SIDES = ("source", "target")
_QUOTED = re.compile(r'"([\w.:|-]+)"')
