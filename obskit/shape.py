"""Whether what an author gives has the shape that the annotation says: one rule for every declaration and helper.

A list stands wherever a tuple does, and is kept as one. Nothing is said here of what a text or a number may be.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, wraps
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, ParamSpec, TypeVar, Union, Unpack

from obskit.errors import DeclarationError
from obskit.giveaway import shown
from obskit.naming import did_you_mean

Given = ParamSpec("Given")
Made = TypeVar("Made")

_WORDS: dict[Any, tuple[str, str]] = {
    str: ("text", '"…"'), int: ("a whole number", "1"), float: ("a number", "0.5"), bool: ("True or False", "True"),
    NoneType: ("None", "None"), dict: ("a dict", "{…}"),
}  # fmt: skip
_SEVERAL = {"text": "texts", "a whole number": "whole numbers", "a number": "numbers", "a dict": "dicts", "a pair": "pairs"}
"""How messages call what is built in, and an example of it."""


class _MisfitError(Exception):
    """A value is not of the shape that is asked."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """What may be given: its name in messages, an example, how it is taken.

    `each` is what a tuple or list of it consists of, `under` what a dict holds.
    """

    words: str
    example: str
    take: Callable[[Any], Any]
    each: Shape | None = None
    under: Shape | None = None


def shaped(declaration: Any, what: str) -> None:
    """Checks the fields of a dataclass, or attrs class, while it is made. Raises DeclarationError that names the first that does not fit.

    `what` is how messages call its kind; its `name` is added where it has one.
    """
    name = getattr(declaration, "name", None)
    called = f'{what} "{name}"' if isinstance(name, str) and name else what
    for option, shape in _fields(declaration.__class__):
        given = getattr(declaration, option)
        taken = fitting(given, shape, option, called)
        if taken is not given:
            object.__setattr__(declaration, option, taken)


def checked(what: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """The same for a function that authors call: its arguments are checked, and lists become tuples, before it runs.

    `what` is how messages call what it makes; its first argument is added where that is text.
    """

    def wrapping(function: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(function)
        def call(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            shapes, signature = _arguments(function)
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError:
                return function(*args, **kwargs)  # which says it better
            first = next(iter(bound.arguments.values()), None)
            called = f'{what} "{first}"' if isinstance(first, str) and first else what
            rest = _rest(signature)
            for holder in (bound.arguments, bound.arguments.get(rest, {})):
                for option in holder.keys() - {rest}:
                    shape = shapes.get(option) or (shapes.get("**") if holder is not bound.arguments else None)
                    if shape is not None:
                        holder[option] = fitting(holder[option], shape, option, called)
            return function(*bound.args, **bound.kwargs)

        return call

    return wrapping


def fitting(value: Any, shape: Shape, option: str, what: str) -> Any:
    """`value` as it is kept. Raises DeclarationError when it is not of the shape that `option` of `what` has."""
    try:
        return shape.take(value)
    except _MisfitError:
        message = f"{option} of {what} must be {shape.words}, not {_named(value, shape)}"
        raise DeclarationError(message, hint=_hint(value, shape, option)) from None


@cache
def shape_of(hint: Any) -> Shape:
    """The shape that an annotation says; of what it does not know, everything fits. `Annotated[…, "…"]` brings an example."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is None:
        hint = NoneType
    if origin is Annotated:
        return dataclasses.replace(shape_of(args[0]), example=args[1])
    if origin in (Union, UnionType):
        return _either([shape_of(arg) for arg in args])
    if origin is Literal:
        return Shape("one of " + ", ".join(f'"{arg}"' for arg in args), f'"{args[0]}"', _among(args))
    if origin is tuple and args[-1] is not Ellipsis:
        parts = [shape_of(arg) for arg in args]
        example = "(" + ", ".join(part.example for part in parts) + ")"
        return Shape(f"a pair {example}" if len(parts) == 2 else f"a tuple {example}", example, _fixed(parts))
    if origin in (tuple, list) or (isinstance(origin, type) and origin.__module__ == "collections.abc" and len(args) == 1):
        return _many(shape_of(args[0]), lazy=origin is not tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping) and args:
        key, value = shape_of(args[0]), shape_of(args[1])
        words = f"a dict of {_plural(value.words)}".removesuffix(" of anything")
        return Shape(words, f"{{{key.example}: {value.example}}}", _pairs(key, value), under=value)
    kind = origin or hint
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False) or kind in (Any, object):
        return Shape("anything", "…", lambda value: value)
    words, example = _WORDS.get(kind, (f"{_article(kind.__name__)} {kind.__name__}", f"{kind.__name__}(…)"))
    return Shape(words, example, _instance(kind, shape_of(args[0]) if origin and len(args) == 1 else None))


def _many(each: Shape, *, lazy: bool = False) -> Shape:
    words = f"a {'list' if lazy else 'tuple'} of {_plural(each.words)}".removesuffix(" of anything")
    return Shape(words, f"[{each.example}]" if lazy else f"({each.example},)", _several(each, lazy=lazy), each)


def _plural(words: str) -> str:
    """What several of what `words` name are called: the names of classes stay as they are."""
    return " or ".join(_SEVERAL.get(word) or word.removeprefix("a ").removeprefix("an ") for word in words.split(" or "))


def _instance(kind: type, holds: Shape | None) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, (int, float) if kind is float else kind) or (isinstance(value, bool) and kind in (int, float)):
            raise _MisfitError
        if holds is not None:
            holds.take(getattr(value, "value", None))
        return value

    return take


def _among(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            raise _MisfitError
        return value

    return take


def _several(each: Shape, *, lazy: bool) -> Callable[[Any], Any]:
    def take(value: Any) -> tuple[Any, ...]:
        loose = lazy and isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))
        if not loose and not isinstance(value, (list, tuple)):
            raise _MisfitError
        taken = tuple(each.take(item) for item in value)
        same = isinstance(value, tuple) and all(mine is theirs for mine, theirs in zip(value, taken, strict=True))
        return value if same else taken

    return take


def _fixed(parts: list[Shape]) -> Callable[[Any], Any]:
    def take(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(parts):
            raise _MisfitError
        return tuple(part.take(item) for part, item in zip(parts, value, strict=True))

    return take


def _pairs(key: Shape, value: Shape) -> Callable[[Any], Any]:
    def take(given: Any) -> Any:
        if not isinstance(given, Mapping):
            raise _MisfitError
        for name, item in given.items():
            key.take(name)
            value.take(item)
        return given

    return take


def _either(shapes: list[Shape]) -> Shape:
    def take(value: Any) -> Any:
        for shape in shapes:
            try:
                return shape.take(value)
            except _MisfitError:
                continue
        raise _MisfitError

    words = list(dict.fromkeys(shape.words for shape in shapes))
    each = next((shape.each for shape in shapes if shape.each), None)
    under = next((shape.under for shape in shapes if shape.under), None)
    several = next((shape for shape in shapes if shape.each), shapes[0])
    return Shape("anything" if "anything" in words else " or ".join(words), several.example, take, each, under)


@cache
def _fields(kind: type) -> tuple[tuple[str, Shape], ...]:
    said = _hints(kind)
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else getattr(kind, "__attrs_attrs__", ())
    names = (field.name for field in fields if field.init and field.name != "origin")
    return tuple((name, shape_of(said[name])) for name in names if name in said)


@cache
def _arguments(function: Callable[..., Any]) -> tuple[dict[str, Shape], inspect.Signature]:
    signature = inspect.signature(function)
    said = _hints(function)
    rest = said.pop(_rest(signature), None)
    if typing.get_origin(rest) is Unpack:
        said |= typing.get_type_hints(typing.get_args(rest)[0], include_extras=True)
    elif rest is not None:
        said["**"] = rest
    many = next((name for name, one in signature.parameters.items() if one.kind is one.VAR_POSITIONAL), "")
    shapes = {name: shape_of(hint) for name, hint in said.items() if name != "return"}
    if many in shapes:
        shapes[many] = _many(shapes[many])
    return shapes, signature


def _rest(signature: inspect.Signature) -> str:
    """The name under which a function gets the options that it does not name."""
    return next((name for name, one in signature.parameters.items() if one.kind is one.VAR_KEYWORD), "")


def _hints(thing: Any) -> dict[str, Any]:
    """The annotations, resolved; those that only a type checker can resolve are left out."""
    return dict(_resolved(thing))


def _resolved(thing: Any) -> Iterator[tuple[str, Any]]:
    for owner in reversed(thing.__mro__) if isinstance(thing, type) else (thing,):
        room = sys.modules.get(owner.__module__.rpartition(".")[0])  # its face knows what the file imports for type checkers only
        known = {**vars(room or object), **vars(sys.modules[owner.__module__])}
        for name, said in inspect.get_annotations(owner).items():
            holder = type("One", (), {"__annotations__": {name: said}})
            try:
                found = typing.get_type_hints(holder, known, {}, include_extras=True)[name]
            except NameError:
                continue
            if typing.get_origin(found) is not ClassVar:
                yield name, found


def _named(value: Any, shape: Shape) -> str:
    if "Secret" in shape.words:
        return f"{_article(type(value).__name__)} {type(value).__name__}"
    if value is None or isinstance(value, (str, int, float)):
        return shown(value) if len(str(value)) <= 60 else f"a text of {len(str(value))} characters"
    if isinstance(value, (list, tuple)) and shape.each is not None:
        return f"one that holds {next((_named(item, shape.each) for item in value if not _fits(item, shape.each)), 'nothing')}"
    if isinstance(value, Mapping) and shape.under is not None:
        wrong = next(((key, item) for key, item in value.items() if not _fits(item, shape.under)), None)
        return f'one whose "{wrong[0]}" is {_named(wrong[1], shape.under)}' if wrong else f"one with the key {_key(value)}"
    return f"{_article(type(value).__name__)} {type(value).__name__}"


def _key(value: Mapping[Any, Any]) -> str:
    return next((repr(key) for key in value if not isinstance(key, str)), "…")


def _hint(value: Any, shape: Shape, option: str) -> str:
    if shape.words.startswith("one of ") and isinstance(value, str):
        choices = [choice.strip('"') for choice in shape.words.removeprefix("one of ").split(", ")]
        return did_you_mean(value, choices) or f"{option}={shape.example}"
    alone = shape.each is not None and not isinstance(value, (list, tuple, Mapping)) and _fits(value, shape.each)
    more = "" if not alone else ": a tuple needs its comma" if shape.example.startswith("(") else ": in a list, also one alone"
    return f"{option}={shape.example}{more}"


def _fits(value: Any, shape: Shape) -> bool:
    try:
        shape.take(value)
    except _MisfitError:
        return False
    return True


def _article(noun: str) -> str:
    return "an" if noun[:1] in "AEIOaeio" else "a"
