"""Names that are no series, though the metric they mean is declared: the wrong ending for its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from obskit.analysis import Known
    from obskit.catalog import Signal

_ENDINGS = ("_bucket", "_sum", "_count", "_total", "_info")
_NATIVE = {
    "_bucket": "histogram_quantile(0.95, sum(rate({name}[5m]))) needs no buckets",
    "_sum": "histogram_sum(rate({name}[5m])) takes its place",
    "_count": "histogram_count(rate({name}[5m])) takes its place",
}


class Slip(NamedTuple):
    """What is wrong with a name, and what to write instead."""

    message: str
    hint: str


class Suffixes:
    """The declared metrics by their own names, to find what an unknown name means."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._signals: Mapping[str, Signal] = {signal.name: signal for signal in known.series.values()}
        self._former = {alias for signal in known.series.values() for alias in signal.aliases}

    def slip(self, name: str) -> Slip | None:
        """Why an unknown name is none, if only its ending is wrong; None for a known, a former and any other unknown name."""
        if name in self._former or self._known.has(name):
            return None
        whole = self._signals.get(name)
        if whole is not None:
            return Slip(f'{_kind(whole)} "{name}" has no series of that name', _has(whole))
        for ending in ("_total", "_info"):
            longer = self._signals.get(name + ending)
            if longer is not None and name + ending in self._known.series:
                return Slip(f'{_kind(longer)} "{name + ending}" is asked for without "{ending}"', f'write "{name + ending}"')
        for ending in _ENDINGS:
            signal = self._signals.get(name.removesuffix(ending)) if name.endswith(ending) else None
            if signal is not None:
                return Slip(f'{_kind(signal)} "{signal.name}" has no "{ending}"', _instead(signal, ending))
        return None


def _kind(signal: Signal) -> str:
    return "native histogram" if getattr(signal, "native", False) else signal.kind


def _instead(signal: Signal, ending: str) -> str:
    if getattr(signal, "native", False) and ending in _NATIVE:
        return _NATIVE[ending].format(name=signal.name)
    if signal.kind == "histogram" and ending == "_sum":
        return f"with a negative bucket bound clients expose no sum: a quantile or a share of buckets tells more; {_has(signal)}"
    return _has(signal)


def _has(signal: Signal) -> str:
    if len(signal.series_names) == 1:
        return f'its only series is "{signal.series_names[0]}"'
    return f"a {signal.kind} has the series " + ", ".join(f'"{series}"' for series in signal.series_names)
