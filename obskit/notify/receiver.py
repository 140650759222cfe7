"""Who is told: a name, and the integrations that tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from obskit.errors import DeclarationError
from obskit.notify.integrations import Integration
from obskit.notify.options import name as checked_name
from obskit.notify.options import waivers
from obskit.origin import Origin, here, made
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True, init=False)
class Receiver:
    """Somebody who is told: `Receiver("team-shop", Email("shop@example.com"), DingTalk(Secret.env("DINGTALK_URL")))`.

    The name is what Grafana calls a contact point. All integrations tell; a receiver without any is nobody. Raises
    DeclarationError on an empty name and on what is no integration.
    """

    name: str
    integrations: tuple[Integration, ...]
    waive: tuple[Waive, ...]
    origin: Origin | None = field(compare=False, repr=False)

    def __init__(self, name: str, *integrations: Integration, waive: tuple[Waive, ...] = ()) -> None:
        checked_name(name, "receiver", 'Receiver("team-shop", Email("shop@example.com"))')
        for one in integrations:
            if not isinstance(one, get_args(Integration)):
                kinds = ", ".join(kind.__name__ for kind in get_args(Integration))
                raise DeclarationError(f'receiver "{name}" holds {type(one).__name__}, which is no integration', hint=f"one of: {kinds}")
        silent = waivers(waive, f'receiver "{name}"')
        for field_, value in (("name", name), ("integrations", integrations), ("waive", silent), ("origin", here())):
            object.__setattr__(self, field_, value)
        made(self)
