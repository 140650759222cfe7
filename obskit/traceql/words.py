"""The closed lists of TraceQL: keywords, intrinsics and their types, operators and how tightly they bind.

Source: TraceQL as Tempo 3.1 reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

_Type = Literal["attribute", "string", "int", "float", "duration", "bool", "status", "kind", "nil"]

STATUSES = frozenset({"ok", "error", "unset"})
KINDS = frozenset({"unspecified", "internal", "server", "client", "producer", "consumer"})
LIMITS: Mapping[str, int] = MappingProxyType({"minInt": -(2**63), "maxInt": 2**63 - 1})

_TYPES: tuple[tuple[_Type, str], ...] = (
    ("duration", "duration traceDuration trace:duration span:duration event:timeSinceStart"),
    ("string", "name statusMessage rootName rootServiceName span:name span:statusMessage trace:rootName trace:rootService"),
    ("string", "event:name trace:id span:id span:parentID link:traceID link:spanID"),
    ("int", "nestedSetLeft nestedSetRight nestedSetParent span:childCount"),
    ("status", "status span:status"),
    ("kind", "kind span:kind"),
    ("attribute", "instrumentation:name instrumentation:version parent"),
)
FIELDS: Mapping[str, _Type] = MappingProxyType({name: kind for kind, names in _TYPES for name in names.split()})
"""Every intrinsic and its type."""

MEANS: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"span:{name}" for name in ("duration", "name", "status", "statusMessage", "kind")},
        "traceDuration": "trace:duration",
        "rootName": "trace:rootName",
        "rootServiceName": "trace:rootService",
    }
)
"""The scoped spelling of the intrinsics that have two."""

AGGREGATES = frozenset({"count", "avg", "max", "min", "sum"})
OVER_FIELD = frozenset(f"{name}_over_time" for name in ("min", "max", "avg", "sum", "histogram"))
FIRSTS = OVER_FIELD | {"rate", "count_over_time", "quantile_over_time", "compare"}
SECONDS = frozenset({"topk", "bottomk"})

KEYWORDS: frozenset[str] = (
    STATUSES
    | KINDS
    | LIMITS.keys()
    | {name for name in FIELDS if ":" not in name}
    | {"true", "false", "nil", "rootService", "childCount", "id", "traceID", "spanID", "parentID", "timeSinceStart", "version"}
    | AGGREGATES
    | FIRSTS
    | SECONDS
    | {"by", "coalesce", "select", "with"}
)

LOGICAL = frozenset({"&&", "||"})
COMPARISONS = frozenset({"=", "!=", ">", ">=", "<", "<="})
REGEXES = frozenset({"=~", "!~"})
ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "^"})
UNIONS = frozenset({"&>", "&<", "&>>", "&<<", "&~"})
STRUCTURAL = UNIONS | {">", "<", ">>", "<<", "~", "!>", "!<", "!>>", "!<<", "!~"}

LEVELS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(LOGICAL, 1)
    | dict.fromkeys(COMPARISONS | REGEXES, 2)
    | dict.fromkeys("+-", 3)
    | dict.fromkeys("*/%", 5)
    | {"^": 6}
)
"""How tightly the operators of field expressions bind; all are left associative but `^`."""
PREFIXES: Mapping[str, int] = MappingProxyType({"-": 3, "!": 4})
SPANSET_LEVELS: Mapping[str, int] = MappingProxyType(dict.fromkeys(LOGICAL, 1) | dict.fromkeys(STRUCTURAL, 2))
SCALAR_LEVELS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(COMPARISONS, 3) | dict.fromkeys("+-", 4) | dict.fromkeys("*/%", 5) | {"^": 6}
)
