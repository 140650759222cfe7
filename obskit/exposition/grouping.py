"""Samples and what is said of them come together as families; what is out of its place is noted."""

from __future__ import annotations

from dataclasses import dataclass, field

from obskit.exposition.describing import Described
from obskit.exposition.model import SUFFIXES, Family, Format, Labels, Sample
from obskit.exposition.notes import Mistake, Notes
from obskit.finding import Severity

_ENDINGS = ("_bucket", "_sum", "_count", "_total", "_created", "_gsum", "_gcount", "_info")
_BEFORE = "HELP, TYPE and UNIT come once, before the first sample"


@dataclass(slots=True)
class Growing:
    """A family that is still being read."""

    name: str
    line: int
    type: str = "untyped"
    said: dict[str, str] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    left: bool = False

    def done(self, form: Format) -> Family:
        return Family(
            name=self.name,
            type=self.type,
            help=self.said.get("HELP", ""),
            unit=self.said.get("UNIT", ""),
            line=self.line,
            samples=tuple(self.samples),
            format=form,
        )


class Grouping:
    """The families of one text, in the order they begin."""

    def __init__(self, form: Format, notes: Notes) -> None:
        self.format = form
        self.notes = notes
        self.families: dict[str, Growing] = {}
        self._suffixes = SUFFIXES[form]
        self._now: Growing | None = None
        self._seen: dict[tuple[str, Labels], tuple[int, float | None]] = {}

    def describe(self, line: int, described: Described) -> None:
        """Takes in a HELP, TYPE or UNIT."""
        name, word = described.name, described.word
        family = self._entered(name, line)
        if word in family.said:
            self.notes.add(line, Mistake("metadata", f'"{name}" has a second {word}', hint=_BEFORE), f"{word} {name}")
            return
        early = family if family.samples else self._parts_before(described)
        if early is not None and (self.format == "openmetrics" or word == "TYPE"):
            where = f"the first is in line {early.line}"
            self.notes.add(line, Mistake("metadata", f'{word} of "{name}" comes after its samples; {where}', hint=_BEFORE))
        family.said[word] = described.said
        if word == "TYPE":
            family.type = described.said

    def take(self, sample: Sample) -> None:
        """Takes in a sample."""
        family = self._entered(self._family_of(sample.name), sample.line)
        family.samples.append(sample)
        labels = sample.labels
        key = (sample.name, tuple(sorted(pair for pair in labels if pair[1])) if labels else labels)
        before = self._seen.get(key)
        if before is not None and not (self.format == "openmetrics" and _later(sample.timestamp, before[1])):
            message = f'this series of "{sample.name}" is in line {before[0]} already'
            hint = "a series is a name and its labels, whatever their order; one of the two values is lost"
            self.notes.add(sample.line, Mistake("duplicate", message, hint=hint), family.name)
        self._seen[key] = (before[0] if before else sample.line, sample.timestamp)

    def _entered(self, name: str, line: int) -> Growing:
        """The family of that name; the one before it ends."""
        if self._now is not None and self._now.name == name:
            return self._now
        if self._now is not None:
            self._now.left = bool(self._now.samples)
        family = self.families.get(name)
        if family is None:
            family = self.families[name] = Growing(name, line)
        elif family.left:
            severity: Severity = "error" if self.format == "openmetrics" else "warning"
            message = f'"{name}" goes on here; other metrics stand between its lines'
            self.notes.add(line, Mistake("interleaved", message, hint="write all lines of a metric together", severity=severity), name)
        self._now = family
        return family

    def _family_of(self, sample: str) -> str:
        """The family that a sample of this name belongs to."""
        if sample in self.families and self.families[sample].type != "untyped":
            return sample
        for ending in _ENDINGS:
            if sample.endswith(ending):
                name = sample.removesuffix(ending)
                family = self.families.get(name)
                if family is not None and ending in self._suffixes.get(family.type, ()):
                    return name
        return sample

    def _parts_before(self, described: Described) -> Growing | None:
        """The family that a part's samples made before the TYPE said whose they are."""
        endings = self._suffixes.get(described.said, ()) if described.word == "TYPE" else ()
        parts = (self.families.get(described.name + ending) for ending in endings if ending)
        return next((part for part in parts if part is not None and part.samples and "TYPE" not in part.said), None)


def _later(now: float | None, before: float | None) -> bool:
    return now is not None and before is not None and now > before
