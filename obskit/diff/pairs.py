"""Two lists of things matched by what identifies them: the surest sign first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

_Thing = TypeVar("_Thing")
Sign = Callable[[Any], Hashable | None]
"""What a thing is known by; None for one that it does not have."""


class Pairs(NamedTuple):
    """`both` in the order of the second side, then what only one side has; all by their indexes."""

    both: list[tuple[int, int]]
    gone: list[int]
    come: list[int]


def paired(before: Sequence[_Thing], after: Sequence[_Thing], exact: Sequence[Sign], single: Sequence[Sign] = ()) -> Pairs:
    """Which thing became which.

    Things with an equal `exact` sign are matched in their order; an equal `single` sign counts only where, among what is left,
    one thing of each side has it. Linear in the number of things.
    """
    found: dict[int, int] = {}
    left, right = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))
    for signs, alone in ((exact, False), (single, True)):
        for sign in signs:
            ones, twos = _by(before, left, sign), _by(after, right, sign)
            for key, mine in ones.items():
                theirs = twos.get(key, [])
                if alone and (len(mine) != 1 or len(theirs) != 1):
                    continue
                for one, two in zip(mine, theirs, strict=False):
                    found[two] = one
                    del left[one], right[two]
    both = [(found[two], two) for two in sorted(found)]
    return Pairs(both, list(left), list(right))


def _by(things: Sequence[_Thing], left: dict[int, None], sign: Sign) -> dict[Hashable, list[int]]:
    grouped: dict[Hashable, list[int]] = defaultdict(list)
    for index in left:
        key = sign(things[index])
        if key is not None:
            grouped[key].append(index)
    return grouped


def in_order(both: Sequence[tuple[int, int]]) -> set[int]:
    """The second indexes of the pairs that a longest run keeps in order; the others were moved. `both` is sorted by the second.

    Patience sorting: n log n.
    """
    from bisect import bisect_left

    tails: list[int] = []
    last: list[int] = []
    back: dict[int, int | None] = {}
    for place, (one, _) in enumerate(both):
        at = bisect_left(tails, one)
        back[place] = last[at - 1] if at else None
        if at == len(tails):
            tails.append(one)
            last.append(place)
        else:
            tails[at], last[at] = one, place
    kept: set[int] = set()
    at_place: int | None = last[-1] if last else None
    while at_place is not None:
        kept.add(both[at_place][1])
        at_place = back[at_place]
    return kept
