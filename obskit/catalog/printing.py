"""An expression tree as PromQL text, by the context it stands in. No parser is involved."""

from __future__ import annotations

from dataclasses import dataclass

from obskit.catalog.expr import Expr
from obskit.catalog.matcher import Matcher, matcher, number, quoted
from obskit.catalog.nodes import Aggregate, Binary, Call, Matching, Number, Ranged, Raw, Selector
from obskit.catalog.signal import Signal
from obskit.errors import DeclarationError

_LEVELS = (("or",), ("and", "unless"), ("==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%", "atan2"), ("^",))
_LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_ATOM = len(_LEVELS)


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression is printed.

    `window` is for range functions that have none; `templated` matches `$job`, and `by_instance` `$instance` as well.
    """

    window: str = ""
    templated: bool = False
    by_instance: bool = False


BOARD = Context(window="$__rate_interval", templated=True)
RULE = Context()


def printed(expr: Expr, context: Context) -> str:
    """The text of `expr`. Raises DeclarationError for a rule in which a range function has no window of its own."""
    return _text(expr, context)


def _text(expr: Expr, context: Context) -> str:
    if isinstance(expr, Binary):
        return _binary(expr, context)
    if isinstance(expr, (Signal, Selector)):
        return _selector(expr, context, "")
    if isinstance(expr, Ranged):
        return _ranged(expr, context)
    if isinstance(expr, Aggregate):
        return _aggregate(expr, context)
    if isinstance(expr, Call):
        middle = () if expr.operand is None else (_text(expr.operand, context),)
        return _call(expr.function, (*map(number, expr.before), *middle, *map(number, expr.after)))
    if isinstance(expr, Number):
        return number(expr.value)
    if isinstance(expr, Raw):
        return expr.text
    raise TypeError(f"no text for {type(expr).__name__}")


def _binary(expr: Binary, context: Context) -> str:
    level = _LEVEL[expr.operator]
    right_first = expr.operator == "^"
    left = operand(expr.left, context, level + right_first)
    right = operand(expr.right, context, level + (not right_first))
    return f"{left} {expr.operator}{matching(expr.matching)} {right}"


def operand(expr: Expr, context: Context, lowest: int) -> str:
    """The text of an operand, in parentheses if it binds more loosely than `lowest`."""
    text = _text(expr, context)
    return f"({text})" if _level(expr) < lowest else text


def _level(expr: Expr) -> int:
    if isinstance(expr, Binary):
        return _LEVEL[expr.operator]
    if isinstance(expr, Raw):
        return _ATOM if expr.text.replace("_", "a").replace(":", "a").isalnum() else -1
    if isinstance(expr, Number) and expr.value < 0:
        return _LEVEL["^"]
    return _ATOM


def matching(how: Matching) -> str:
    """The vector matching as it stands behind an operator, with a leading blank; empty when there is none."""
    text = ""
    if how.on is not None:
        text = f" on ({', '.join(how.on)})"
    elif how.ignoring is not None:
        text = f" ignoring ({', '.join(how.ignoring)})"
    return text + (f" {how.group} ({', '.join(how.include)})" if how.group else "")


def precedence(operator: str) -> int:
    """How tightly a binary operator binds; a greater number binds tighter."""
    return _LEVEL[operator]


def _ranged(expr: Ranged, context: Context) -> str:
    window = expr.window or context.window
    if not window:
        raise DeclarationError(f"{expr.function}() in a rule has no window", hint='give the expression one: .over("5m")')
    if not context.templated and "$" in window + (expr.step or ""):
        raise DeclarationError(f'window "{window}" is a Grafana variable; a rule has none', hint='give a duration: "5m"')
    if isinstance(expr.operand, (Signal, Selector)) and expr.step is None:
        inner = _selector(expr.operand, context, f"[{window}]")
    else:
        inner = f"{operand(expr.operand, context, _ATOM)}[{window}:{expr.step or ''}]"
    return _call(expr.function, (*map(number, expr.before), inner, *map(number, expr.after)))


def _aggregate(expr: Aggregate, context: Context) -> str:
    parameter = quoted(expr.parameter) if isinstance(expr.parameter, str) else number(expr.parameter) if expr.parameter is not None else ""
    inside = ", ".join(filter(None, (parameter, _text(expr.operand, context))))
    if expr.by is not None:
        return f"{expr.operation} by ({', '.join(expr.by)}) ({inside})"
    if expr.without is not None:
        return f"{expr.operation} without ({', '.join(expr.without)}) ({inside})"
    return f"{expr.operation}({inside})"


def _call(function: str, arguments: tuple[str, ...]) -> str:
    return f"{function}({', '.join(arguments)})"


def _selector(expr: Signal | Selector, context: Context, window: str) -> str:
    selector = expr if isinstance(expr, Selector) else Selector(expr)
    pairs = [*_environment(selector, context), *selector.matchers]
    inside = "{" + ",".join(f"{label}{match}" for label, match in pairs) + "}" if pairs else ""
    shift = f" offset {selector.shift}" if selector.shift else ""
    return f"{selector.signal.name}{selector.suffix}{inside}{window}{shift}"


def _environment(selector: Selector, context: Context) -> list[tuple[str, Matcher]]:
    """The matchers that come from the service, unless the author wrote one for the same label."""
    service = selector.signal.service
    written = {label for label, _ in selector.matchers}
    pairs: list[tuple[str, Matcher]] = []
    if service.job and "job" not in written:
        pairs.append(("job", Matcher("=~", "$job") if context.templated else matcher(service.job)))
    if service.job and service.instances and context.by_instance and "instance" not in written:
        pairs.append(("instance", Matcher("=~", "$instance")))
    pairs += [(label, match) for label, match in service.fixed if label not in written]
    return pairs
