"""Files that deliver, side by side: who is told of what, datasources, folders, and the rules that Grafana evaluates.

What they hold is known by its name (a receiver, a route, a mute time, a datasource, an alert); inside of it, what differs is told
by its path of keys where there is no word. Secrets that are written out are never repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from obskit.diff.changes import Edit, Part, State, Thing
from obskit.diff.forms import FileForm
from obskit.diff.held import RULE_KINDS, Held, held, orders
from obskit.diff.leaves import Path, edit, leaves
from obskit.diff.pairs import paired
from obskit.giveaway import given_away

_OWN = frozenset({"folder", "noDataState", "execErrState", "isPaused", "notification_settings", "missing_series_evals_to_resolve"})
"""What only Grafana's form of a rule says; the rest of it is told with the rule file that has the same rule."""
_WORDS: dict[Path, str] = {
    ("noDataState",): "no data is", ("execErrState",): "an error is", ("isPaused",): "paused", ("group_by",): "grouped by",
    ("group_wait",): "first after", ("group_interval",): "news after", ("repeat_interval",): "again after", ("for",): "for",
    ("mute_time_intervals",): "not told during", ("active_time_intervals",): "told only during", ("continue",): "goes on to the next",
    ("steps",): "first steps", ("keep_firing_for",): "keeps firing for", ("keepFiringFor",): "keeps firing for",
}  # fmt: skip
_TEXTS = frozenset({"expr", "query"})
_SECRET = re.compile(r"pass|secret|secure|token|credential|authorization|header|(routing|service|api|integration|user)_?key|^key$")
_TELLING = re.compile(r"[?&]|token|secret|hook|/services/|/integrations/")
"""Signs of an address that is a secret itself, beside those that give away any text."""
_REFERENCE = re.compile(r"\$__(env|file|vault)\{[^{}]*\}|\$\{[A-Za-z_]\w*\}|\$[A-Z_][A-Z0-9_]*")


def files(before: Sequence[FileForm], after: Sequence[FileForm], rules: frozenset[str], named: bool = False) -> Iterator[Thing]:
    """What became of each file. `rules` are the names of alerts and records whose change is told already."""
    both, gone, come = paired(before, after, [lambda form: form.path])
    if named and len(before) == len(after) == 1:
        both, gone, come = [(0, 0)], [], []
    for one, two in both:
        parts = tuple(_parts(before[one].data, after[two].data, rules))
        parts = tuple(part for part in parts if after[two].whole or part.state != "removed")
        if parts:
            yield Thing(kind="file", name=after[two].path, key=after[two].path, state="changed", parts=parts)
    yield from (_alone(after[two], "added") for two in come)
    yield from (_alone(before[one], "removed") for one in gone)


def _parts(before: Any, after: Any, rules: frozenset[str]) -> Iterator[Part]:
    olds, news = list(held(before)), list(held(after))
    exact = (
        lambda one: (one.kind, one.place, one.name, one.also),
        lambda one: (one.kind, one.place, one.name),
        lambda one: (one.kind, one.name),
    )
    pairs = paired(olds, news, exact, [lambda one: (one.kind, one.place, one.also) if one.also else None])
    for one, two in pairs.both:
        old, new = olds[one], news[two]
        edits = tuple(_edits(old, new, rules))
        if edits or old.name != new.name:
            renamed = old.name if old.name != new.name else None
            yield Part(kind=new.kind, name=new.name, state="changed", renamed=renamed, edits=edits)
    for two in pairs.come:
        new = news[two]
        if new.name not in rules or new.kind not in RULE_KINDS:
            inner = {} if new.kind in ("alert", "record") else new.data
            edits = tuple(_edit(*leaf) for leaf in leaves({}, inner) if leaf[2] is not False)
            yield Part(kind=new.kind, name=new.name, state="added", edits=edits)
    for one in pairs.gone:
        if olds[one].name not in rules or olds[one].kind not in RULE_KINDS:
            yield Part(kind=olds[one].kind, name=olds[one].name, state="removed")
    yield from orders(olds, news, pairs)


def _edits(old: Held, new: Held, rules: frozenset[str]) -> Iterator[Edit]:
    known = new.kind in RULE_KINDS and new.name in rules
    for path, left, right in leaves(old.data, new.data):
        if not known or not path or path[0] in _OWN:
            yield _edit(path, left, right)


def _edit(path: Path, before: Any, after: Any) -> Edit:
    if path and path[-1] in _TEXTS and isinstance(before, str) and isinstance(after, str):
        return Edit(what="query", before=before, after=after, block=True)
    if len(path) == 2 and path[0] in ("labels", "annotations"):
        return edit(path, before, after, f'{str(path[0])[:-1]} "{path[1]}"')
    if path[-3:-1] == ("evaluator", "params"):
        return edit(path, before, after, "threshold")
    found = edit(path, _shown(path, before), _shown(path, after), _WORDS.get(path, ""))
    return found if found.before != found.after else Edit(what=f"{found.what} changed (a secret, not shown)", raw=found.raw)


def _shown(path: Path, value: Any) -> Any:
    """The value without secrets that are written out: references to an environment or a file are none."""
    if isinstance(value, dict):
        return {key: _shown((*path, key), item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(path, item) for item in value]
    if value is None or isinstance(value, bool) or not path or str(path[-1]).endswith("_file"):
        return value
    text = str(value)
    names = [step.lower() for step in path if isinstance(step, str)]
    counts = not isinstance(value, str) and bool(names) and names[-1].endswith("s")  # maxTokens
    secret = (any(_SECRET.search(name) for name in names) and not counts) or given_away(text)
    hidden = secret or ("://" in text and _TELLING.search(text.lower()))
    return "<not shown>" if hidden and not _REFERENCE.fullmatch(text) else value


def _alone(form: FileForm, state: State) -> Thing:
    counts = Counter(one.kind for one in held(form.data) if one.kind != "settings" and not one.part)
    return Thing(kind="file", name=form.path, key=form.path, state=state, size=tuple(counts.items()))
