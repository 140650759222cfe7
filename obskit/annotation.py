"""What an annotation says may be given: its name in messages, an example, and how it is taken."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union

_WORDS: dict[Any, tuple[str, str]] = {
    str: ("text", '"…"'), int: ("a whole number", "1"), float: ("a number", "0.5"), bool: ("True or False", "True"),
    NoneType: ("None", "None"), dict: ("a dict", "{…}"),
}  # fmt: skip
_SEVERAL = {"text": "texts", "a whole number": "whole numbers", "a number": "numbers", "a dict": "dicts", "a pair": "pairs"}
"""How messages call what is built in, and an example of it."""


_BARE = frozenset((str, int, float, bool))


class MisfitError(Exception):
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
        return several(shape_of(args[0]), lazy=origin is not tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping) and args:
        key, value = shape_of(args[0]), shape_of(args[1])
        words = f"a dict of {_plural(value.words)}".removesuffix(" of anything")
        return Shape(words, f"{{{key.example}: {value.example}}}", _pairs(key, value), under=value)
    kind = origin or hint
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False) or kind in (Any, object):
        return Shape("anything", "…", lambda value: value)
    words, example = _WORDS.get(kind, (f"{article(kind.__name__)} {kind.__name__}", f"{kind.__name__}(…)"))
    return Shape(words, example, _instance(kind, shape_of(args[0]) if origin and len(args) == 1 else None))


def several(each: Shape, *, lazy: bool = False) -> Shape:
    """Several of a shape, in a tuple; where `lazy`, in anything that can be gone through."""
    words = f"a {'list' if lazy else 'tuple'} of {_plural(each.words)}".removesuffix(" of anything")
    return Shape(words, f"[{each.example}]" if lazy else f"({each.example},)", _several(each, lazy=lazy), each)


def _plural(words: str) -> str:
    """What several of what `words` name are called: the names of classes stay as they are."""
    return " or ".join(_SEVERAL.get(word) or word.removeprefix("a ").removeprefix("an ") for word in words.split(" or "))


def bare(value: Any) -> Any:
    """A text or number of a class of its own, as the members of a StrEnum are, as nothing but the text or number."""
    kind = type(value)
    if kind in _BARE or not isinstance(value, (str, int, float)):
        return value
    return str.__str__(value) if isinstance(value, str) else int(value) if isinstance(value, int) else float(value)


def _instance(kind: type, holds: Shape | None) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, (int, float) if kind is float else kind) or (isinstance(value, bool) and kind in (int, float)):
            raise MisfitError
        if holds is not None:
            holds.take(getattr(value, "value", None))
        return bare(value) if kind in _BARE else value

    return take


def _among(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        given = bare(value)
        if not any(type(given) is type(choice) and given == choice for choice in choices):
            raise MisfitError
        return given

    return take


def _several(each: Shape, *, lazy: bool) -> Callable[[Any], Any]:
    def take(value: Any) -> tuple[Any, ...]:
        loose = lazy and isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))
        if not loose and not isinstance(value, (list, tuple)):
            raise MisfitError
        taken = tuple(each.take(item) for item in value)
        same = isinstance(value, tuple) and all(mine is theirs for mine, theirs in zip(value, taken, strict=True))
        return value if same else taken

    return take


def _fixed(parts: list[Shape]) -> Callable[[Any], Any]:
    def take(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(parts):
            raise MisfitError
        return tuple(part.take(item) for part, item in zip(parts, value, strict=True))

    return take


def _pairs(key: Shape, value: Shape) -> Callable[[Any], Any]:
    def take(given: Any) -> Any:
        if not isinstance(given, Mapping):
            raise MisfitError
        taken = {key.take(name): value.take(item) for name, item in given.items()}
        same = all(mine is theirs for pair in zip(given.items(), taken.items(), strict=True) for mine, theirs in zip(*pair, strict=True))
        return given if same else taken

    return take


def _either(shapes: list[Shape]) -> Shape:
    def take(value: Any) -> Any:
        for shape in shapes:
            try:
                return shape.take(value)
            except MisfitError:
                continue
        raise MisfitError

    words = list(dict.fromkeys(shape.words for shape in shapes))
    each = next((shape.each for shape in shapes if shape.each), None)
    under = next((shape.under for shape in shapes if shape.under), None)
    example = next((shape for shape in shapes if shape.each), shapes[0]).example
    return Shape("anything" if "anything" in words else " or ".join(words), example, take, each, under)


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value is of a shape."""
    try:
        shape.take(value)
    except MisfitError:
        return False
    return True


def article(noun: str) -> str:
    """The article that a noun takes."""
    return "an" if noun[:1] in "AEIOaeio" else "a"
