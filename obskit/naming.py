"""Names: what is legal where, slugs and ids derived from names, and near misses.

Legal forms: metric and label names of the Prometheus data model (classic charset); dashboard uids of Grafana's API.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))})
"""File names that Windows keeps for devices."""
UID = re.compile(r"[a-zA-Z0-9_-]{1,40}")
UID_LONGEST = 40
_WORD = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
OBJECT_NAME = re.compile(rf"{_WORD}(\.{_WORD})*")
PAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""A name that is a file's name, and a part of an address, as it is."""
_FEW, _COMPARED, _COUNTED = 100, 32, 2000
"""How many known names are all compared with one; of more, how many are at most; how many shared parts are counted for that."""
LARGEST_TEXT = 64 * 1024
"""Bytes of UTF-8 in a query or an annotation, beyond which nobody can be meant to read it."""


def is_metric_name(text: object) -> bool:
    return isinstance(text, str) and METRIC_NAME.fullmatch(text) is not None


def is_label_name(text: object) -> bool:
    """Whether a label may be declared under this name; names that begin with `__` belong to Prometheus."""
    return isinstance(text, str) and LABEL_NAME.fullmatch(text) is not None and not text.startswith("__")


def module_of(path: str) -> str:
    """The name of the module that a file would be; empty where none would be collected from it."""
    stem, dot, ending = path.replace("\\", "/").rpartition("/")[2].partition(".")
    return stem if dot and ending == "py" and stem.isidentifier() and not stem.startswith("_") else ""


def is_uid(text: object) -> bool:
    return isinstance(text, str) and UID.fullmatch(text) is not None


def is_object_name(text: str) -> bool:
    """Whether a Kubernetes object may have this name: a subdomain by RFC 1123."""
    return OBJECT_NAME.fullmatch(text) is not None and len(text) <= 253


def is_text(value: object) -> bool:
    """Whether the value is text that a file can hold: a string without halves of characters."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def too_large(text: str) -> int:
    """The size of `text` in bytes if it is above the largest, else 0."""
    if len(text) * 4 <= LARGEST_TEXT:
        return 0
    size = len(text.encode("utf-8", "surrogatepass"))
    return size if size > LARGEST_TEXT else 0


def slug(text: str, longest: int = 100) -> str:
    """Lower-case words joined by `-`, safe as a file name on any system; a hash where nothing legible is left.

    The result never begins or ends with `-`, and `slug(slug(x)) == slug(x)`.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not words:
        return _hash(text)[:12]
    if words in _RESERVED:
        words += "-1"
    if len(words) <= longest:
        return words
    return words[: longest - 9].rstrip("-") + "-" + _hash(text)[:8]


def board_uid(module: str, title: str) -> str:
    """The uid of a board that names none: the slug of its module and title, at most 40 characters."""
    return slug(f"{module} {title}", UID_LONGEST)


def folder_uid(title: str) -> str:
    """The uid of a Grafana folder, from its title alone: at most 40 characters.

    Its slug, where that tells the title but for the case of its letters; else with a hash of the title, so that no other
    title has it.
    """
    made = slug(title)
    if len(made) <= UID_LONGEST and made == title.lower().replace(" ", "-"):
        return made
    return _apart(title, UID_LONGEST)


def object_name(text: str, longest: int = 63) -> str:
    """The name of a Kubernetes object, from `text` alone: `text` where it is one, else its slug with a hash of it.

    A name is lower-case letters, digits, `-` and `.` (RFC 1123), at most `longest` characters.
    """
    if len(text) <= longest and is_object_name(text):
        return text
    return _apart(text, longest)


def panel_id(*names: str) -> int:
    """A stable panel id: a positive 31-bit number that depends on the names alone."""
    return int(_hash("\0".join(names))[:8], 16) % (2**31 - 1) + 1


def rule_uid(name: str, *places: str) -> str:
    """A stable uid of a rule: its name, to be read, and a hash of the name and what tells it apart from others of that name."""
    words = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:27].strip("-") or "rule"
    return f"{words}-{_hash(chr(0).join((name, *places)))[:12]}"


def runbook_page(alert: str) -> str:
    """The file of an alert's runbook page, below the folder of the built documents."""
    return f"runbooks/{alert if PAGE.fullmatch(alert) else slug(alert)}.md"


def file_id(stem: str) -> str:
    """The id that a file name stands for: `_` becomes `-`, a trailing `_` is dropped (`import_` is `import`)."""
    return stem.removesuffix("_").replace("_", "-")


class Alike:
    """Known names, to be asked for the one most like another, again and again.

    Among many names only those are compared that share the rarest parts of three letters with the one asked for: comparing
    each with each would cost more than everything else a check does.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(set(known))
        self._found: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}
        if len(self._known) > _FEW:
            for name in self._known:
                for part in _parts(name):
                    self._parts.setdefault(part, []).append(name)

    def to(self, name: str) -> str:
        """The known name most like `name`, or an empty string when none is near.

        Words that both names share do not make them alike: what is left of the two must be.
        """
        if name not in self._found:
            self._found[name] = self._nearest(name)
        return self._found[name]

    def _nearest(self, name: str) -> str:
        import difflib  # only who mistypes pays for it

        words = re.split(r"[_.\-]", name)
        for near in difflib.get_close_matches(name, self._candidates(name), n=3, cutoff=0.6):
            theirs = re.split(r"[_.\-]", near)
            mine, others = " ".join(word for word in words if word not in theirs), " ".join(word for word in theirs if word not in words)
            if not mine or not others or difflib.SequenceMatcher(None, mine, others).ratio() >= 0.5:
                return near
        return ""

    def _candidates(self, name: str) -> list[str]:
        if not self._parts:
            return self._known
        shared: Counter[str] = Counter()
        rarest = sorted((self._parts[part] for part in sorted(_parts(name)) if part in self._parts), key=len)
        counted = 0
        for names in rarest:
            if counted and counted + len(names) > _COUNTED:
                break
            counted += len(names)
            shared.update(names)
        most = sorted(shared, key=shared.__getitem__, reverse=True)[: 4 * _COMPARED]
        return sorted(most, key=lambda one: (-shared[one], abs(len(one) - len(name)), one))[:_COMPARED]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or an empty string: see `Alike`, which costs less where many are asked for."""
    return Alike(known).to(name)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`did you mean "x"?`, or an empty string."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""


def _apart(text: str, longest: int) -> str:
    """The slug of a text with a hash of the text, by which it is told from others of the same slug."""
    made = slug(text)
    return made if made == _hash(text)[:12] else made[: longest - 9].rstrip("-") + "-" + _hash(text)[:8]


def _parts(name: str) -> set[str]:
    """Every three letters of a name that stand together, its ends marked."""
    text = f"^{name}$"
    return {text[start : start + 3] for start in range(len(text) - 2)}


def _hash(text: str) -> str:
    import hashlib  # only builds hash, and it loads a large library

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
