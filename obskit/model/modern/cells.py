"""How a table draws its cells: the display modes of before schemaVersion 38 as today's `cellOptions`."""

from __future__ import annotations

from obskit.model.json import Json

CELLS: dict[str, tuple[str, str]] = {
    "basic": ("gauge", "basic"),
    "gradient-gauge": ("gauge", "gradient"),
    "lcd-gauge": ("gauge", "lcd"),
    "color-background": ("color-background", "gradient"),
    "color-background-solid": ("color-background", "basic"),
}
"""Display mode to type and mode; every other display mode is a type of its own."""


def cell_options(mode: object) -> Json:
    if not isinstance(mode, str) or not mode:
        return {"type": "auto"}
    if mode in CELLS:
        kind, drawn = CELLS[mode]
        return {"type": kind, "mode": drawn}
    return {"type": mode}
