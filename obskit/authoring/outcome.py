"""Which label of a metric tells how something ended, and which of its values mean that it went wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from obskit.authoring.literals import literal
from obskit.catalog import Label

_CODES = ("code", "status", "status_code", "http_status", "http_status_code", "http_response_status_code", "response_code")
_GRPC = ("grpc_code", "grpc_status", "rpc_grpc_status_code")
_FAULTS = "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"
"""The codes of gRPC that say something of the server; the others are the caller's."""
_WORDED = ("status", "result", "outcome", "state", "success", "error")
_BAD = re.compile(r"(?i)(?:.*_)?(?:errors?|errored|fail(?:ed|ure|ures)?|exception|time_?out|timed_out|rejected|5xx)")
_FINE = re.compile(r"(?i)ok|none|success(?:ful)?|succeeded")


@dataclass(frozen=True, slots=True)
class Ending:
    """`label` tells the endings apart; `wrong` is the Python of the matcher for those that are errors, `uses` what it imports."""

    label: str
    wrong: str
    uses: tuple[str, ...] = ()


def ending(labels: Collection[Label], values: dict[str, set[str]]) -> Ending | None:
    """How the label among `labels` says that something went wrong, None where none does. `values` are those seen of each.

    A code tells more than a word for it.
    """
    codes_first = sorted(labels, key=lambda label: label.name not in _CODES)
    return next((found for label in codes_first for found in _of(label, values.get(label.name, set()))), None)


def _of(label: Label, seen: set[str]) -> Iterator[Ending]:
    if label.name in _CODES and label.pattern:
        if label.allows("500"):
            yield Ending(label.name, 'regex("5..")', ("regex",))
        elif label.allows("5xx"):
            yield Ending(label.name, '"5xx"')
    elif label.name in _GRPC and "OK" in seen:
        yield Ending(label.name, f"regex({literal(_FAULTS)})", ("regex",))
    elif label.name in _WORDED and label.name.isidentifier() and not label.values:
        wrong = sorted(value for value in seen if _BAD.fullmatch(value))
        if wrong and (len(seen) > len(wrong) or any(_FINE.fullmatch(value) for value in seen)):
            several = len(wrong) > 1
            matcher = f"one_of({', '.join(map(literal, wrong))})" if several else literal(wrong[0])
            yield Ending(label.name, matcher, ("one_of",) if several else ())
