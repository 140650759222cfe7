"""Alerts that keep others quiet."""

from __future__ import annotations

from dataclasses import dataclass, field

from obskit.errors import DeclarationError
from obskit.naming import LABEL_NAME
from obskit.notify.conditions import Condition, Given, conditions, shown
from obskit.notify.options import flag, one_or_more, waivers
from obskit.origin import Origin, here, made
from obskit.waiver import Waive


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhibit:
    """While an alert of `source` fires, those of `target` are not told, if both have the same values of the labels `equal`.

    `source` and `target` are conditions on labels as in `Route(match=…)`; an alert of both does not silence itself. A label that both
    lack counts as the same. Grafana knows nothing alike and the build says so; `alertmanager_only` says that it is known. Raises
    DeclarationError when a side has no condition, which would be every alert.
    """

    source: Given = field(hash=False)
    target: Given = field(hash=False)
    equal: tuple[str, ...] = ()
    alertmanager_only: bool = False
    waive: tuple[Waive, ...] = ()
    origin: Origin | None = field(default_factory=here, compare=False, repr=False)
    sources: tuple[Condition, ...] = field(init=False, compare=False, repr=False)
    targets: tuple[Condition, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for side, name in (("source", "sources"), ("target", "targets")):
            found = conditions(getattr(self, side), f"{side} of an inhibition")
            if not found:
                raise DeclarationError(f"{side} of an inhibition has no condition", hint='{"alertname": "ShopDown"}')
            object.__setattr__(self, name, found)
        object.__setattr__(self, "equal", one_or_more(self.equal))
        if not all(isinstance(label, str) and LABEL_NAME.fullmatch(label) for label in self.equal):
            raise DeclarationError("equal of an inhibition holds what is not a label name", hint='equal=("job",)')
        if len(set(self.equal)) != len(self.equal):
            raise DeclarationError("equal of an inhibition names a label twice")
        flag(self.alertmanager_only, "alertmanager_only of an inhibition")
        object.__setattr__(self, "waive", waivers(self.waive, "an inhibition"))
        made(self)

    @property
    def title(self) -> str:
        """How messages call it."""
        return f"{shown(self.sources)} over {shown(self.targets)}"
