"""YAML as documents: composed from events, so that nesting, aliases and repeated keys are bounded and every part has its line.

Plain words are read as Go's YAML reads them for Prometheus, Grafana and Kubernetes: `yes` and `on` are text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from obskit.artifact import Place
from obskit.finding import Finding
from obskit.source.files.document import Document, syntax, unreadable

DEEPEST = 100
"""Levels of nesting."""
LARGEST = 500_000
"""Parts of a document with all its aliases filled in: a few lines of aliases to aliases can stand for billions."""
_MANY = 20
"""Repeated keys that are told one by one."""

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,300})|0x[0-9a-fA-F]{1,30}|0o[0-7]{1,30}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {"": None, "~": None} | {
    said: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for said in (word, word.capitalize(), word.upper())
}


@dataclass(slots=True)
class _Node:
    """A part of a document; `children` has the members of an object and the items of a list by key and index."""

    data: Any
    line: int
    text: str | None = None
    children: dict[str | int, _Node] = field(default_factory=dict)
    lines: dict[str | int, int] = field(default_factory=dict)
    """The lines of the keys."""
    parts: int = 1


class _FaultyError(Exception):
    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class YamlPositions:
    """The lines of the parts of a YAML document, and their text as it is written."""

    def __init__(self, root: _Node) -> None:
        self._root = root

    def line(self, place: Place) -> int:
        node, line = self._root, self._root.line
        for key in place:
            line = max(node.lines.get(key, 0), 0) or line  # what is merged in has no line here: that of what is around it
            if key not in node.children:
                return line
            node = node.children[key]
            line = line if key in node.lines or isinstance(key, str) else node.line
        return line

    def text(self, place: Place) -> str | None:
        node = self._root
        for key in place:
            if key not in node.children:
                return None
            node = node.children[key]
        return node.text


def read_yaml(raw: bytes, name: str) -> tuple[Document, ...]:
    """The documents of a YAML stream. What is wrong with one is in its findings; nothing is raised."""
    import yaml  # only what reads YAML pays for it

    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        return (unreadable(name, "it is not text in UTF-8", raw.count(b"\n", 0, error.start) + 1, "save it as UTF-8"),)
    documents: list[Document] = []
    try:
        for root, findings in _Composer(_events(text), name).documents():
            documents.append(
                Document(name=name, data=root.data, positions=YamlPositions(root), index=len(documents), findings=tuple(findings))
            )
    except _FaultyError as error:
        documents.append(unreadable(name, error.message, error.line, _template(text, error.line) or error.hint))
    except yaml.YAMLError as error:
        documents.append(_refused(text, name, error))
    return tuple(documents)


def _events(text: str) -> Iterator[Any]:
    import yaml

    yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _refused(text: str, name: str, error: Any) -> Document:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    lines = text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    if shown.lstrip(" ").startswith("\t"):
        return unreadable(name, "it is not YAML: a line is indented with a tab", line, "indent with blanks")
    return unreadable(name, f"it is not YAML: {' '.join(str(said).split())}", line, _template(text, line))


def _template(text: str, line: int) -> str:
    """A hint for text that is meant for a template engine, such as Helm's."""
    lines = text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    found = "{{" in shown or re.search(r"^[ ]*\{\{-?[ ]", text, re.MULTILINE)
    return "it looks like a template: validate what is rendered from it" if found else ""


class _Composer:
    """Events to nodes, without recursion."""

    def __init__(self, events: Iterator[Any], name: str) -> None:
        self.events = events
        self.name = name
        self.findings: list[Finding] = []
        self.anchors: dict[str, _Node] = {}
        self.uncounted = 0
        """Repeated keys beyond those that are told one by one."""

    def documents(self) -> Iterator[tuple[_Node, list[Finding]]]:
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                self.findings, self.anchors, self.uncounted = [], {}, 0
                yield self._document(), self.findings

    def _document(self) -> _Node:
        stack: list[tuple[_Node, str | None, int]] = []  # an open part, the key of an object that waits for its value, its line
        key: str | None = None
        line = 0
        for event in self.events:
            kind = type(event).__name__
            if kind in ("MappingStartEvent", "SequenceStartEvent"):
                if stack and isinstance(stack[-1][0].data, dict) and key is None:
                    raise _FaultyError("a key is an object or a list", event.start_mark.line + 1, "keys are text")
                if len(stack) >= DEEPEST:
                    raise _FaultyError(f"it is nested more than {DEEPEST} levels deep", event.start_mark.line + 1)
                node = _Node({} if kind == "MappingStartEvent" else [], event.start_mark.line + 1)
                stack.append((node, key, line))
                key = None
                if event.anchor:
                    self.anchors.pop(event.anchor, None)
                    node.text = event.anchor  # until it is closed: an alias inside itself finds no anchor
                continue
            if kind in ("MappingEndEvent", "SequenceEndEvent"):
                node, key, line = stack.pop()
                if node.text is not None:
                    self.anchors[node.text], node.text = node, None
            elif kind == "ScalarEvent":
                node = self._scalar(event)
                if event.anchor:
                    self.anchors[event.anchor] = node
            elif kind == "AliasEvent":
                node = self._alias(event)
            else:
                raise _FaultyError("it ends in the middle of a document", 0)
            if not stack:
                return node
            holder = stack[-1][0]
            if isinstance(holder.data, list):
                self._add(holder, len(holder.data), node, node.line)
            elif key is None:
                key, line = self._key(node), event.start_mark.line + 1
            else:
                self._member(holder, key, node, line)
                key = None
        raise _FaultyError("it ends in the middle of a document", 0)

    def _alias(self, event: Any) -> _Node:
        line = event.start_mark.line + 1
        node = self.anchors.get(event.anchor)
        if node is None:
            raise _FaultyError(f'the alias "{event.anchor}" has no anchor before it, or stands inside it', line)
        return _Node(node.data, line, node.text, node.children, node.lines, node.parts)

    def _key(self, node: _Node) -> str:
        if isinstance(node.data, (dict, list)):
            raise _FaultyError("a key is an object or a list", node.line, "keys are text")
        return node.text or ""

    def _member(self, holder: _Node, key: str, node: _Node, line: int) -> None:
        if key == "<<" and isinstance(node.data, (dict, list)):
            self._merge(holder, node)
            return
        if key in holder.lines and holder.lines[key] > 0:
            self._repeated(key, line)
        self._add(holder, key, node, line)

    def _repeated(self, key: str, line: int) -> None:
        hint = "remove one: readers refuse the file"
        if len(self.findings) < _MANY:
            self.findings.append(syntax(self.name, f'the key "{key}" is there twice in one object', line, hint))
            return
        self.uncounted += 1
        self.findings[_MANY:] = [syntax(self.name, f"{self.uncounted} more keys are there twice", 0, hint)]

    def _merge(self, holder: _Node, node: _Node) -> None:
        sources = [node] if isinstance(node.data, dict) else list(node.children.values())
        for source in sources:
            if not isinstance(source.data, dict):
                raise _FaultyError("only objects can be merged with <<", node.line)
            for key, child in source.children.items():
                if key not in holder.children:
                    self._add(holder, key, child, 0)

    def _add(self, holder: _Node, key: str | int, node: _Node, line: int) -> None:
        holder.parts += node.parts
        if holder.parts > LARGEST:
            raise _FaultyError(f"it has more than {LARGEST} parts once its aliases are filled in", node.line, "write it without aliases")
        if isinstance(holder.data, list):
            holder.data.append(node.data)
        else:
            holder.data[key] = node.data
        holder.children[key] = node
        holder.lines[key] = line or -1

    def _scalar(self, event: Any) -> _Node:
        text = event.value
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise _FaultyError("a text holds half of a character", event.start_mark.line + 1) from error
        tag = (event.tag or "").removeprefix("tag:yaml.org,2002:")
        plain = event.style is None or event.style == "" or event.implicit[0]
        data = text if tag == "str" or not plain or (tag and tag not in ("int", "float", "bool", "null")) else _resolved(text)
        return _Node(data, event.start_mark.line + 1, text)


def _resolved(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        base = {"0x": 16, "0o": 8}.get(text[:2], 10)
        return int(text, base)
    number = float(text) if _FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else text
