"""An exception that an author's module raises, as one finding that says what to change and where."""

from __future__ import annotations

import ast
import builtins
import inspect
import io
import pkgutil
import re
import sys
import tokenize
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType

from obskit.errors import DeclarationError, ObskitError
from obskit.finding import Finding
from obskit.giveaway import given_away
from obskit.naming import did_you_mean
from obskit.origin import Origin, Scope
from obskit.source.forgotten import importing
from obskit.source.ground import is_library

ID = "module-error"
_LONGEST = 300
_CALL = r"^(?:\S*<locals>\.)?(?P<call>[\w.]+)\(\) "
_UNKNOWN = re.compile(_CALL + r"got an unexpected keyword argument '(?P<name>\w+)'")
_TWICE = re.compile(_CALL + r"got multiple values for (?:keyword )?argument '(?P<name>\w+)'")
_NEEDS = re.compile(_CALL + r"missing \d+ required .*arguments?: (?P<names>.*)")
_TAKES = re.compile(_CALL + r"takes (?:from \d+ to )?(?P<most>\d+) positional arguments? but (?P<given>\d+)")
_FEW = 20
"""Options that a hint can list."""
_NO_NAME = re.compile(r"cannot import name '(?P<name>[^']+)' from (?P<partly>partially initialized module )?'(?P<module>[^']+)'")
_ATTRIBUTE = re.compile(r"Attribute\(name=['\"](\w+)['\"], .*(?:alias=\S+|on_setattr=\S+)\)")
_Worded = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What kept a module from loading: the finding, and the exception itself for who wants the traceback."""

    finding: Finding
    exception: BaseException


def fault(error: BaseException, scope: Scope, path: str, modules: Collection[str]) -> Fault:
    """The fault `error` is. `path` is the file that was loading, relative to the project; `modules` are the names of the source modules."""
    frames = list(_frames(error))
    try:
        message, hint = _worded(error, [frame for frame, _ in reversed(frames)], modules)
    except Exception:  # an author's objects may fail while they are asked about themselves
        message, hint = type(error).__name__, ""
    if re.search(r'Param\("|"Param"|a Param$', message):
        hint = "say .value: a parameter stands for itself in expressions, thresholds and f-strings only"
    origin, within = _origin(error, frames, scope)
    hint = hint or (f"raised at {within}" if within else "")
    if given_away(message):
        message = f"{type(error).__name__}: the message seems to hold a secret"
    hint = "" if given_away(hint) else hint
    finding = Finding(id=ID, severity="error", message=_line(message), hint=_line(hint), origin=origin or Origin(path))
    return Fault(finding=finding, exception=error)


def parse(path: str, data: bytes) -> tuple[ast.Module, CodeType]:
    """The tree of a module with this content and what it compiles to. Raises SyntaxError with its line for any text that is no module."""
    text = _text(path, data)
    if "\0" in text:
        raise SyntaxError("the file holds a null byte", (path, text[: text.index("\0")].count("\n") + 1, 1, None))
    try:
        tree = ast.parse(text, path)
        return tree, compile(tree, path, "exec", dont_inherit=True)
    except (RecursionError, MemoryError) as error:
        raise SyntaxError("the code is nested too deeply", (path, 1, 1, None)) from error


def _text(path: str, data: bytes) -> str:
    unknown: SyntaxError | None = None
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        encoding, unknown = "utf-8", error
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SyntaxError(f"the text is not {error.encoding}", (path, data[: error.start].count(b"\n") + 1, 1, None)) from error
    if unknown is not None:
        raise SyntaxError(unknown.msg, (path, 1 if "coding" in text.partition("\n")[0] else 2, 1, None)) from unknown
    return io.IncrementalNewlineDecoder(None, True).decode(text)


def _frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """The frames of the traceback, outermost first, with the line each had reached."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _origin(error: BaseException, frames: Sequence[tuple[FrameType, int]], scope: Scope) -> tuple[Origin | None, str]:
    """Where the author's folders led to the error, and the place deeper in the project that raised it, if any.

    A module of the project outside those folders counts when the error is in its own top-level code.
    """
    if isinstance(error, DeclarationError) and error.origin is not None:
        return error.origin, ""
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(scope.root):
        return Origin(scope.relative(error.filename), error.lineno or 0), ""
    ours = [(frame.f_code, line) for frame, line in frames if frame.f_code.co_filename.startswith(scope.root)]
    ours = [(code, line) for code, line in ours if not is_library(code.co_filename)]
    own = [place for place in ours if scope.owns(place[0].co_filename) or place[0].co_name == "<module>"]
    if not own:
        return None, ""
    code, line = own[-1]
    calls = [f"{scope.relative(outer.co_filename)}:{at}" for outer, at in own if outer.co_name == "<module>"]
    caller = calls[-1] if calls and code.co_name != "<module>" else ""
    deepest = f"{scope.relative(ours[-1][0].co_filename)}:{ours[-1][1]}" if ours[-1] is not own[-1] else ""
    return Origin(scope.relative(code.co_filename), line, "", caller), deepest


def _worded(error: BaseException, frames: Sequence[FrameType], modules: Collection[str]) -> _Worded:
    """The message and the hint for `error`; `frames` from the deepest."""
    if isinstance(error, ObskitError):
        return error.message, error.hint
    if isinstance(error, SyntaxError):
        return f"syntax error: {_plain(error.msg)}", ""
    if isinstance(error, SystemExit):
        return f"the module ends the program (exit code {error.code})", "a source module declares values; remove the call"
    if isinstance(error, ImportError) and error.name:
        return _import_error(error, frames, modules)
    if isinstance(error, (TypeError, ValueError)):
        special = _validator_error(error, frames) or _call_error(str(error), frames)
        if special:
            return special
    text = _plain(str(error.args[0] if len(error.args) > 1 and isinstance(error, (TypeError, ValueError)) else error))
    return f"{type(error).__name__}: {text}".removesuffix(": "), _near(error, frames, modules)


def _import_error(error: ImportError, frames: Sequence[FrameType], modules: Collection[str]) -> _Worded:
    if isinstance(error, ModuleNotFoundError):
        name = str(error.name)
        bare = {module.rpartition(".")[2] for module in modules}
        known = _further_in(name, frames, modules) or did_you_mean(name, {*modules, *bare, *_beside(name)})
        hint = known or _own_module(name, modules) or f'is "{name.partition(".")[0]}" installed?'
        return _plain(error.msg).replace("No module", "no module"), hint
    match = _NO_NAME.match(error.msg)
    if match is None:
        return f"ImportError: {_plain(error.msg)}", ""
    name, module = match["name"], match["module"]
    if match["partly"]:
        return f'"{module}" has no name "{name}" yet: the modules import each other', "move what both need into a third module"
    known = did_you_mean(name, {*vars(sys.modules[module]), *dir(sys.modules[module])}) if module in sys.modules else ""
    return f'"{module}" has no name "{name}"', _own_module(module, modules) or known or importing(name, modules)


def _further_in(name: str, frames: Sequence[FrameType], modules: Collection[str]) -> str:
    """A hint for a module that is imported by the end of its name: `catalog.shop` for `rules_src.catalog.shop`."""
    asked = {asked for frame in frames for asked in frame.f_code.co_names if asked == name or asked.startswith(f"{name}.")}
    meant = sorted(module for module in modules for end in asked if module.endswith(f".{end}"))
    return f'did you mean "{meant[0]}"?' if meant else ""


def _beside(name: str) -> list[str]:
    """The modules that stand beside one that is not there."""
    package = name.rpartition(".")[0]
    folders = getattr(sys.modules.get(package), "__path__", ())
    return [f"{package}.{found.name}" for found in pkgutil.iter_modules(folders)]


def _own_module(name: str, modules: Collection[str]) -> str:
    """A hint for a bare name that means Python's or an installed module although a source module has it too."""
    top = name.partition(".")[0]
    own = sorted(module for module in modules if module != top and module.rpartition(".")[2] == top)
    return f'"{top}" is not the source module; import "{own[0]}"' if own else ""


def _validator_error(error: Exception, frames: Sequence[FrameType]) -> _Worded | None:
    """attrs' validators raise (message, attribute, expected, value)."""
    if len(error.args) < 2 or type(error.args[1]).__name__ != "Attribute":
        made = _made(frames)
        match = _ATTRIBUTE.search(str(error))
        return (_ATTRIBUTE.sub(f'option "{match[1]}" of {made}', _plain(str(error))), "") if match and made else None
    option = f'option "{error.args[1].name}" of {_made(frames) or "the value"}'
    if len(error.args) != 4:
        return f"{option}: {_plain(str(error.args[0]))}", ""
    expected, value = error.args[2:]
    shown = repr(value)
    got = f" (got {_plain(shown)})" if len(shown) <= 60 and not isinstance(value, type(None)) else ""
    kinds = expected if isinstance(expected, tuple) else (expected,)
    if isinstance(error, TypeError) and all(isinstance(kind, type) for kind in kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        return f"{option} must be {names}, not {type(value).__name__}{got}", ""
    if isinstance(expected, Collection) and not isinstance(expected, str):
        choices = [str(choice) for choice in expected]
        return f"{option} must be one of {', '.join(map(_named, choices))}{got}", did_you_mean(str(value), choices)
    return f"{option}: {_plain(str(error.args[0]))}", ""


def _call_error(text: str, frames: Sequence[FrameType]) -> _Worded | None:
    """A call that does not fit what it calls."""
    if match := _UNKNOWN.match(text):
        call, options = _called(match["call"], frames)
        known = [option for option in options if option != "origin"]
        hint = did_you_mean(match["name"], known) or (f"options: {', '.join(known)}" if 0 < len(known) <= _FEW else "")
        return f"{call} has no option {_named(match['name'])}", hint
    if match := _TWICE.match(text):
        call, _ = _called(match["call"], frames)
        return f"{call} got {_named(match['name'])} twice", "it is given by position and by name; keep one"
    if match := _NEEDS.match(text):
        call, _ = _called(match["call"], frames)
        names = re.findall(r"'(\w+)'", match["names"])
        return f"{call} needs {' and '.join(map(_named, names))}", "add " + ", ".join(f"{name}=…" for name in names)
    if match := _TAKES.match(text):
        call, options = _called(match["call"], frames)
        itself = match["call"].endswith("__init__")
        most, given = int(match["most"]) - itself, int(match["given"]) - itself
        hint = f"name the options: {call}({options[most]}=…)" if most < len(options) else ""
        return f"{call} takes {most or 'no'} positional argument{'' if most == 1 else 's'}, not {given}", hint
    return None


def _called(name: str, frames: Sequence[FrameType]) -> tuple[str, list[str]]:
    """How an author writes the thing that messages call `name`, and the names of its options."""
    path = name.removesuffix(".__init__").split(".")
    for found in (found for frame in frames for found in _known(frame, path[0])):
        for part in path[1:]:
            found = getattr(found, part, None)
        if callable(found):
            options = [option for option in inspect.signature(found).parameters if option != "self"]
            return ".".join(path), options
    return ".".join(path), []


def _known(frame: FrameType, name: str) -> Iterator[object]:
    """What a frame knows under `name`: by itself, in a module, under another name, or as the class of a value."""
    for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
        if isinstance(value, ModuleType):
            yield from (member for key, member in vars(value).items() if key == name)
        elif getattr(value, "__qualname__", None) == name:
            yield value
        elif type(value).__qualname__ == name:
            yield type(value)


def _made(frames: Sequence[FrameType]) -> str:
    """The class of the attrs value under construction."""
    for frame in frames:
        value = frame.f_locals.get("self")
        if frame.f_code.co_name == "__init__" and hasattr(type(value), "__attrs_attrs__"):
            return type(value).__name__
    return ""


def _near(error: BaseException, frames: Sequence[FrameType], modules: Collection[str]) -> str:
    if isinstance(error, NameError) and error.name and frames:
        return importing(error.name, modules) or did_you_mean(error.name, {*frames[0].f_locals, *frames[0].f_globals, *vars(builtins)})
    if isinstance(error, AttributeError) and error.name:
        return did_you_mean(error.name, dir(error.obj))
    return ""


def _named(name: str) -> str:
    return f'"{name}"'


def _plain(text: str) -> str:
    """The text with names in double quotes and without a full stop."""
    text = text if '"' in text else re.sub(r"(?<!\w)'([^'\n]*)'(?!\w)", r'"\1"', text)
    return text.rstrip().removesuffix(".")


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
