"""A shape of PromQL printed on one line, for the part of a query that an edit is about."""

from __future__ import annotations

from collections.abc import Iterable

from obskit.diff.shapes import Shape, restored
from obskit.diff.texts import quoted


def spelled(shape: Shape, hole: Shape | None = None) -> str:
    """The shape as PromQL; the part that is `hole` itself prints as `…`."""
    if shape is hole:
        return "…"
    parts = [spelled(part, hole) for part in shape.parts]
    traits = shape.traits
    if shape.kind == "selector":
        inside = ", ".join(matcher(one) for one in sorted(traits["matchers"]))
        text = restored(shape.name) + (f"{{{inside}}}" if inside or not shape.name else "")
        return text + (f"[{traits['window']}]" if "window" in traits else "") + _times(shape)
    if shape.kind == "subquery":
        inner = f"({parts[0]})" if shape.parts[0].kind == "binary" else parts[0]
        return f"{inner}[{traits['window']}:{traits.get('step', '')}]{_times(shape)}"
    if shape.kind == "call":
        return f"{shape.name}({', '.join(parts)})"
    if shape.kind == "aggregate":
        return " ".join(filter(None, [shape.name, grouping(shape)])) + (" " if grouping(shape) else "") + f"({', '.join(parts)})"
    if shape.kind == "binary":
        sides = [f"({text})" if part.kind == "binary" else text for part, text in zip(shape.parts, parts, strict=True)]
        return f"{sides[0]} {operator(shape)} {sides[1]}"
    if shape.kind == "negated":
        return f"-({parts[0]})"
    return quoted(restored(shape.name)) if shape.kind == "text" else shape.name


def matcher(one: tuple[str, str, str]) -> str:
    """`label="value"`."""
    return f"{restored(one[0])}{one[1]}{quoted(restored(one[2]))}"


def grouping(shape: Shape) -> str:
    """`by (a, b)`, `without (a)` or nothing."""
    return next((f"{word} {labels(shape.traits[word])}" for word in ("by", "without") if word in shape.traits), "")


def matching(shape: Shape) -> str:
    """`on (a) group_left (b)` and its like, or nothing."""
    words = ("on", "ignoring", "group_left", "group_right")
    return " ".join(f"{word} {labels(shape.traits[word])}" for word in words if word in shape.traits)


def operator(shape: Shape) -> str:
    """An operator with its matching."""
    return " ".join(filter(None, [shape.name, "bool" if "bool" in shape.traits else "", matching(shape)]))


def labels(names: Iterable[str]) -> str:
    """`(a, b)`."""
    return f"({', '.join(restored(name) for name in sorted(names))})"


def _times(shape: Shape) -> str:
    traits = shape.traits
    return (f" @ {traits['at']}" if "at" in traits else "") + (f" offset {traits['offset']}" if "offset" in traits else "")
