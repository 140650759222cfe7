"""The import system, for as long as a project's modules are loaded: what they may import, under which names, and no trace after.

Two finders are added. The first answers only for names inside the project (`dashboards_src.x`), so it hides nothing;
the last answers for what nobody else found: a sibling by its bare name, then the project's root. Project files are
compiled from their text each time, never from a `.pyc`.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType

from obskit.collect import starred
from obskit.source.faults import parse
from obskit.source.ground import Ground, Place, is_library, places

_IMPORTLIB = os.path.dirname(importlib.__file__) + os.sep


@contextmanager
def importing(root: Path, folders: Sequence[str]) -> Iterator[Imports]:
    """Inside, the modules of the source folders can be imported; afterwards `sys.modules`, `sys.path` and the finders are as before."""
    imports = Imports(Ground.of(root, folders))
    first, last = (_Finder(find, imports.forget_listings) for find in (imports.first, imports.last))
    path = list(sys.path)
    before = {name: sys.modules.pop(name) for name in imports.ours()}
    sys.meta_path.insert(0, first)
    sys.meta_path.append(last)
    importlib.invalidate_caches()
    try:
        yield imports
    finally:
        imports.close()
        for finder in (first, last):
            with suppress(ValueError):
                sys.meta_path.remove(finder)
        sys.path[:] = path
        sys.modules.update(before)


class Imports:
    """What was imported, by module name: `paths`, `trees`, and `starred`, the names star imports brought.

    `read` is what modules outside the source folders held when they were compiled.

    `taken` are the source folders (as module names) whose first name is that of an installed package.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.paths: dict[str, Path] = {}
        self.trees: dict[str, ast.Module] = {}
        self.starred: dict[str, frozenset[str]] = {}
        self.read: dict[Path, bytes] = {}
        tops = {folder: folder.partition(".")[0] for folder in map(ground.dotted, ground.folders) if folder}
        self.taken = {folder: top for folder, top in tops.items() if _is_installed(top)}
        self._tops = frozenset(top for folder, top in tops.items() if folder not in self.taken)
        self._listings: dict[str, Mapping[str, Place]] = {}
        self._modules: dict[str, ModuleType] = {}  # by file: one file, one module
        self._failed: dict[str, tuple[BaseException, TracebackType | None]] = {}
        self._aliases: set[str] = set()
        self._plain: set[str] = set()
        self._within = ""
        self._added: list[str] = []
        self._entries: dict[str, str | None] = {}
        self._inside: dict[str, bool] = {}

    def loaded_files(self) -> tuple[Path, ...]:
        """The project's files outside its source folders that were imported, sorted."""
        files = {str(path) for path in self.paths.values()} | {_file(sys.modules[name]) for name in self.ours()}
        inside = {self.ground.inside(path) for path in files if path.endswith(".py")}
        return tuple(sorted(Path(path) for path in inside if path and not self.ground.folder_of(path)))

    def ours(self) -> list[str]:
        """The names in `sys.modules` that are the project's now."""
        return [name for name, module in list(sys.modules.items()) if name.partition(".")[0] in self._tops or self._is_ours(name, module)]

    def close(self) -> None:
        """Removes every module of the project from `sys.modules`."""
        for name in self.ours():
            path = _file(sys.modules.pop(name))
            self.paths.update({name: Path(path)} if path.endswith(".py") and name not in self._aliases else {})
        for name in self._aliases:
            sys.modules.pop(name, None)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Whatever the code inside does to `sys.path` and the working directory is undone."""
        here, path = os.path.abspath(os.curdir), list(sys.path)
        try:
            yield
        finally:
            with suppress(OSError):
                os.chdir(here)
            sys.path[:] = path
            self._added.clear()

    def forget_listings(self) -> None:
        self._listings.clear()

    def first(self, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
        """A name inside a package of the project, or the first name of a source folder."""
        if path is not None:
            return self._spec(name, [inside for folder in path if (inside := self.ground.inside(folder))])
        for entry in list(sys.path):
            if inside := self._entry(entry):  # project folders in sys.path wait for the last finder
                sys.path.remove(entry)
                self._added.append(inside)
        return self._spec(name, [self.ground.root]) if name in self._tops else None

    def last(self, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
        """A bare name that nobody else found: the importer's sibling, else a module of the project's root."""
        importer = _importer()
        if path is not None or is_library(importer):
            return None
        spec = self._spec(name, [*self._siblings(importer), *self._added, self.ground.root])
        if spec is not None and not isinstance(spec.loader, _Alias):
            self._plain.add(name)
        return spec

    def execute(self, loader: _Source, module: ModuleType) -> None:
        """Runs a module once; what it raised is raised again, the same object, to whoever imports it later."""
        if loader.path in self._failed:
            error, trace = self._failed[loader.path]
            raise error.with_traceback(trace)
        self._modules[loader.path] = module
        self.paths[loader.name] = Path(loader.path)
        try:
            with self._bare_names_of(loader.path):
                loader.run(module)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self._modules.pop(loader.path, None)
            self._failed[loader.path] = (error, error.__traceback__)
            raise

    @contextmanager
    def _bare_names_of(self, path: str) -> Iterator[None]:
        """While a module runs, the bare names in `sys.modules` are those of its own folder."""
        folder, outer = os.path.dirname(path), self._within
        if folder == outer:
            yield
            return
        siblings = self._siblings(path)
        shadowed = {name for name in self._plain if any(name in self._listing(sibling) for sibling in siblings)}
        hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name in self._aliases or name.partition(".")[0] in shadowed}
        aliases, self._aliases, self._within = self._aliases, set(), folder
        try:
            yield
        finally:
            for name in self._aliases:
                sys.modules.pop(name, None)
            sys.modules.update(hidden)
            self._aliases, self._within = aliases, outer

    def _siblings(self, importer: str) -> list[str]:
        path = self.ground.inside(importer)
        source = self.ground.folder_of(path) if path else ""
        return list(dict.fromkeys([os.path.dirname(path), source])) if path and source else []

    def _spec(self, name: str, folders: Sequence[str]) -> ModuleSpec | None:
        last = name.rpartition(".")[2]
        place = next((found for folder in folders if (found := self._listing(folder).get(last))), None)
        if place is None:
            return None
        if place.file in self._modules:
            return self._alias(name, self._modules[place.file])
        path = place.file or place.folders[0]
        own = self.ground.dotted(path) if self.ground.folder_of(path) else name
        if own != name and own:
            return self._alias(name, own)
        if not place.file:
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = list(place.folders)
            return spec
        within = list(place.folders) if place.is_package else None
        loader = _Source(name, place.file, self, () if place.is_package else place.folders)
        return importlib.util.spec_from_file_location(name, place.file, loader=loader, submodule_search_locations=within)

    def _alias(self, name: str, module: ModuleType | str) -> ModuleSpec:
        self._aliases.add(name)
        return ModuleSpec(name, _Alias(module), is_package=True)

    def _listing(self, folder: str) -> Mapping[str, Place]:
        if folder not in self._listings:
            self._listings[folder] = places(folder)
        return self._listings[folder]

    def _entry(self, entry: str) -> str | None:
        """The project's folder that an entry of `sys.path` stands for."""
        if not os.path.isabs(entry):
            return self.ground.inside(os.path.realpath(entry))
        if entry not in self._entries:
            self._entries[entry] = self.ground.inside(os.path.realpath(entry))
        return self._entries[entry]

    def _is_ours(self, name: str, module: object) -> bool:
        path = _file(module)
        if not path or not path.endswith((".py", os.sep)) or name == "__main__":
            return False
        if path not in self._inside:  # asking the file system for every loaded module, again and again, would cost most of a load
            self._inside[path] = self.ground.inside(path) is not None
        return self._inside[path]


class _Source(SourceFileLoader):
    """Compiles a file of the project from its text; `beside` is a folder of the same name, whose modules lie below this one."""

    def __init__(self, name: str, path: str, imports: Imports, beside: Sequence[str]) -> None:
        super().__init__(name, path)
        self._imports = imports
        self._beside = list(beside)

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        data = path.read_bytes()
        if not self._imports.ground.folder_of(str(path)):
            self._imports.read[path] = data
        tree, code = parse(str(path), data)
        self._imports.trees[fullname] = tree
        return code

    def exec_module(self, module: ModuleType) -> None:
        self._imports.execute(self, module)

    def run(self, module: ModuleType) -> None:
        if self._beside:
            module.__path__ = self._beside
        super().exec_module(module)
        self._imports.starred[self.name] = starred(module, self._imports.trees[self.name], sys.modules)


class _Alias(Loader):
    """Gives a module under a second name: the module itself, or the name to import it by."""

    def __init__(self, module: ModuleType | str) -> None:
        self._module = module
        self._spec = module.__spec__ if isinstance(module, ModuleType) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:  # noqa: ARG002 - the import system's signature
        module = importlib.import_module(self._module) if isinstance(self._module, str) else self._module
        self._spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self._spec  # the import system put the alias's there


class _Finder:
    def __init__(self, find: Callable[[str, Sequence[str] | None], ModuleSpec | None], forget: Callable[[], None]) -> None:
        self._find = find
        self.invalidate_caches = forget

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:  # noqa: ARG002
        return self._find(name, path)


def _importer() -> str:
    """The file of the code that imports."""
    frame = sys._getframe()
    machinery = ("<frozen importlib", _IMPORTLIB, frame.f_code.co_filename)
    while frame.f_back and frame.f_code.co_filename.startswith(machinery):
        frame = frame.f_back
    return frame.f_code.co_filename


def _file(module: object) -> str:
    """The file of a module, or the folder (with a separator at the end) of a package without one."""
    held = getattr(module, "__dict__", {})
    if isinstance(held.get("__file__"), str):
        return str(held["__file__"])
    paths = held.get("__path__")
    return os.path.join(next(iter(paths)), "") if isinstance(paths, list) and paths else ""


def _is_installed(name: str) -> bool:
    if name in sys.stdlib_module_names or name == "obskit":
        return True
    spec = PathFinder.find_spec(name)
    return spec is not None and any(map(is_library, [spec.origin or "", *(spec.submodule_search_locations or ())]))
