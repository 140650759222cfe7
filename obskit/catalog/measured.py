"""Whether a parameter is in the unit of what it is compared with; where the units do not tell, nothing is said."""

from __future__ import annotations

from obskit.catalog import units
from obskit.catalog.param import Param
from obskit.catalog.unit import Quantity, Unit
from obskit.errors import DeclarationError

_TIME, _MONEY, _SIZE, _SHARE = "time", "money", "size", "share"
_SCALES: dict[Unit, tuple[str, float]] = {
    units.MILLISECONDS: (_TIME, 0.001), units.SECONDS: (_TIME, 1), units.MINUTES: (_TIME, 60), units.HOURS: (_TIME, 3600),
    units.DAYS: (_TIME, 86_400), units.CENTS: (_MONEY, 1), units.USD: (_MONEY, 100), units.BITS: (_SIZE, 1), units.BYTES: (_SIZE, 8),
    units.PERCENT: (_SHARE, 1), units.RATIO: (_SHARE, 100),
}  # fmt: skip
"""What a unit measures, and how large it is. Counts are not here: a signal that declares no unit has that of counts."""


def in_unit_of(param: Param[int] | Param[float] | Param[str], what: Quantity | Unit | None) -> None:
    """Raises DeclarationError when `param` is in another unit than `what` it is compared with."""
    quantity = Quantity(what) if isinstance(what, Unit) else what
    if quantity is None or quantity.per:
        return
    mine, theirs = _SCALES.get(param.unit), _SCALES.get(quantity.unit)
    if mine is None or theirs is None or mine == theirs:
        return
    hint = f"Param(…, unit=…) in {quantity.unit.name}"
    if mine[0] == theirs[0]:
        factor = mine[1] / theirs[1]
        hint += f", or {'multiply' if factor > 1 else 'divide'} its .value by {factor if factor > 1 else 1 / factor:g}"
    message = f'parameter "{param.name}" is in {param.unit.name}, and what it is compared with in {quantity.unit.name}'
    raise DeclarationError(message, hint=hint)
