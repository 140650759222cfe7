"""Whether what an author gives has the shape that the annotation says: one rule for every declaration and helper.

A list stands wherever a tuple does, and is kept as one. Nothing is said here of what a text or a number may be.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, ClassVar, ParamSpec, TypeVar, Unpack

from obskit.annotation import MisfitError, Shape, article, fits, several, shape_of
from obskit.errors import DeclarationError
from obskit.giveaway import shown
from obskit.naming import did_you_mean

Given = ParamSpec("Given")
Made = TypeVar("Made")


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
                for option in list(holder):
                    shape = shapes.get(option) or (shapes.get("**") if holder is not bound.arguments else None)
                    if shape is not None and (holder is not bound.arguments or option != rest):
                        holder[option] = fitting(holder[option], shape, option, called)
            return function(*bound.args, **bound.kwargs)

        return call

    return wrapping


def fitting(value: Any, shape: Shape, option: str, what: str) -> Any:
    """`value` as it is kept. Raises DeclarationError when it is not of the shape that `option` of `what` has."""
    try:
        return shape.take(value)
    except MisfitError:
        message = f"{option} of {what} must be {shape.words}, not {_named(value, shape)}"
        raise DeclarationError(message, hint=_hint(value, shape, option)) from None


@lru_cache(256)
def _fields(kind: type) -> tuple[tuple[str, Shape], ...]:
    """The fields that obskit declares: what an author's own class adds, or says otherwise, is the author's."""
    lines = [one.__module__.partition(".")[0] == "obskit" for one in kind.__mro__]
    ours = kind.__mro__[lines.index(True)] if True in lines else kind
    theirs = {name for one in kind.__mro__[: kind.__mro__.index(ours)] for name in inspect.get_annotations(one)}
    said = _hints(ours)
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else getattr(kind, "__attrs_attrs__", ())
    names = (field.name for field in fields if field.init and field.name != "origin" and field.name not in theirs)
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
        shapes[many] = several(shapes[many])
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
        known = {**vars(room or object), **vars(sys.modules.get(owner.__module__) or object)}
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
        return f"{article(type(value).__name__)} {type(value).__name__}"
    if value is None or isinstance(value, (str, int, float)):
        return shown(value) if len(str(value)) <= 60 else f"a text of {len(str(value))} characters"
    if isinstance(value, (list, tuple)) and shape.each is not None:
        return f"one that holds {next((_named(item, shape.each) for item in value if not fits(item, shape.each)), 'nothing')}"
    if isinstance(value, Mapping) and shape.under is not None:
        wrong = next(((key, item) for key, item in value.items() if not fits(item, shape.under)), None)
        return f'one whose "{wrong[0]}" is {_named(wrong[1], shape.under)}' if wrong else f"one with the key {_key(value)}"
    return f"{article(type(value).__name__)} {type(value).__name__}"


def _key(value: Mapping[Any, Any]) -> str:
    return next((repr(key) for key in value if not isinstance(key, str)), "…")


def _hint(value: Any, shape: Shape, option: str) -> str:
    if shape.words.startswith("one of ") and isinstance(value, str):
        choices = [choice.strip('"') for choice in shape.words.removeprefix("one of ").split(", ")]
        return did_you_mean(value, choices) or f"{option}={shape.example}"
    alone = shape.each is not None and not isinstance(value, (list, tuple, Mapping)) and fits(value, shape.each)
    more = "" if not alone else ": a tuple needs its comma" if shape.example.startswith("(") else ": in a list, also one alone"
    return f"{option}={shape.example}{more}"
