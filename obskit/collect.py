"""The joining rule: what a module declares is the values its top-level names hold; nothing registers itself.

What our own folders hold is found by file name: see `rooms`.
"""

from __future__ import annotations

import ast
import importlib.util
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType

from obskit.origin import Origin

Declared = tuple[int, str, object]
"""(line of the name's first binding, or 0 where it is not known; name; value)."""

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bound_names(tree: ast.Module) -> dict[str, int]:
    """The public names that top-level statements bind by anything but an import, and the line of each one's first binding."""
    names: dict[str, int] = {}
    for name, line in sorted(_bindings(tree), key=lambda found: found[1]):
        if not name.startswith("_"):
            names.setdefault(name, line)
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the text of a module says of its top-level names: `bound` as `bound_names` has it, those that an import binds, and
    whether a star import binds any.
    """

    bound: Mapping[str, int]
    imported: frozenset[str]
    has_star: bool

    @classmethod
    def of(cls, tree: ast.Module) -> Names:
        return cls(bound=bound_names(tree), imported=_imported(tree), has_star=any(_star_imports(tree)))


def values(
    module: ModuleType, names: ast.Module | Names, types: tuple[type, ...], *, imported: Collection[str] | None = None
) -> list[Declared]:
    """What `module` declares: values of `types` held by a name, or by a list or tuple (also one inside another) a name holds.

    Names made without a statement (`globals()[...] = ...`) count too. A star import hides which of those were imported:
    `imported` (see `starred`) says so; without it such a module's names made without a statement are left out.
    Ordered by line, then as they are held; a value held twice is given once. Who asks for one type after another gives the
    `names` of the tree, which cost more to find than the values.
    """
    known = names if isinstance(names, Names) else Names.of(names)
    bound = known.bound
    held = vars(module)
    found = [(line, name, value) for name, line in bound.items() if name in held for value in _members(held[name], types)]
    unseen = {name for name in held if not name.startswith("_")} - bound.keys() - known.imported
    if imported is None and known.has_star:
        unseen = set()
    for name in held:
        if name in unseen - set(imported or ()) and not isinstance(held[name], ModuleType):
            found += [(_own_line(value, module), name, value) for value in _members(held[name], types)]
    once: dict[int, Declared] = {}
    for declared in sorted(found, key=lambda one: (one[0] == 0, one[0])):
        once.setdefault(id(declared[2]), declared)
    return list(once.values())


def starred(module: ModuleType, tree: ast.Module, loaded: dict[str, ModuleType]) -> frozenset[str]:
    """The names of `module` that its star imports brought; `loaded` are the modules they are looked up in (`sys.modules`)."""
    names: set[str] = set()
    held = vars(module)
    for statement in _star_imports(tree):
        source = loaded.get(importlib.util.resolve_name("." * statement.level + (statement.module or ""), held.get("__package__") or ""))
        if source is not None:
            names.update(name for name, value in vars(source).items() if name in held and held[name] is value)
    return frozenset(names)


def _bindings(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The names bound in the scope of `node`, also in its blocks, but not in the scopes it opens."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _SCOPES):
            yield child.name, child.lineno
        elif isinstance(child, ast.Name):
            if isinstance(child.ctx, ast.Store):
                yield child.id, child.lineno
        elif isinstance(child, _COMPREHENSIONS):
            yield from ((name.target.id, name.lineno) for name in ast.walk(child) if isinstance(name, ast.NamedExpr))
        elif isinstance(child, (ast.MatchAs, ast.MatchStar)) and child.name:
            yield child.name, child.lineno
            yield from _bindings(child)
        elif not isinstance(child, ast.Lambda) and not (isinstance(child, ast.AnnAssign) and child.value is None):
            yield from _bindings(child)


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The top-level statements and those in their blocks."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*_SCOPES, ast.expr)):
            waiting.extend(ast.iter_child_nodes(node))


def _imported(tree: ast.Module) -> frozenset[str]:
    imports = (node for node in _statements(tree) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return frozenset(alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names)


def _star_imports(tree: ast.Module) -> Iterator[ast.ImportFrom]:
    return (node for node in _statements(tree) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*")


def _members(value: object, types: tuple[type, ...], levels: int = 2) -> Iterator[object]:
    if isinstance(value, types):
        yield value
    elif levels and isinstance(value, (list, tuple)):
        for member in value:
            yield from _members(member, types, levels - 1)


def _own_line(value: object, module: ModuleType) -> int:
    """The line in `module` where the value says it was written, else 0."""
    origin = getattr(value, "origin", None)
    file = (module.__file__ or "").replace(os.sep, "/")
    return origin.line if isinstance(origin, Origin) and origin.path and file.endswith(origin.path) else 0
